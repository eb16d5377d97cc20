// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which of several systems is the best: the one with the highest mean, or the lowest.
public enum BestMean: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case highest, lowest

  /// A value turned so that more is better.
  package func merit(_ value: Double) -> Double { self == .highest ? value : -value }
}

/// The procedure KN++: replicates systems side by side and drops those that fall too far behind,
/// until one is left.
///
/// If the mean of the best leads every other by the difference that matters, or more, it is chosen with
/// at least the stated probability; among systems that are closer than that, one of them is chosen.
/// The guarantee holds for normal observations in the limit of a small difference: the variance of each
/// pair of systems is estimated anew from all replications at each step. It holds under common random
/// numbers, where the variances of the differences are small and the decision early, and under
/// independent ones, where the risk is shared out a little less strictly.
///
/// Two systems that do not differ in any replication are told apart by their order: the first stays.
///
/// Source: Kim and Nelson, *ACM TOMACS* 11 (2001) 251–273, and *Oper. Res.* 54 (2006) 475–488 (KN++), for
/// independent replications in the place of batches.
public struct KimNelsonSelection: Sendable {
  public let systems: Int
  public let best: BestMean
  /// The smallest difference of means that matters, in the unit of the measure.
  public let difference: Double
  /// The least probability of a correct selection.
  public let confidence: Double
  /// Replications of each system before any is dropped.
  public let firstStage: Int
  /// Whether replication *k* of all systems has the same random numbers.
  public let isCommon: Bool

  /// The systems that were not dropped, ascending.
  public private(set) var survivors: [Int]
  /// Replications of each survivor so far.
  public private(set) var replications = 0
  /// After how many replications each system was dropped; `nil` of survivors.
  public private(set) var droppedAfter: [Int?]
  /// Of the merit of the lower-numbered system less that of the higher, by pair.
  private var pairs: [RunningMoments]
  /// Of the merits of each survivor.
  private var sums: [Double]

  public init(
    systems: Int, best: BestMean, difference: Double, confidence: Double = 0.95,
    firstStage: Int = 10, isCommon: Bool
  ) {
    precondition(systems >= 1, "there is a system to choose")
    precondition(difference > 0, "a difference that matters is positive")
    precondition(confidence > 0 && confidence < 1, "a probability lies between 0 and 1")
    precondition(firstStage >= 2, "a variance needs two replications")
    self.systems = systems
    self.best = best
    self.difference = difference
    self.confidence = confidence
    self.firstStage = firstStage
    self.isCommon = isCommon
    survivors = Array(0..<systems)
    droppedAfter = Array(repeating: nil, count: systems)
    pairs = Array(repeating: RunningMoments(), count: systems * (systems - 1) / 2)
    sums = Array(repeating: 0, count: systems)
  }

  /// Whether one system is left.
  public var isDecided: Bool { survivors.count == 1 }

  /// Adds the next replication, and drops the systems that it shows to be behind.
  ///
  /// - Parameter values: One a system; those of dropped systems are not looked at.
  /// - Complexity: O(*s*²) for *s* survivors.
  public mutating func add(_ values: [Double]) {
    precondition(values.count == systems, "one value per system")
    guard !isDecided else { return }
    replications += 1
    for (place, first) in survivors.enumerated() {
      sums[first] += best.merit(values[first])
      for second in survivors[(place + 1)...] {
        pairs[index(first, second)].add(best.merit(values[first]) - best.merit(values[second]))
      }
    }
    if replications >= firstStage { screen() }
  }

  private mutating func screen() {
    let degrees = Double(replications - 1)
    let error = 1 - confidence
    let others = Double(systems - 1)
    // Each of the others may be kept wrongly with this chance.
    let share = isCommon ? error / others : 1 - pow(confidence, 1 / others)
    let eta = (pow(2 * share, -2 / degrees) - 1) / 2
    let reach = 2 * eta * degrees
    let count = Double(replications)
    let standing = survivors
    survivors = standing.filter { system in
      let isBeaten = standing.contains { other in
        guard isBehind(system, other) else { return false }
        let lead = lead(of: system, over: other)
        let margin =
          difference / (2 * count)
          * (reach * lead.variance / (difference * difference) - count)
        return margin <= 0 || lead.mean < -margin
      }
      if isBeaten { droppedAfter[system] = replications }
      return !isBeaten
    }
  }

  /// Whether a system has the lower mean, or the same and the later place.
  ///
  /// The means of the pairs, each rounded by itself, could name three tied systems each behind another,
  /// and all would be dropped; an order of the sums always has a first.
  private func isBehind(_ system: Int, _ other: Int) -> Bool {
    sums[system] < sums[other] || sums[system] == sums[other] && other < system
  }

  /// Mean and variance of the merit of one system less that of another.
  private func lead(of system: Int, over other: Int) -> (mean: Double, variance: Double) {
    let moments = pairs[index(min(system, other), max(system, other))]
    return (system < other ? moments.mean : -moments.mean, moments.variance)
  }

  /// Row of the pair in the upper triangle.
  private func index(_ first: Int, _ second: Int) -> Int {
    first * (2 * systems - first - 1) / 2 + second - first - 1
  }
}
