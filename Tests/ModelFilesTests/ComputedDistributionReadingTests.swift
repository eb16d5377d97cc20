// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

/// Distributions with expressions for parameters, as files write them.
@Suite struct ComputedDistributionReadingTests {
  private func lines(_ duration: String, attribute: String = "1") throws -> [String] {
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      classes: {sick: {}, well: {}}
      attributes:
        severity: {uniform: {low: 0, high: 3}}
        other: \(attribute)
      arrivals: {door: {pathway: visit, class: sick, poisson: {rate: 1 /h}}}
      resources: {bed: {capacity: 5}, ward: {capacity: 9}}
      durations:
        named: \(duration)
      pathways:
        visit:
          - seize: {resource: bed, renege: {after: \(duration), to: gone}}
          - delay: named
          - transfer: {to: ward, from: bed, delay: \(duration)}
          - delay: \(duration)
          - release: ward
          - return: {pathway: again, after: \(duration)}
          - leave: home
          - {name: gone, leave: gone, outcome: reneged}
        again:
          - spawn: {pathway: last, after: \(duration)}
          - leave: home
        last:
          - assign: {other: \(attribute)}
          - delay: other
          - leave: home
      run: {length: 30 d}
      """
    let model = try TemporaryModel(["model.yaml": text])
    return (ModelCheck(path: model.folder).faults?.list ?? []).map(\.description)
  }

  @Test(
    "they are read wherever a length of time may stand",
    arguments: [
      "{exponential: 10 min * (1 + severity)}",
      "{exponential: {mean: 10 min*severity}}",
      "{exponential: {rate: 6 /h * (1 + severity)}}",
      "{exp: {rate: 1 / (10 min * (1 + severity))}}",
      "{lognormal: {mean: 30 min * (1 + severity), standard-deviation: 10 min}}",
      "{lognormal: {mean: 30 min, sd: 2 min * severity}}",
      "{lnorm: {meanlog: 2 + 0.1 * severity, sdlog: 0.4}}",
      "{gamma: {shape: 2 + severity, scale: 5 min}}",
      "{weibull: {shape: 1.5, scale: 5 min + waited}}",
      "{normal: {mean: 10 min + 1 min * severity, sd: 2 min, lowest: 0 min}}",
      "{triangular: {low: 5 min, mode: 5 min + severity * 1 min, high: 20 min}}",
      "{erlang: {stages: 1 + floor(severity), mean: 5 min}}",
      "{exponential: \"if(class == sick, 2 h, 30 min)\"}",
      "{exponential: \"if(hour < 8 or ward.free == 0, 2 h, 30 min)\"}",
      "{constant: 5 min * severity}",
      "{poisson: 5 min * severity}", "{exponential: severity}",
    ])
  func read(duration: String) throws {
    #expect(try lines(duration) == [])
    #expect(try lines("5 min", attribute: duration) == [])
  }

  @Test(
    "mistakes in them are told in one line each, with what would be right",
    arguments: [
      ("{exponential: 10 * (1 + 2)}", "counts no time"),
      ("{lognormal: {mean: 10 min * severe, sd: 5 min}}", "severe, which nothing has"),
      ("{lognormal: {mean: 10 min * severity, sd: 5}}", "is 5 without a unit"),
      ("{lognormal: {mean: 10 min * severity}}", "standard-deviation"),
      ("{lognormal: {mean: 10 min * severity, sigma: 1}}", "does not go with"),
      ("{normal: {mean: 10 min * severity, sd: 5 min}}", "add lowest: 0 min"),
      ("{exponential: (10 min}", "has no )"),
      ("{truncated: {lowest: 1 min, of: {exponential: 5 min * severity}}}", "draw an attribute"),
      ("{mixture: [{weight: 1, exponential: 5 min * severity}]}", "draw an attribute"),
      ("{gamma: {shape: 5 min, scale: 5 min * severity}}", "is a time"),
      ("{gamma: {shape: 2 * 1 min, scale: 5 min}}", "is a time"),
    ])
  func mistakes(duration: String, words: String) throws {
    let found = try lines(duration)
    #expect(found.contains { $0.contains(words) && $0.contains("model.yaml:") })
    #expect(found.allSatisfy { $0.contains("model.yaml:") }, "\(found)")
  }

  @Test("an interval between arrivals hangs on no entity")
  func intervals() throws {
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      attributes: {severity: 1}
      arrivals: {door: {pathway: visit, renewal: {exponential: 5 min * severity}}}
      resources: {}
      pathways: {visit: [leave: home]}
      run: {length: 30 d}
      """
    let model = try TemporaryModel(["model.yaml": text])
    let found = (ModelCheck(path: model.folder).faults?.list ?? []).map(\.description)
    #expect(found.count == 1 && found[0].contains("hangs on an entity"), "\(found)")
  }
}
