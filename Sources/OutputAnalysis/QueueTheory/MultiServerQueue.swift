// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension QueueTheory {
  /// M/M/1: Poisson arrivals, exponential service, one server, first come first served.
  ///
  /// - Returns: `nil` when the load is 1 or more and the queue has no steady state.
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §2.2.
  public static func singleServer(arrivalRate: Double, meanServiceTime: Double) -> Measures? {
    multiServer(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime, servers: 1)
  }

  /// M/M/c: Poisson arrivals, exponential service, `servers` alike, first come first served.
  ///
  /// - Returns: `nil` when the load per server is 1 or more and the queue has no steady state.
  /// - Complexity: O(`servers`).
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §2.3.
  public static func multiServer(
    arrivalRate: Double, meanServiceTime: Double, servers: Int
  ) -> Measures? {
    let load = offeredLoad(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    guard let waiting = erlangC(servers: servers, offeredLoad: load) else { return nil }
    return measures(
      arrivalRate: arrivalRate, meanServiceTime: meanServiceTime, servers: servers,
      probabilityOfWaiting: waiting,
      meanWait: waiting * meanServiceTime / (Double(servers) - load))
  }

  /// P(wait > `time`) in M/M/c, first come first served: `C · exp(−(c − a) t / E[S])`.
  ///
  /// - Returns: `nil` where there is no steady state.
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §2.3.
  public static func probabilityOfWaiting(
    longerThan time: Double, arrivalRate: Double, meanServiceTime: Double, servers: Int
  ) -> Double? {
    precondition(time >= 0, "a wait is not negative")
    let load = offeredLoad(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    guard let waiting = erlangC(servers: servers, offeredLoad: load) else { return nil }
    return waiting * exp(-(Double(servers) - load) * time / meanServiceTime)
  }

  /// The wait in M/M/c that the share `probability` of arrivals does not exceed; 0 when that many
  /// do not wait at all.
  ///
  /// - Returns: `nil` where there is no steady state.
  public static func waitQuantile(
    _ probability: Double, arrivalRate: Double, meanServiceTime: Double, servers: Int
  ) -> Double? {
    precondition(probability >= 0 && probability < 1, "a quantile lies in [0, 1)")
    let load = offeredLoad(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    guard let waiting = erlangC(servers: servers, offeredLoad: load) else { return nil }
    guard waiting > 1 - probability else { return 0 }
    return log(waiting / (1 - probability)) * meanServiceTime / (Double(servers) - load)
  }

  /// The time in which M/M/1 forgets its start: the slowest mode of its approach to the steady
  /// state decays by e in this time. A warm-up of fewer than several of them is too short.
  ///
  /// - Returns: `nil` where there is no steady state.
  ///
  /// Source: Cohen, *The Single Server Queue*, rev. ed., 1982, §II.2: `E[S] / (1 − √ρ)²`.
  public static func relaxationTime(arrivalRate: Double, meanServiceTime: Double) -> Double? {
    let load = offeredLoad(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    guard load < 1 else { return nil }
    let gap = 1 - load.squareRoot()
    return meanServiceTime / (gap * gap)
  }
}
