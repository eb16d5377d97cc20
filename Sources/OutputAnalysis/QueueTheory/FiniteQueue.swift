// SPDX-License-Identifier: GPL-3.0-or-later

extension QueueTheory {
  /// Long-run measures of a station that turns arrivals away when it is full.
  public struct FiniteMeasures: Hashable, Sendable, BitwiseCopyable {
    /// Share of arrivals turned away.
    public var lossProbability: Double
    /// Arrivals let in per unit of time.
    public var throughput: Double
    /// Mean share of time that a server is busy.
    public var utilisation: Double
    /// Mean time in queue of those let in.
    public var meanWait: Double
    /// Mean time from arrival to the end of service of those let in.
    public var meanTimeInSystem: Double
    /// Time-mean number waiting.
    public var meanQueueLength: Double
    /// Time-mean number waiting or in service.
    public var meanNumberInSystem: Double
  }

  /// M/M/c/K: like M/M/c, but an arrival that finds `capacity` in the system is lost.
  ///
  /// There is a steady state at any load. With `capacity` equal to `servers` the loss is Erlang B.
  ///
  /// - Parameters:
  ///   - arrivalRate: Arrivals per unit of time, those turned away included.
  ///   - meanServiceTime: In the same unit.
  ///   - servers: At least 1.
  ///   - capacity: Places in all, those in service included; at least `servers`.
  /// - Complexity: O(`capacity`).
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §2.4.
  public static func finiteQueue(
    arrivalRate: Double, meanServiceTime: Double, servers: Int, capacity: Int
  ) -> FiniteMeasures {
    precondition(servers >= 1, "a queue has at least one server")
    precondition(capacity >= servers, "the capacity counts the places in service")
    let load = offeredLoad(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    var chain = BirthDeathRecursion()
    var queue = 0.0
    while chain.state < capacity {
      let shrink = chain.extend(ratio: load / Double(min(chain.state + 1, servers)))
      let waiting = Double(max(0, chain.state - servers))
      queue = queue * shrink + waiting * chain.topProbability
    }
    let loss = chain.topProbability
    let throughput = arrivalRate * (1 - loss)
    let wait = throughput > 0 ? queue / throughput : 0
    return FiniteMeasures(
      lossProbability: loss, throughput: throughput,
      utilisation: throughput * meanServiceTime / Double(servers),
      meanWait: wait, meanTimeInSystem: wait + meanServiceTime, meanQueueLength: queue,
      meanNumberInSystem: queue + throughput * meanServiceTime)
  }
}
