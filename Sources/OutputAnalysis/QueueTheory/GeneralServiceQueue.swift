// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

extension QueueTheory {
  /// M/G/1: Poisson arrivals, one server, general service, first come first served
  /// (Pollaczek–Khinchine).
  ///
  /// - Parameters:
  ///   - arrivalRate: Arrivals per unit of time.
  ///   - meanServiceTime: In the same unit.
  ///   - squaredVariation: Variance of the service time over its squared mean: 0 when constant,
  ///     1 when exponential.
  /// - Returns: `nil` when the load is 1 or more and the queue has no steady state.
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §5.1.
  public static func generalServer(
    arrivalRate: Double, meanServiceTime: Double, squaredVariation: Double
  ) -> Measures? {
    precondition(squaredVariation >= 0, "a squared variation is not negative")
    let load = offeredLoad(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    guard load < 1 else { return nil }
    return measures(
      arrivalRate: arrivalRate, meanServiceTime: meanServiceTime, servers: 1,
      probabilityOfWaiting: load,
      meanWait: load * meanServiceTime * (1 + squaredVariation) / (2 * (1 - load)))
  }

  /// M/G/∞: the probability that `count` are in the system. It is Poisson with the offered load as
  /// its mean, whatever the distribution of the stay.
  ///
  /// The stays of a ward that never refuses anyone: how often it would need more than its beds.
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §5.2.
  public static func infiniteServers(probabilityOf count: Int, offeredLoad: Double) -> Double {
    precondition(count >= 0, "a count is not negative")
    precondition(offeredLoad >= 0 && offeredLoad.isFinite, "an offered load is not negative")
    guard offeredLoad > 0 else { return count == 0 ? 1 : 0 }
    return GSL.finite(gsl_ran_poisson_pdf(UInt32(count), offeredLoad))
  }

  /// M/G/∞: the probability that more than `count` are in the system.
  public static func infiniteServers(
    probabilityOfMoreThan count: Int, offeredLoad: Double
  ) -> Double {
    precondition(count >= 0, "a count is not negative")
    precondition(offeredLoad >= 0 && offeredLoad.isFinite, "an offered load is not negative")
    guard offeredLoad > 0 else { return 0 }
    return GSL.finite(gsl_cdf_poisson_Q(UInt32(count), offeredLoad))
  }
}
