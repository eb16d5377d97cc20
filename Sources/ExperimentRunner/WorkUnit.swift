// SPDX-License-Identifier: GPL-3.0-or-later

import SimulationKernel

/// What one thread does at a stretch: points of one replication that can share simulated time.
struct WorkUnit: Sendable {
  var replication: Int
  /// Identifiers of the points, in the order in which they leave the baseline.
  var points: [Int]

  /// Cuts the pairs that are still to be run into units, one a replication, or more when there are
  /// fewer replications than threads. Of a design that is run point by point, each pair that shares no
  /// time with the baseline is a unit of its own, and those of a point follow each other.
  static func units(of pairs: [ReplicationKey], in design: ExperimentDesign, threads: Int)
    -> [WorkUnit]
  {
    var pairs = pairs
    if design.isBatched {
      // Batches are cut from one run: whichever is missing, all of it is run.
      pairs = Set(pairs.map(\.point)).map { ReplicationKey(point: $0, replication: 1) }
    }
    var alone: [WorkUnit] = []
    if design.isPointMajor {
      let isAlone = pairs.map { design.departure(of: $0.point) <= .zero }
      alone = zip(pairs, isAlone).filter(\.1).map(\.0).sorted().map {
        WorkUnit(replication: $0.replication, points: [$0.point])
      }
      pairs = zip(pairs, isAlone).filter { !$0.1 }.map(\.0)
    }
    let byReplication = Dictionary(grouping: pairs, by: \.replication)
    var units = byReplication.keys.sorted().map { replication in
      WorkUnit(replication: replication, points: byReplication[replication]!.map(\.point))
    }
    for index in units.indices {
      units[index].points.sort {
        (design.departure(of: $0), $0) < (design.departure(of: $1), $1)
      }
    }
    while units.count + alone.count < threads {
      let longest = units.indices.max { units[$0].points.count < units[$1].points.count }
      guard let longest, units[longest].points.count > 1 else { break }
      let points = units[longest].points
      units[longest].points = Array(points[..<(points.count / 2)])
      units.append(
        WorkUnit(
          replication: units[longest].replication, points: Array(points[(points.count / 2)...])))
    }
    return units + alone
  }

  /// Simulated time that the unit has to go through, in microseconds: a measure of its cost.
  func span(in design: ExperimentDesign) -> Double {
    var total = 0.0
    for stage in stages(in: design) {
      switch stage {
      case .whole(let point): total += Double(design.points[point - 1].end.microseconds)
      case .trunk(let departures, let last):
        total += Double(last.microseconds)
        for (point, departure) in departures {
          total += Double(design.points[point - 1].end.microseconds - departure.microseconds)
        }
      }
    }
    return total
  }

  /// How the points are run: alone from time zero, or as copies taken from one run of the baseline.
  enum Stage: Sendable {
    case whole(point: Int)
    /// The baseline is run on to `until`; each point leaves it, as a copy, at its instant.
    case trunk(departures: [(point: Int, at: SimulationTime)], until: SimulationTime)
  }

  func stages(in design: ExperimentDesign) -> [Stage] {
    guard design.randomNumbers == .common else { return points.map { .whole(point: $0) } }
    let sharing = points.filter { design.departure(of: $0) > .zero }
    let alone = points.filter { design.departure(of: $0) <= .zero }
    guard sharing.count > 1, let last = sharing.last else {
      return points.map { .whole(point: $0) }
    }
    let departures = sharing.map { (point: $0, at: design.departure(of: $0)) }
    return alone.map { .whole(point: $0) }
      + [.trunk(departures: departures, until: design.departure(of: last))]
  }
}

extension ExperimentDesign {
  /// When a point leaves the baseline's run: its end, for the baseline itself.
  func departure(of point: Int) -> SimulationTime {
    point == baseline + 1
      ? points[baseline].end : min(points[point - 1].sharesBaselineUntil, points[baseline].end)
  }
}
