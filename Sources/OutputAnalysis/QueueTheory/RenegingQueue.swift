// SPDX-License-Identifier: GPL-3.0-or-later

extension QueueTheory {
  /// Long-run measures of a station that the impatient leave before they are served.
  public struct RenegingMeasures: Hashable, Sendable, BitwiseCopyable {
    /// Probability that an arrival does not start service at once.
    public var probabilityOfWaiting: Double
    /// Share of arrivals that leave without service.
    public var abandonmentProbability: Double
    /// Mean share of time that a server is busy.
    public var utilisation: Double
    /// Mean time in queue of all arrivals, until service or until they leave.
    public var meanWait: Double
    /// Mean time in queue of those who are served.
    public var meanWaitOfServed: Double
    /// Time-mean number waiting.
    public var meanQueueLength: Double
    /// Time-mean number waiting or in service.
    public var meanNumberInSystem: Double
  }

  /// M/M/c+M, "Erlang A": each who waits leaves after an exponential patience.
  ///
  /// There is a steady state at any load.
  ///
  /// - Parameters:
  ///   - arrivalRate: Arrivals per unit of time, those who will leave included.
  ///   - meanServiceTime: In the same unit.
  ///   - servers: At least 1.
  ///   - meanPatience: Mean time until one who waits gives up; positive.
  /// - Complexity: O(states of any weight): the servers and a few standard deviations beyond the
  ///   most likely queue.
  ///
  /// Source: Palm, *Tele* 1957; Mandelbaum and Zeltyn, in *Advances in Services Innovations*,
  /// 2007, 17–45. The wait of the served: of the k-th in line, stage j ends at rate
  /// `c/E[S] + j/patience`, and he is served with probability `c/E[S] / (c/E[S] + k/patience)`.
  public static func renegingQueue(
    arrivalRate: Double, meanServiceTime: Double, servers: Int, meanPatience: Double
  ) -> RenegingMeasures {
    precondition(servers >= 1, "a queue has at least one server")
    precondition(meanPatience > 0 && meanPatience.isFinite, "a mean patience is positive")
    check(arrivalRate: arrivalRate, meanServiceTime: meanServiceTime)
    let serviceRate = 1 / meanServiceTime
    let fullRate = Double(servers) * serviceRate
    let renegingRate = 1 / meanPatience
    var chain = BirthDeathRecursion()
    var number = 0.0
    var queue = 0.0
    var waiting = 0.0
    var served = 1.0
    var servedWait = 0.0
    var lineTime = 0.0
    while true {
      let state = chain.state + 1
      let line = Double(max(0, state - servers))
      let ratio = arrivalRate / (Double(min(state, servers)) * serviceRate + line * renegingRate)
      let shrink = chain.extend(ratio: ratio)
      let top = chain.topProbability
      // An arrival that finds this state joins the line as number `ahead`, if it waits at all.
      let ahead = line + 1
      let mustWait = state >= servers
      let chance = mustWait ? fullRate / (fullRate + ahead * renegingRate) : 1
      if mustWait { lineTime += 1 / (fullRate + ahead * renegingRate) }
      number = number * shrink + Double(state) * top
      queue = queue * shrink + line * top
      waiting = waiting * shrink + (mustWait ? top : 0)
      served = served * shrink + chance * top
      servedWait = servedWait * shrink + chance * lineTime * top
      // What lies beyond is less than a geometric tail of the ratio.
      if ratio < 1, state > servers, top * Double(state) < 1e-18 * (1 - ratio) * (1 - ratio) {
        break
      }
    }
    return RenegingMeasures(
      probabilityOfWaiting: waiting,
      abandonmentProbability: 1 - served,
      utilisation: arrivalRate * served * meanServiceTime / Double(servers),
      meanWait: arrivalRate > 0 ? queue / arrivalRate : 0,
      meanWaitOfServed: servedWait / served,
      meanQueueLength: queue, meanNumberInSystem: number)
  }
}
