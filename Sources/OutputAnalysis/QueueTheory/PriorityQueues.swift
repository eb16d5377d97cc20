// SPDX-License-Identifier: GPL-3.0-or-later

extension QueueTheory {
  /// One class of a priority queue.
  public struct PriorityClass: Hashable, Sendable, BitwiseCopyable {
    public var arrivalRate: Double
    public var meanServiceTime: Double
    /// Variance of the service time over its squared mean; 1 when exponential.
    public var squaredVariation: Double

    public init(arrivalRate: Double, meanServiceTime: Double, squaredVariation: Double = 1) {
      QueueTheory.check(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
      precondition(squaredVariation >= 0, "a squared variation is not negative")
      self.arrivalRate = arrivalRate
      self.meanServiceTime = meanServiceTime
      self.squaredVariation = squaredVariation
    }

    var load: Double { arrivalRate * meanServiceTime }

    /// λ E[S²] / 2: the mean work left in service that an arrival finds from this class.
    var residualWork: Double { load * meanServiceTime * (1 + squaredVariation) / 2 }
  }

  /// M/G/1 with priorities that do not interrupt: when the server falls free, the first of the most
  /// urgent class present is served (Cobham).
  ///
  /// - Parameter classes: Most urgent first.
  /// - Returns: The measures of each class, or `nil` when the total load is 1 or more. The share of
  ///   time each class holds the server is its `utilisation`.
  ///
  /// Source: Cobham, *Oper. Res.* 2 (1954) 70–76; Gross et al., 4th ed., 2008, §3.4.1.
  public static func nonPreemptivePriority(_ classes: [PriorityClass]) -> [Measures]? {
    let load = classes.reduce(0) { $0 + $1.load }
    guard load < 1 else { return nil }
    let residual = classes.reduce(0) { $0 + $1.residualWork }
    var above = 0.0
    return classes.map { patients in
      let through = above + patients.load
      let wait = residual / ((1 - above) * (1 - through))
      above = through
      return measures(
        arrivalRate: patients.arrivalRate, meanServiceTime: patients.meanServiceTime, servers: 1,
        probabilityOfWaiting: load, meanWait: wait)
    }
  }

  /// M/M/c with priorities that do not interrupt, all classes with the same exponential service.
  ///
  /// - Parameters:
  ///   - arrivalRates: Arrivals of each class per unit of time, the most urgent class first.
  ///   - meanServiceTime: In the same unit, of all classes.
  ///   - servers: At least 1.
  /// - Returns: The measures of each class, or `nil` when the total load is `servers` or more.
  ///
  /// Source: Cobham, *Oper. Res.* 2 (1954) 70–76; Gross et al., 4th ed., 2008, §3.4.1.
  public static func nonPreemptivePriority(
    arrivalRates: [Double], meanServiceTime: Double, servers: Int
  ) -> [Measures]? {
    let load = arrivalRates.reduce(0) {
      $0 + offeredLoad(arrivalRate: $1, meanServiceTime: meanServiceTime)
    }
    guard let waiting = erlangC(servers: servers, offeredLoad: load) else { return nil }
    let residual = waiting * meanServiceTime / Double(servers)
    var above = 0.0
    return arrivalRates.map { rate in
      let through = above + rate * meanServiceTime / Double(servers)
      let wait = residual / ((1 - above) * (1 - through))
      above = through
      return measures(
        arrivalRate: rate, meanServiceTime: meanServiceTime, servers: servers,
        probabilityOfWaiting: waiting, meanWait: wait)
    }
  }

  /// M/G/1 with priorities that interrupt; who was interrupted resumes where he stopped.
  ///
  /// `meanWait` is the mean time in the system not spent in service, the interruptions included;
  /// `probabilityOfWaiting` is that of not starting at once. A class is not touched by those
  /// below it, so the urgent may have a steady state when the rest have none.
  ///
  /// - Parameter classes: Most urgent first.
  /// - Returns: The measures of each class; `nil` for those whose load with the more urgent ones is
  ///   1 or more.
  ///
  /// Source: Conway, Maxwell and Miller, *Theory of Scheduling*, 1967, §8-7; Gross et al., 4th
  /// ed., 2008, §3.4.2.
  public static func preemptiveResumePriority(_ classes: [PriorityClass]) -> [Measures?] {
    var above = 0.0
    var residual = 0.0
    return classes.map { patients -> Measures? in
      let through = above + patients.load
      residual += patients.residualWork
      defer { above = through }
      guard through < 1 else { return nil }
      let time =
        patients.meanServiceTime / (1 - above) + residual / ((1 - above) * (1 - through))
      return measures(
        arrivalRate: patients.arrivalRate, meanServiceTime: patients.meanServiceTime, servers: 1,
        probabilityOfWaiting: through, meanWait: time - patients.meanServiceTime)
    }
  }

  /// M/M/c with priorities that interrupt, all classes with the same exponential service.
  ///
  /// Classes 1 … k together are an M/M/c of their own, so the number of class k in the system is
  /// the difference of two of them. `meanWait` is time in the system not spent in service.
  ///
  /// - Parameters:
  ///   - arrivalRates: Arrivals of each class per unit of time, the most urgent class first.
  ///   - meanServiceTime: In the same unit, of all classes.
  ///   - servers: At least 1.
  /// - Returns: The measures of each class; `nil` for those without a steady state.
  ///
  /// Source: Buzen and Bondi, *Oper. Res.* 31 (1983) 456–465.
  public static func preemptiveResumePriority(
    arrivalRates: [Double], meanServiceTime: Double, servers: Int
  ) -> [Measures?] {
    var rateThrough = 0.0
    var queueAbove = 0.0
    return arrivalRates.map { rate -> Measures? in
      rateThrough += rate
      let together = multiServer(
        arrivalRate: rateThrough, meanServiceTime: meanServiceTime, servers: servers)
      guard let together else { return nil }
      let queue = together.meanQueueLength - queueAbove
      queueAbove = together.meanQueueLength
      let wait = rate > 0 ? queue / rate : 0
      return measures(
        arrivalRate: rate, meanServiceTime: meanServiceTime, servers: servers,
        probabilityOfWaiting: together.probabilityOfWaiting, meanWait: wait)
    }
  }
}
