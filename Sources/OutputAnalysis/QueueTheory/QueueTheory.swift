// SPDX-License-Identifier: GPL-3.0-or-later

/// Exact long-run measures of queues, against which the simulator is tested and by which a model's
/// loads are judged before it is run.
///
/// Rates and times are in one unit of time of the caller's choice: with arrivals per hour, mean
/// service times are in hours and so are the waits returned. A function returns `nil` where the
/// queue has no steady state, and traps on arguments that mean nothing (a negative rate).
public enum QueueTheory {
  /// Long-run measures of a station where all who come are served in the end.
  public struct Measures: Hashable, Sendable, BitwiseCopyable {
    /// Arrivals per unit of time.
    public var arrivalRate: Double
    /// Mean share of time that a server is busy.
    public var utilisation: Double
    /// Probability that an arrival does not start service at once.
    public var probabilityOfWaiting: Double
    /// Mean time in queue over all arrivals, those who did not wait included.
    public var meanWait: Double
    /// Mean time from arrival to the end of service.
    public var meanTimeInSystem: Double
    /// Time-mean number waiting, those in service left out.
    public var meanQueueLength: Double
    /// Time-mean number waiting or in service.
    public var meanNumberInSystem: Double
  }

  /// Offered load: arrival rate × mean service time, the mean number of busy servers if there were
  /// enough of them (in erlangs).
  public static func offeredLoad(arrivalRate: Double, meanServiceTime: Double) -> Double {
    check(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    return arrivalRate * meanServiceTime
  }

  static func check(arrivalRate: Double, meanServiceTime: Double) {
    precondition(arrivalRate >= 0 && arrivalRate.isFinite, "an arrival rate is not negative")
    precondition(
      meanServiceTime > 0 && meanServiceTime.isFinite, "a mean service time is positive")
  }

  /// The measures that follow from a mean wait by Little's law.
  static func measures(
    arrivalRate: Double, meanServiceTime: Double, servers: Int, probabilityOfWaiting: Double,
    meanWait: Double
  ) -> Measures {
    Measures(
      arrivalRate: arrivalRate,
      utilisation: arrivalRate * meanServiceTime / Double(servers),
      probabilityOfWaiting: probabilityOfWaiting,
      meanWait: meanWait,
      meanTimeInSystem: meanWait + meanServiceTime,
      meanQueueLength: arrivalRate * meanWait,
      meanNumberInSystem: arrivalRate * (meanWait + meanServiceTime))
  }
}
