// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The desk of a lead's experts in a run: its rule and its line.
package struct ConsultDesk: Sendable {
  package let rule: Telemedicine
  let consult: LogTime
  private let isMember: [Bool]
  package let startDay: Int
  package var line: WorkloadLine

  init(_ rule: Telemedicine, opensHour: Double, institutions: Int, startDay: Int) {
    self.rule = rule
    self.startDay = startDay
    consult = LogTime(mean: rule.consultMinutes, variation: rule.consultVariation)
    var isMember = [Bool](repeating: false, count: institutions)
    for member in rule.members { isMember[member] = true }
    self.isMember = isMember
    line = WorkloadLine(
      servers: 1, opensHour: opensHour, hoursPerDay: min(24, rule.minutesPerDay / 60))
  }

  package func has(member institution: Int) -> Bool { isMember[institution] }
}
