// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// What whole institutions have of doctors and beds over time, and what work their part in a sample can
/// do: by which use in the sample is told as use of the whole.
///
/// Empty where everybody is simulated.
struct WholeCapacity: Sendable {
  private struct Clock: BitwiseCopyable, Sendable {
    /// Of the whole institution; and of the sample, each unit as much as it works.
    var whole = 0.0
    var working = 0.0
    var wholeIntegral = 0.0
    var workingIntegral = 0.0
    var since: Int64 = 0

    mutating func advance(to now: SimulationTime) {
      let span = Double(now.microseconds - since)
      wholeIntegral += whole * span
      workingIntegral += working * span
      since = now.microseconds
    }
  }

  private var clocks: [Clock] = []

  var isEmpty: Bool { clocks.isEmpty }

  mutating func set(
    _ resource: ResourceIndex, whole: Double, working: Double, at now: SimulationTime
  ) {
    let row = Int(resource.rawValue)
    while clocks.count <= row { clocks.append(Clock(since: now.microseconds)) }
    clocks[row].advance(to: now)
    clocks[row].whole = whole
    clocks[row].working = working
  }

  /// Statistics begin anew.
  mutating func reset(at now: SimulationTime) {
    for row in clocks.indices {
      clocks[row].advance(to: now)
      clocks[row].wholeIntegral = 0
      clocks[row].workingIntegral = 0
    }
  }

  /// Use and capacity of a whole institution since then, in unit-microseconds.
  ///
  /// - Parameters:
  ///   - held: in the sample; and what was there to be held.
  ///   - expansion: residents over those simulated.
  func use(
    of resource: ResourceIndex, held: Double, capacity: Double, expansion: Double,
    at now: SimulationTime
  ) -> (held: Double, capacity: Double) {
    let row = Int(resource.rawValue)
    guard row < clocks.count else { return (0, 0) }
    var clock = clocks[row]
    clock.advance(to: now)
    // Who works more slowly is busy for longer with the same work.
    let pace = capacity > 0 ? clock.workingIntegral / capacity : 1
    return (held * pace * expansion, clock.wholeIntegral)
  }
}
