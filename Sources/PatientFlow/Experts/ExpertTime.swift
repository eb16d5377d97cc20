// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Where the time of doctors who are out as experts goes: how many are away from each lead, at each
/// member and on the way, each counted for itself and integrated over time.
///
/// So that what leads give and members get can be held against each other at any instant, whatever
/// moved in between.
package struct ExpertTime {
  /// A number that changes, and its integral.
  private struct Clock: BitwiseCopyable {
    var count: Int64 = 0
    var integral: Int64 = 0
    var since: Int64 = 0

    mutating func change(by step: Int64, at now: SimulationTime) {
      integral += count * (now.microseconds - since)
      since = now.microseconds
      count += step
    }

    func integral(at now: SimulationTime) -> Int64 {
      integral + count * (now.microseconds - since)
    }
  }

  private var away: [Clock]
  private var here: [Clock]
  private var onTheWay = Clock()

  package init(institutions: Int) {
    away = Array(repeating: Clock(), count: institutions)
    here = away
  }

  /// The stages of an expert's day, in their order.
  package enum Stage: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case leaves, arrives, departs, returns
  }

  package mutating func move(
    _ stage: Stage, lead: Int, member: Int, at now: SimulationTime
  ) {
    switch stage {
    case .leaves:
      away[lead].change(by: 1, at: now)
      onTheWay.change(by: 1, at: now)
    case .arrives:
      onTheWay.change(by: -1, at: now)
      here[member].change(by: 1, at: now)
    case .departs:
      here[member].change(by: -1, at: now)
      onTheWay.change(by: 1, at: now)
    case .returns:
      onTheWay.change(by: -1, at: now)
      away[lead].change(by: -1, at: now)
    }
  }

  /// Doctors that an institution has more, or less, by experts now.
  package func balance(at site: Int) -> Int { Int(here[site].count - away[site].count) }

  /// Microseconds of doctors' time taken from an institution, and received by it.
  package func taken(from site: Int, at now: SimulationTime) -> Int64 {
    away[site].integral(at: now)
  }
  package func received(at site: Int, at now: SimulationTime) -> Int64 {
    here[site].integral(at: now)
  }
  package func travelled(at now: SimulationTime) -> Int64 { onTheWay.integral(at: now) }

  /// Whether what was taken was received or spent on the way.
  package func isBalanced(at now: SimulationTime) -> Bool {
    let taken = away.reduce(Int64(0)) { $0 + $1.integral(at: now) }
    let received = here.reduce(Int64(0)) { $0 + $1.integral(at: now) }
    return taken == received + onTheWay.integral(at: now)
  }
}
