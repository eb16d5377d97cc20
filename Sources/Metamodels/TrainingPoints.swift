// SPDX-License-Identifier: GPL-3.0-or-later

/// Points at which a simulation was run, and what it gave there.
public struct TrainingPoints: Sendable {
  /// How the replications of different points hang together.
  public enum RandomNumbers: Sendable {
    /// Every replication of every point has random numbers of its own.
    case independent
    /// The replications of one number have the same random numbers at all points.
    case common
  }

  /// A row a point, in the factors' own units.
  public let coordinates: [[Double]]
  /// The mean of each point's replications.
  public let means: [Double]
  /// The variance of each mean by run noise of its own; 0 for a computation without noise. `nil`: not
  /// known, so that a metamodel finds one variance for all from how the points scatter.
  public let variances: [Double]?
  /// The variance of an error that all means have in common: with common random numbers, a replication
  /// that is lucky at one point is so at all.
  public let sharedVariance: Double
  /// Degrees of freedom with which ``sharedVariance`` is known.
  public let sharedDegrees: Double

  public var count: Int { means.count }
  public var columns: Int { coordinates.first?.count ?? 0 }

  public init(
    coordinates: [[Double]], means: [Double], variances: [Double]?, sharedVariance: Double = 0,
    sharedDegrees: Double = .infinity
  ) {
    precondition(coordinates.count == means.count, "each point has a mean")
    precondition(variances.map { $0.count == means.count } ?? true, "each mean has a variance")
    self.coordinates = coordinates
    self.means = means
    self.variances = variances
    self.sharedVariance = sharedVariance
    self.sharedDegrees = sharedDegrees
  }

  /// Takes what replications show of the run noise.
  ///
  /// A point's own variance, from few replications, may be far off. It is drawn towards that of all
  /// points, the more the less the points differ beyond chance (``ModeratedVariances``). Under common
  /// random numbers, the mean of all points in a replication is taken out first; its variance, over the
  /// number of replications, is ``sharedVariance``. That this error is the same everywhere is an
  /// approximation: far apart, points have less of their luck in common.
  ///
  /// - Parameter replications: Of each point its values; of common random numbers as many of each, in the
  ///   order of their numbers. With one value a point the noise is not known.
  ///
  /// Sources: Ankenman, Nelson and Staum, *Oper. Res.* 58 (2010) 371–382 (a variance a point); Chen,
  /// Ankenman and Nelson, *ACM TOMACS* 22 (2012) 7:1–7:20 (common random numbers in kriging).
  public init(
    coordinates: [[Double]], replications: [[Double]], randomNumbers: RandomNumbers
  ) {
    precondition(replications.allSatisfy { !$0.isEmpty }, "each point has a replication")
    let means = replications.map { $0.reduce(0, +) / Double($0.count) }
    guard replications.contains(where: { $0.count > 1 }) else {
      self.init(coordinates: coordinates, means: means, variances: nil)
      return
    }
    var residuals = zip(replications, means).map { values, mean in values.map { $0 - mean } }
    var (shared, correction) = (0.0, 1.0)
    let (n, length) = (Double(means.count), replications[0].count)
    if randomNumbers == .common, means.count > 1 {
      precondition(
        replications.allSatisfy { $0.count == length },
        "under common random numbers all points have the same replications")
      let luck = (0..<length).map { place in residuals.reduce(0) { $0 + $1[place] } / n }
      for point in residuals.indices {
        for place in 0..<length { residuals[point][place] -= luck[place] }
      }
      correction = n / (n - 1)
      let degrees = Double(length - 1)
      let own = residuals.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / (degrees * (n - 1))
      let ofLuck = luck.reduce(0) { $0 + $1 * $1 } / degrees
      shared = max(0, ofLuck - own / n) / Double(length)
    }
    let samples = residuals.map { values in
      ModeratedVariances.Sample(
        variance: values.reduce(0) { $0 + $1 * $1 } * correction / max(1, Double(values.count - 1)),
        degrees: values.count - 1)
    }
    let moderated = ModeratedVariances(samples).values
    self.init(
      coordinates: coordinates, means: means,
      variances: zip(moderated, replications).map { $0 / Double($1.count) },
      sharedVariance: shared, sharedDegrees: Double(max(1, length - 1)))
  }
}
