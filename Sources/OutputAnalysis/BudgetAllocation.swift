// SPDX-License-Identifier: GPL-3.0-or-later

/// Optimal computing budget allocation (OCBA): which systems deserve the next replications, when the
/// best of several is looked for and the number of replications is given.
///
/// Systems close to the best and noisy ones get more; so does the best itself, which all are compared
/// with. The shares maximise, for many replications, a lower bound of the probability that the system
/// with the best sample mean is the best. They rest on independent systems: under common random numbers
/// the formula does not hold.
///
/// Source: Chen, Lin, Yücesan and Chick, *Discrete Event Dyn. Syst.* 10 (2000) 251–270; Chen and Lee,
/// *Stochastic Simulation Optimization*, 2010, chapter 3.
public enum BudgetAllocation {
  /// How many of the next replications each system gets.
  ///
  /// - Parameters:
  ///   - moments: What each system showed so far, two values or more.
  ///   - count: Replications to be shared out.
  /// - Returns: One number a system, together `count`; all zero when no system varies, since then
  ///   nothing is left to be learnt.
  public static func increments(_ moments: [SampleMoments], best: BestMean, count: Int) -> [Int] {
    precondition(moments.allSatisfy { $0.count >= 2 }, "a variance needs two replications")
    precondition(count >= 0, "a number of replications is not negative")
    let weights = weights(moments, best: best)
    guard weights.contains(where: { $0 > 0 }) else { return moments.map { _ in 0 } }
    // A system that has more than its share already keeps what it has; the others share the rest.
    var active = moments.indices.filter { weights[$0] > 0 }
    var targets: [Int: Double] = [:]
    while true {
      let total = active.reduce(count) { $0 + moments[$1].count }
      let sum = active.reduce(0) { $0 + weights[$1] }
      targets = [:]
      for system in active { targets[system] = Double(total) * (weights[system] / sum) }
      let sated = active.filter { targets[$0]! < Double(moments[$0].count) }
      if sated.isEmpty { break }
      active.removeAll(where: sated.contains)
    }
    return wholeNumbers(
      moments.indices.map { system in
        targets[system].map { $0 - Double(moments[system].count) } ?? 0
      }, total: count)
  }

  /// The system whose sample mean is the best; the first of equals.
  public static func leader(_ moments: [SampleMoments], best: BestMean) -> Int {
    moments.indices.max {
      (best.merit(moments[$0].mean), -$0) < (best.merit(moments[$1].mean), -$1)
    } ?? 0
  }

  /// Numbers of replications in proportion to which systems should have been replicated.
  package static func weights(_ moments: [SampleMoments], best: BestMean) -> [Double] {
    let leader = leader(moments, best: best)
    let others = moments.indices.filter { $0 != leader }
    let gaps = moments.map { abs($0.mean - moments[leader].mean) }
    // Equal means would take all there is: they count as next to equal.
    let least = (others.map { gaps[$0] }.max() ?? 0) * 1e-6
    var closest = Double.infinity
    for system in others { closest = min(closest, max(gaps[system], least)) }
    var weights = moments.map { _ in 0.0 }
    var squares = 0.0
    for system in others where moments[system].variance > 0 {
      let gap = max(gaps[system], least)
      let nearness = gap > 0 ? closest / gap : 1
      weights[system] = nearness * nearness * moments[system].variance
      squares += weights[system] * weights[system] / moments[system].variance
    }
    weights[leader] = (moments[leader].variance * squares).squareRoot()
    // The others are known exactly: all that can be learnt is about the leader.
    if squares == 0, moments[leader].variance > 0 { weights[leader] = 1 }
    return weights
  }

  /// Shares as whole numbers with the same total: what is lost in rounding down goes to the largest
  /// remainders.
  private static func wholeNumbers(_ shares: [Double], total: Int) -> [Int] {
    var numbers = shares.map { Int($0.rounded(.down)) }
    let order = shares.indices.sorted {
      let (a, b) = (shares[$0] - Double(numbers[$0]), shares[$1] - Double(numbers[$1]))
      return (-a, $0) < (-b, $1)
    }
    for system in order.prefix(max(0, total - numbers.reduce(0, +))) { numbers[system] += 1 }
    return numbers
  }
}
