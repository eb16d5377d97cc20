// SPDX-License-Identifier: GPL-3.0-or-later

import SimulationKernel

/// What one thread does at a stretch: points of one replication that can share simulated time.
struct WorkUnit: Sendable {
  var replication: Int
  /// Identifiers of the points, those that leave one run together, in the order in which they do.
  var points: [Int]

  /// Cuts the pairs that are still to be run into units, one a replication, or more when there are
  /// fewer replications than threads. Of a design that is run point by point, what leaves another run
  /// than the design's baseline, and each pair that shares no time, is a unit of its own, and those of
  /// the same points follow each other.
  static func units(of pairs: [ReplicationKey], in design: ExperimentDesign, threads: Int)
    -> [WorkUnit]
  {
    var pairs = pairs
    if design.isBatched {
      // Batches are cut from one run: whichever is missing, all of it is run.
      pairs = Set(pairs.map(\.point)).map { ReplicationKey(point: $0, replication: 1) }
    }
    let trunks = SharedTrunks(design)
    var apart: [WorkUnit] = []
    if design.isPointMajor {
      let baseline = design.baseline + 1
      let groups = Dictionary(grouping: pairs.filter { trunks.trunk(of: $0.point) != baseline }) {
        ReplicationKey(point: trunks.trunk(of: $0.point) ?? $0.point, replication: $0.replication)
      }
      apart = groups.sorted { $0.key < $1.key }.map { key, pairs in
        WorkUnit(replication: key.replication, points: trunks.inOrder(pairs.map(\.point)))
      }
      pairs.removeAll { trunks.trunk(of: $0.point) != baseline }
    }
    let byReplication = Dictionary(grouping: pairs, by: \.replication)
    var units = byReplication.keys.sorted().map { replication in
      WorkUnit(
        replication: replication,
        points: trunks.inOrder(byReplication[replication]!.map(\.point)))
    }
    while units.count + apart.count < threads {
      let longest = units.indices.max { units[$0].points.count < units[$1].points.count }
      guard let longest, units[longest].points.count > 1 else { break }
      let points = units[longest].points
      units[longest].points = Array(points[..<(points.count / 2)])
      units.append(
        WorkUnit(
          replication: units[longest].replication, points: Array(points[(points.count / 2)...])))
    }
    return units + apart
  }

  /// Simulated time that the unit has to go through, in microseconds: a measure of its cost.
  func span(in design: ExperimentDesign, _ trunks: SharedTrunks) -> Double {
    var total = 0.0
    for stage in stages(in: design, trunks) {
      switch stage {
      case .whole(let point): total += Double(design.points[point - 1].end.microseconds)
      case .trunk(_, let departures):
        total += Double(departures.last?.at.microseconds ?? 0)
        for (point, departure) in departures {
          total += Double(design.points[point - 1].end.microseconds - departure.microseconds)
        }
      }
    }
    return total
  }

  /// How the points are run: alone from time zero, or as copies taken from one run of another point.
  enum Stage: Sendable {
    case whole(point: Int)
    /// The run of `of` is run on to the last departure; each point leaves it, as a copy, at its instant.
    case trunk(of: Int, departures: [(point: Int, at: SimulationTime)])
  }

  func stages(in design: ExperimentDesign, _ trunks: SharedTrunks) -> [Stage] {
    guard design.randomNumbers == .common else { return points.map { .whole(point: $0) } }
    var stages: [Stage] = []
    var rest = points[...]
    while let first = rest.first {
      let trunk = trunks.trunk(of: first)
      let group = rest.prefix { trunks.trunk(of: $0) == trunk }
      rest = rest.dropFirst(group.count)
      if let trunk, group.count > 1 {
        stages.append(
          .trunk(of: trunk, departures: group.map { ($0, trunks.departure(of: $0)) }))
      } else {
        stages += group.map { .whole(point: $0) }
      }
    }
    return stages
  }
}

/// Which runs of a design are left by other points, by whom and when.
struct SharedTrunks: Sendable {
  /// Of each point, the one whose run it leaves: itself, where others leave its own.
  private let trunks: [Int?]
  private let departures: [SimulationTime]

  init(_ design: ExperimentDesign) {
    let points = design.points
    let declared = points.map { $0.trunk ?? design.baseline }
    var isLeft = [Bool](repeating: false, count: points.count)
    isLeft[design.baseline] = true
    for (index, point) in points.enumerated()
    where point.sharesBaselineUntil > .zero && declared[index] != index {
      isLeft[declared[index]] = true
    }
    trunks = points.indices.map { index in
      if isLeft[index] { return index + 1 }
      return points[index].sharesBaselineUntil > .zero ? declared[index] + 1 : nil
    }
    departures = points.indices.map { index in
      if isLeft[index] { return points[index].end }
      return min(points[index].sharesBaselineUntil, points[declared[index]].end)
    }
  }

  /// Identifier of the point whose run a point leaves; `nil` when it is run alone.
  func trunk(of point: Int) -> Int? { trunks[point - 1] }

  /// When a point leaves that run: at its own end, where the run is its own.
  func departure(of point: Int) -> SimulationTime { departures[point - 1] }

  /// Points by the runs they leave, in the order in which they do; those run alone first.
  func inOrder(_ points: [Int]) -> [Int] {
    points.sorted {
      (trunk(of: $0) ?? 0, departure(of: $0), $0) < (trunk(of: $1) ?? 0, departure(of: $1), $1)
    }
  }
}
