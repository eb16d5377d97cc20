// SPDX-License-Identifier: GPL-3.0-or-later

/// Replicates until the intervals of several measures are all narrow enough.
///
/// Replications are added in index order, whatever the order in which they finished: the decision
/// is then the same on any number of threads. A target must hold, without a break, over a
/// look-ahead of further replications, because an interval is sometimes narrow by luck: 5 up to
/// 100 replications, and 5 % of them beyond.
///
/// A measure that has had the same value in all replications so far counts as precise. Where a
/// rare outcome may still be zero in all of them, ask for more `minimumReplications`.
///
/// Source: Hoad, Robinson and Davies, *J. Oper. Res. Soc.* 61 (2010) 1632–1644.
public struct SequentialPrecision: Sendable {
  public let targets: [PrecisionTarget]
  public let minimumReplications: Int
  public let lookAhead: Int
  /// Replications seen so far.
  public private(set) var replications = 0
  /// The first number of replications from which all targets were met together over the
  /// look-ahead; `nil` as long as there is none.
  public private(set) var requiredReplications: Int?

  private var measures: [Progress]
  private var allMetSince: Int?

  public init(targets: [PrecisionTarget], minimumReplications: Int = 3, lookAhead: Int = 5) {
    precondition(minimumReplications >= 2, "an interval needs two replications")
    precondition(lookAhead >= 0, "a look-ahead is not negative")
    self.targets = targets
    self.minimumReplications = minimumReplications
    self.lookAhead = lookAhead
    measures = targets.map { _ in Progress() }
  }

  /// Whether no further replication is needed.
  public var isReached: Bool { requiredReplications != nil }

  /// The fewest replications, those seen included, after which the targets can have been met: so many
  /// may be run together without one too many.
  public var earliestDecision: Int {
    if let requiredReplications {
      return requiredReplications + reach(from: requiredReplications)
    }
    let start = allMetSince ?? max(minimumReplications, replications + 1)
    return start + reach(from: start)
  }

  /// Adds the next replication in index order: one value per target, `nil` where undefined.
  public mutating func add(_ observations: [Double?]) {
    precondition(observations.count == targets.count, "one observation per target")
    replications += 1
    var allMet = replications >= minimumReplications
    for index in targets.indices {
      if let value = observations[index] { measures[index].add(value) }
      let isMet =
        replications >= minimumReplications
        && measures[index].interval(level: targets[index].level).map(targets[index].isMet) == true
      allMet = allMet && isMet
      measures[index].metSince = isMet ? measures[index].metSince ?? replications : nil
      if measures[index].required == nil {
        measures[index].required = confirmed(measures[index].metSince)
      }
    }
    allMetSince = allMet ? allMetSince ?? replications : nil
    if requiredReplications == nil { requiredReplications = confirmed(allMetSince) }
  }

  /// Where the measure of one target stands.
  public func outcome(ofTarget index: Int) -> PrecisionOutcome {
    let target = targets[index]
    let measure = measures[index]
    let interval = measure.interval(level: target.level)
    var outcome = PrecisionOutcome(requiredReplications: measure.required, achieved: interval)
    guard let interval else { return outcome }
    if interval.mean != 0 {
      outcome.achievedRelativeHalfWidth = interval.halfWidth / abs(interval.mean)
    }
    let allowed = target.allowed(around: interval.mean)
    if target.isMet(by: interval) {
      outcome.projectedReplications = measure.required ?? replications
    } else if allowed > 0 {
      let excess = interval.halfWidth / allowed
      let projected = (Double(replications) * excess * excess).rounded(.up)
      if projected < 0x1p62 { outcome.projectedReplications = Int(projected) }
    }
    return outcome
  }

  private func confirmed(_ start: Int?) -> Int? {
    guard let start else { return nil }
    return replications - start >= reach(from: start) ? start : nil
  }

  /// How many replications the targets must hold for after they were first met.
  private func reach(from start: Int) -> Int {
    start <= 100 ? lookAhead : start * lookAhead / 100
  }

  /// What one measure showed so far, and since when its target has been met.
  private struct Progress: Sendable {
    var moments = RunningMoments()
    var metSince: Int?
    var required: Int?

    mutating func add(_ value: Double) { moments.add(value) }

    func interval(level: Double) -> ConfidenceInterval? {
      let count = moments.count
      guard count >= 2 else { return nil }
      let error = (moments.variance / Double(count)).squareRoot()
      let halfWidth = studentQuantile(degreesOfFreedom: count - 1, level: level) * error
      return ConfidenceInterval(
        estimate: moments.mean, low: moments.mean - halfWidth, high: moments.mean + halfWidth,
        n: count, level: level)
    }
  }
}
