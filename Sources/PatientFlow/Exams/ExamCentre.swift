// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A shared centre in a run: its rule, its line of readers, and what went through.
package struct ExamCentre: Sendable {
  package let rule: SharedExamCentre
  let reading: LogTime
  private let isMember: [Bool]
  package let startDay: Int
  package var line: WorkloadLine
  /// By how much readings are longer, in a sample.
  let stretch: Double

  init(
    _ rule: SharedExamCentre, opensHour: Double, institutions: Int, startDay: Int,
    sample: PopulationSample = .whole
  ) {
    self.rule = rule
    self.startDay = startDay
    reading = LogTime(mean: rule.readingMinutes, variation: rule.readingVariation)
    var isMember = [Bool](repeating: false, count: institutions)
    for member in rule.members { isMember[member] = true }
    self.isMember = isMember
    let readers = sample.units(.doctor, at: rule.lead, of: rule.readers)
    stretch = sample.stretch(readers, for: rule.readers)
    line = WorkloadLine(
      servers: readers, opensHour: opensHour, hoursPerDay: rule.hoursPerDay)
  }

  package func has(member institution: Int) -> Bool { isMember[institution] }

  /// Whether results read here count as an institution's own.
  package func isParty(_ institution: Int) -> Bool {
    institution == rule.lead || isMember[institution]
  }

  /// From the end of an exam until it is at the centre: to the next collection, and the way.
  ///
  /// - Parameters:
  ///   - instant: when the exam ended.
  ///   - opensHour: of the member, from which collections are counted each day.
  package func transport(at instant: SimulationTime, opensHour: Double) -> TimeSpan {
    let way = TimeSpan.minutes(rule.transportMinutes)
    guard rule.collectionHours > 0 else { return way }
    let every = TimeSpan.hours(rule.collectionHours).microseconds
    let sinceOpening =
      instant.microseconds % microsecondsPerDay - TimeSpan.hours(opensHour).microseconds
    // Before opening, which only happens to who was still inside at midnight, it is the first one.
    guard sinceOpening > 0 else { return TimeSpan(microseconds: -sinceOpening) + way }
    let wait = (every - sinceOpening % every) % every
    return TimeSpan(microseconds: wait) + way
  }
}
