// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import Randomness
import SimulationKernel

/// What is to be run: design points, each as many times as there are replications.
public struct ExperimentDesign: Sendable {
  /// Whether the points of one replication share their random numbers.
  public enum RandomNumbers: String, Sendable {
    case common, independent
  }

  public var name: String
  /// In design order; their identifiers are 1, 2, 3 ….
  public var points: [DesignPoint]
  /// Index in `points` of the one that the others are compared with.
  public var baseline: Int
  /// Replications of each point, or batches; they are numbered from 1.
  public var replications: Int
  /// What decides on the replications of each point in the place of their number, which is then what
  /// there is of them at least.
  public var stopping: StoppingRule?
  /// Whether what is numbered are batches of one run of each point, which is run whole or not at all.
  public var isBatched: Bool
  /// Whether a point's replications are run one after another, so that its model is compiled once; else
  /// a replication's points are.
  public var isPointMajor: Bool
  public var seed: UInt64
  public var randomNumbers: RandomNumbers
  /// What the results file says of its origin besides the design, such as digests and texts.
  public var provenance: [String: String]

  public init(
    name: String, points: [DesignPoint], baseline: Int = 0, replications: Int, seed: UInt64,
    randomNumbers: RandomNumbers = .common, isBatched: Bool = false, isPointMajor: Bool = false,
    stopping: StoppingRule? = nil, provenance: [String: String] = [:]
  ) {
    precondition(points.indices.contains(baseline), "the baseline is one of the points")
    precondition(replications >= 1, "a design has at least one replication")
    self.name = name
    self.points = points
    self.baseline = baseline
    self.replications = replications
    self.seed = seed
    self.randomNumbers = randomNumbers
    self.isBatched = isBatched
    self.isPointMajor = isPointMajor
    self.stopping = stopping
    self.provenance = provenance
  }

  /// All pairs of point and replication, in design order: point by point.
  public var pairs: [ReplicationKey] {
    points.indices.flatMap { index in
      (1...replications).map { ReplicationKey(point: index + 1, replication: $0) }
    }
  }

  /// The key of the random numbers of one replication of one point; batches share that of the first.
  public func root(of key: ReplicationKey) -> RandomRoot {
    RandomRoot(
      seed: seed, replication: isBatched ? 1 : UInt32(key.replication),
      point: randomNumbers == .common ? 0 : UInt32(key.point))
  }
}

/// One configuration of the model.
public struct DesignPoint: Sendable {
  public var scenario: String
  /// Every overridden path with its value as text.
  public var settings: [String: String]
  public var model: any RunnableModel
  /// When its replications end.
  public var end: SimulationTime
  /// Up to this instant the point does what the point of ``trunk`` does, given the same random numbers.
  public var sharesBaselineUntil: SimulationTime
  /// Index of the point whose run it leaves at that instant; `nil`: the design's baseline.
  public var trunk: Int?
  /// Index of the point that it is compared with; `nil`: the design's baseline.
  public var baseline: Int?
  /// What faults of its runs call it besides the scenario, such as `point 3 (rate = 5 /h)`; empty where
  /// the scenario says it all.
  public var place: String

  public init(
    scenario: String, settings: [String: String] = [:], model: any RunnableModel,
    end: SimulationTime, sharesBaselineUntil: SimulationTime = .zero, trunk: Int? = nil,
    baseline: Int? = nil, place: String = ""
  ) {
    self.place = place
    self.scenario = scenario
    self.settings = settings
    self.model = model
    self.end = end
    self.sharesBaselineUntil = sharesBaselineUntil
    self.trunk = trunk
    self.baseline = baseline
  }
}

/// One replication of one design point; ordered as the results are.
public struct ReplicationKey: Hashable, Comparable, Sendable {
  /// Identifier of the point, from 1.
  public var point: Int
  /// Number of the replication, from 1.
  public var replication: Int

  public init(point: Int, replication: Int) {
    self.point = point
    self.replication = replication
  }

  public static func < (a: ReplicationKey, b: ReplicationKey) -> Bool {
    (a.point, a.replication) < (b.point, b.replication)
  }
}
