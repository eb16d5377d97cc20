// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Why a run could not go on: something that only the run itself can show, such as a computed length
/// of time below zero. The numbers of a run with a fault mean nothing.
public struct PathwayRunFault: Error, Hashable, Sendable {
  public var pathway: String
  /// The step's name; `nil` when it has none.
  public var step: String?
  public var time: SimulationTime
  public var problem: String
  public var remedy: String
}

extension PathwayFlow {
  /// Notes what stops an entity where it is; the first fault is kept.
  @usableFromInline
  mutating func stop(
    _ entity: EntityIndex, _ problem: String, _ remedy: String, at now: SimulationTime
  ) {
    guard fault == nil else { return }
    let row = entities[entity].row
    let number = program.entryRows.lastIndex { $0 <= row } ?? 0
    fault = PathwayRunFault(
      pathway: program.pathways[number],
      step: program.label(of: row, inPathway: program.pathways[number]), time: now,
      problem: problem, remedy: remedy)
  }
}
