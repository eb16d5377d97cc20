// SPDX-License-Identifier: GPL-3.0-or-later

/// The probability that the system chosen is the best, as the data estimate it.
///
/// One less the sum, over the other systems, of the probability that each is better than the chosen
/// one, given its lead and the error of that lead (Bonferroni's bound, with Student's tail in the place
/// of the normal one). It is an estimate: where the best was found by luck it is too high. A procedure
/// with a guarantee needs none.
///
/// Source: Chen, Lin, Yücesan and Chick, *Discrete Event Dyn. Syst.* 10 (2000) 251–270, where it is APCS.
public enum CorrectSelection {
  /// Of systems with independent random numbers.
  ///
  /// - Returns: `nil` when a system has fewer than two values.
  public static func estimate(independent moments: [SampleMoments], chosen: Int, best: BestMean)
    -> Double?
  {
    guard moments.allSatisfy({ $0.count >= 2 }) else { return nil }
    let own = moments[chosen]
    return bound(
      moments.indices.filter { $0 != chosen }.map { system in
        let other = moments[system]
        let (first, second) = (own.standardError, other.standardError)
        let variance = first * first + second * second
        // Welch's degrees of freedom.
        let share = variance > 0 ? first * first / variance : 0
        let degrees =
          1
          / (share * share / Double(own.count - 1)
            + (1 - share) * (1 - share) / Double(other.count - 1))
        return (best.merit(own.mean) - best.merit(other.mean), variance.squareRoot(), degrees)
      })
  }

  /// Of systems whose replications share their random numbers.
  ///
  /// - Parameter values: Of each system, by replication; each is paired with the chosen one over the
  ///   replications that both have.
  /// - Returns: `nil` when a pair has fewer than two replications.
  public static func estimate(paired values: [[Double]], chosen: Int, best: BestMean) -> Double? {
    var leads: [(Double, Double, Double)] = []
    for system in values.indices where system != chosen {
      let differences = zip(values[chosen], values[system]).map {
        best.merit($0) - best.merit($1)
      }
      guard let moments = SampleMoments(differences), moments.count >= 2 else { return nil }
      leads.append((moments.mean, moments.standardError, Double(moments.count - 1)))
    }
    return bound(leads)
  }

  private static func bound(_ leads: [(mean: Double, error: Double, degrees: Double)]) -> Double {
    var risk = 0.0
    for lead in leads {
      if lead.error > 0 {
        risk += Quantiles.studentTail(lead.mean / lead.error, degreesOfFreedom: lead.degrees)
      } else if lead.mean < 0 {
        risk += 1
      }
    }
    return max(0, 1 - risk)
  }
}
