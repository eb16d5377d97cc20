// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The best among systems of which each must meet requirements, too: replicates all side by side, tells
/// of each whether it meets every requirement, and drops those that do not, and those that fall
/// behind one that does.
///
/// With at least the stated probability, what is chosen meets its requirements, or misses them by no
/// more than their tolerances; and no system that meets them by more than the tolerances is better by
/// more than the difference that matters. Of a system whose mean lies within the tolerance of a
/// bound, either answer counts as right. Half of the risk is spent on the requirements, half on
/// the comparison, each shared out evenly (Bonferroni). It holds for normal observations in the
/// limit of small differences, under common and independent random numbers.
///
/// Source: Andradóttir and Kim, *Naval Res. Logist.* 57 (2010) 403–421 (both phases side by side),
/// Batur and Kim, *ACM TOMACS* 20 (2010) 13 (several requirements), with variances estimated anew at each
/// step as in KN++ (Kim and Nelson, *Oper. Res.* 54 (2006) 475–488).
public struct ConstrainedSelection: Sendable {
  public let systems: Int
  public let best: BestMean
  /// The smallest difference of means that matters, in the unit of the measure.
  public let difference: Double
  /// Of each requirement, the miss that does not matter, in the unit of its measure.
  public let tolerances: [Double]
  /// The least probability of a correct selection.
  public let confidence: Double
  /// Replications of each system before any is judged.
  public let firstStage: Int
  /// How many systems there were to pick these from, by the same replications: the risk is shared out over
  /// all of them, for luck may have helped to be picked.
  public let pickedFrom: Int

  /// Systems that may still be chosen, ascending; empty when none meets the requirements.
  public private(set) var survivors: [Int]
  /// Whether each system meets all requirements; `nil` while that is not known.
  public private(set) var meetsRequirements: [Bool?]
  public private(set) var replications = 0
  /// Of the merit of the lower-numbered system less that of the higher, by pair.
  private var pairs: [RunningMoments]
  private var sums: [Double]
  /// Of each system's slack, by requirement; and what is known of it.
  private var slacks: [[RunningMoments]]
  private var isMet: [[Bool?]]

  public init(
    systems: Int, best: BestMean, difference: Double, tolerances: [Double],
    confidence: Double = 0.95, firstStage: Int = 10, pickedFrom: Int? = nil
  ) {
    precondition(systems >= 1, "there is a system to choose")
    precondition(difference > 0 && tolerances.allSatisfy { $0 > 0 }, "what matters is positive")
    precondition(confidence > 0 && confidence < 1, "a probability lies between 0 and 1")
    precondition(firstStage >= 2, "a variance needs two replications")
    self.systems = systems
    self.best = best
    self.difference = difference
    self.tolerances = tolerances
    self.confidence = confidence
    self.firstStage = firstStage
    self.pickedFrom = max(systems, pickedFrom ?? systems)
    survivors = Array(0..<systems)
    meetsRequirements = Array(repeating: tolerances.isEmpty ? true : nil, count: systems)
    pairs = Array(repeating: RunningMoments(), count: systems * (systems - 1) / 2)
    sums = Array(repeating: 0, count: systems)
    slacks = Array(
      repeating: Array(repeating: RunningMoments(), count: tolerances.count), count: systems)
    isMet = Array(repeating: Array(repeating: nil, count: tolerances.count), count: systems)
  }

  /// Whether there is no more to learn: one system is left and meets its requirements, or none does.
  public var isDecided: Bool {
    survivors.isEmpty || survivors.count == 1 && meetsRequirements[survivors[0]] == true
  }

  /// Adds the next replication of all survivors.
  ///
  /// - Parameters:
  ///   - values: The measure, one value a system; those of dropped systems are not looked at.
  ///   - slacks: By system, then requirement: by how much the replication's value lies on the right
  ///     side of the bound, negative on the wrong one.
  public mutating func add(_ values: [Double], slacks found: [[Double]]) {
    precondition(values.count == systems && found.count == systems, "one value per system")
    guard !isDecided else { return }
    replications += 1
    for (place, first) in survivors.enumerated() {
      sums[first] += best.merit(values[first])
      for requirement in tolerances.indices {
        slacks[first][requirement].add(found[first][requirement])
      }
      for second in survivors[(place + 1)...] {
        pairs[index(first, second)].add(best.merit(values[first]) - best.merit(values[second]))
      }
    }
    guard replications >= firstStage else { return }
    judge()
    screen()
  }

  /// Compares each slack with zero as if that were a system without variance.
  private mutating func judge() {
    let share = (1 - confidence) / 2 / Double(max(1, pickedFrom * tolerances.count))
    for system in survivors where meetsRequirements[system] == nil {
      for requirement in tolerances.indices where isMet[system][requirement] == nil {
        let slack = slacks[system][requirement]
        let margin = margin(slack.variance, tolerances[requirement], share)
        if margin <= 0 {
          isMet[system][requirement] = slack.mean >= 0
        } else if abs(slack.mean) > margin {
          isMet[system][requirement] = slack.mean > 0
        }
      }
      if isMet[system].contains(false) {
        meetsRequirements[system] = false
      } else if !isMet[system].contains(nil) {
        meetsRequirements[system] = true
      }
    }
    survivors.removeAll { meetsRequirements[$0] == false }
  }

  /// Drops a system that lies behind one known to meet the requirements.
  private mutating func screen() {
    let share = (1 - confidence) / 2 / Double(max(1, pickedFrom - 1))
    let standing = survivors
    survivors = standing.filter { system in
      !standing.contains { other in
        guard meetsRequirements[other] == true, isBehind(system, other) else { return false }
        let moments = pairs[index(min(system, other), max(system, other))]
        let lead = system < other ? moments.mean : -moments.mean
        let margin = margin(moments.variance, difference, share)
        return margin <= 0 || lead < -margin
      }
    }
  }

  /// How far a mean difference must be from zero to be told from it, after the replications so far.
  private func margin(_ variance: Double, _ difference: Double, _ share: Double) -> Double {
    let degrees = Double(replications - 1)
    let eta = (pow(2 * share, -2 / degrees) - 1) / 2
    let count = Double(replications)
    return difference / (2 * count)
      * (2 * eta * degrees * variance / (difference * difference) - count)
  }

  /// Whether a system has the lower mean, or the same and the later place: an order, unlike the means
  /// of the pairs, each of which is rounded by itself.
  private func isBehind(_ system: Int, _ other: Int) -> Bool {
    sums[system] < sums[other] || sums[system] == sums[other] && other < system
  }

  /// Row of the pair in the upper triangle.
  private func index(_ first: Int, _ second: Int) -> Int {
    first * (2 * systems - first - 1) / 2 + second - first - 1
  }
}
