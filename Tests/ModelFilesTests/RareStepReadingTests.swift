// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

@Suite struct RareStepReadingTests {
  static let model = """
    kind: network
    name: everything
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    priorities: [urgent, normal]
    classes: {sick: {priority: urgent}, well: {priority: normal}}
    attributes:
      age: {normal: {mean: 60, standard-deviation: 15}}
      stay: {lognormal: {mean: 2 d, standard-deviation: 1 d}}
      frail: age > 75 and class == sick
      tries: 0
    arrivals:
      door: {pathway: visit, classes: {sick: 20 %, well: 80 %}, poisson: {rate: 3 /h}}
    resources:
      nurse: {capacity: 2}
      doctor:
        at-shift-end: interrupt
        interrupted: restart
        shifts: [{days: daily, hours: 08:00-18:00, capacity: 2}]
      theatre: {capacity: 1}
      bed: {capacity: unlimited}
    durations:
      consult: {exponential: 8 min}
      talk: 5 min + 2 min * frail
    pathways:
      visit:
        - seize: {any: [nurse, doctor], as: carer, balk: {if: nurse.queue > 9, to: away}}
        - delay: talk
        - release: carer
        - branch: {by: class, sick: ill, well: next}
        - branch: {tests: 10 % + 20 % * frail, otherwise: next}
        - return: {pathway: follow-up, after: 14 d}
        - leave: home
        - {name: tests, spawn: {pathway: lab, count: 1 + frail, join: yes}}
        - join: all
        - assign: {tries: tries + 1}
        - repeat: {from: tests, at-most: 2, share: 30 %}
        - continue: follow-up
        - name: ill
          branch: [{if: doctor.free > 0 and hour < 17, to: next}, {otherwise: stays}]
        - seize: {all: {doctor: 1, theatre: 1}, renege: {after: 4 h, to: stays}}
        - delay: consult
        - release: doctor
        - release: theatre
        - {name: stays, wait: {until: bed.held < 50}}
        - wait: {until: "08:00", days: Mon-Fri}
        - seize: {resource: bed, keep-free: 1}
        - delay: stay
        - release: bed
        - leave: home
        - {name: away, leave: elsewhere, outcome: lost}
      lab:
        - wait: {opening-of: doctor}
        - delay: 10 min
        - leave: tested
      follow-up:
        - delay: consult
        - leave: home
    run: {warm-up: 1 d, length: 30 d}
    """

  @Test("every step of the language is read, without faults and warnings")
  func everything() throws {
    let model = try TemporaryModel(["model.yaml": Self.model])
    let check = ModelCheck(path: model.folder)
    #expect(check.faults == nil, "\(check.faults?.list.map(\.description) ?? [])")
    #expect(check.warnings.isEmpty, "\(check.warnings)")
  }

  @Test("what is held for a computed time has no load before the run; the rest keep theirs")
  func computedLoads() throws {
    let text = """
      kind: network
      name: computed
      time-unit: min
      evidence: assumed
      range-factor: [0.5, 2]
      attributes: {size: {exponential: 2}}
      arrivals: {door: {pathway: visit, poisson: {rate: 3 /h}}}
      resources: {desk: {capacity: 1}, doctor: {capacity: 1}}
      pathways:
        visit:
          - seize: desk
          - delay: 2 min
          - release: desk
          - seize: doctor
          - delay: 5 min + 2 min * size
          - release: doctor
          - leave: home
      run: {warm-up: 0 d, length: 30 d}
      """
    let model = try TemporaryModel(["model.yaml": text])
    let check = ModelCheck(path: model.folder)
    #expect(check.faults == nil && check.warnings.isEmpty)
    let loads = try #require(check.loads.first).resources
    #expect(loads.map(\.hangsOnState) == [false, true])
    #expect(abs(loads[0].offeredLoad - 0.1) < 1e-12)
    #expect(loads[1].requestRate == loads[1].mostRequests)
    #expect(loads[1].offeredLoad == 0 && loads[1].mostOffered == .infinity)
  }

  @Test(
    "a mistake in one of them is one line with what would be right",
    arguments: [
      ("frail: age > 75", "frail: aeg > 75", "aeg, which nothing has"),
      ("doctor.free > 0 and", "docter.free > 0 and", "docter, which is none"),
      ("{otherwise: stays}", "{if: age > 1, to: stays}", "no case holds"),
      ("until: bed.held < 50", "until: hour < 8", "reads the clock"),
      ("at-most: 2", "at-most: 0", "is 0"), ("from: tests,", "from: test,", "did you mean tests"),
      ("pathway: lab,", "pathway: lap,", "did you mean lab"),
      ("tries: tries + 1", "trees: tries + 1", "is not an attribute"),
      ("as: carer", "as: nurse-or-doctor", "is not a resource"),
      ("by: class, sick: ill", "by: class, ill: ill", "is not a class"),
      ("opening-of: doctor", "opening-of: doktor", "did you mean doctor"),
      ("at-shift-end: interrupt", "at-shift-end: stop", "hand-over"),
      ("interrupted: restart", "interrupted: again", "resample"),
      ("at-shift-end: interrupt", "at-shift-end: finish", "concerns nobody"),
      ("continue: follow-up", "continue: followup", "did you mean follow-up"),
      ("talk: 5 min + 2 min * frail", "talk: 5 min + * frail", "where a value is needed"),
    ])
  func mistakes(right: String, wrong: String, words: String) throws {
    let text = Self.model.replacingOccurrences(of: right, with: wrong)
    #expect(text != Self.model)
    let model = try TemporaryModel(["model.yaml": text])
    let lines = ModelCheck(path: model.folder).faults?.list.map(\.description) ?? []
    #expect(lines.contains { $0.contains(words) && $0.contains("model.yaml:") }, "\(lines)")
  }
}
