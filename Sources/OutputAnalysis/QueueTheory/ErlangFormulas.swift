// SPDX-License-Identifier: GPL-3.0-or-later

extension QueueTheory {
  /// Erlang B: the share of arrivals lost when all servers are busy and nobody may wait (M/G/c/c).
  ///
  /// Holds for any distribution of service. By the recursion
  /// `1/B(n) = 1 + n/a · 1/B(n−1)`, written so that no term overflows for thousands of servers.
  ///
  /// - Complexity: O(`servers`).
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §2.5.
  public static func erlangB(servers: Int, offeredLoad: Double) -> Double {
    precondition(servers >= 0, "servers are not negative")
    precondition(offeredLoad >= 0 && offeredLoad.isFinite, "an offered load is not negative")
    guard offeredLoad > 0 else { return servers == 0 ? 1 : 0 }
    var blocking = 1.0
    var n = 1
    while n <= servers {
      blocking = offeredLoad * blocking / (Double(n) + offeredLoad * blocking)
      n += 1
    }
    return blocking
  }

  /// Erlang C: the probability that an arrival waits in M/M/c.
  ///
  /// - Returns: `nil` when the offered load is not below the number of servers.
  /// - Complexity: O(`servers`).
  ///
  /// Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., 2008, §2.3.
  public static func erlangC(servers: Int, offeredLoad: Double) -> Double? {
    precondition(servers >= 1, "a queue has at least one server")
    guard offeredLoad < Double(servers) else { return nil }
    let blocking = erlangB(servers: servers, offeredLoad: offeredLoad)
    let utilisation = offeredLoad / Double(servers)
    return blocking / (1 - utilisation * (1 - blocking))
  }

  /// The least number of servers at which the probability of waiting does not exceed a bound.
  ///
  /// - Parameters:
  ///   - offeredLoad: In erlangs.
  ///   - bound: In (0, 1].
  public static func servers(offeredLoad: Double, probabilityOfWaitingAtMost bound: Double) -> Int {
    precondition(bound > 0 && bound <= 1, "a probability lies between 0 and 1")
    precondition(offeredLoad >= 0 && offeredLoad.isFinite, "an offered load is not negative")
    var blocking = 1.0
    var n = 0
    while true {
      n += 1
      blocking = offeredLoad * blocking / (Double(n) + offeredLoad * blocking)
      let utilisation = offeredLoad / Double(n)
      if utilisation < 1, blocking / (1 - utilisation * (1 - blocking)) <= bound { return n }
    }
  }
}
