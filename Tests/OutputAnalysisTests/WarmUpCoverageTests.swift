// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// MSER-5 on the waits of a single server that begins empty: what it takes away, and what that does
/// to intervals. The transient is known from forward equations.
@Suite("warm-up of a single server from empty")
struct WarmUpCoverageTests {
  static let load = 0.8
  static let customers = 600
  static let replications = 100

  /// The mean waits of successive customers, in service times.
  ///
  /// The number found by a customer is a Markov chain: one more than the last found, less those
  /// served until the next arrival, of whom there are k with probability (1 − p) pᵏ as long as
  /// anybody is left, p = 1/(1 + ρ). Each of those found takes one service time.
  static let exact: [Double] = {
    let states = 400
    let served = 1 / (1 + load)
    var found = [1.0] + Array(repeating: 0, count: states - 1)
    return (0..<customers).map { _ in
      let wait = found.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      // From the top down: what is in state j after an arrival leaves it by a service, or stays.
      var next = Array(repeating: 0.0, count: states)
      var falling = 0.0
      for state in stride(from: states - 1, through: 1, by: -1) {
        falling += found[state - 1]
        next[state] = falling * (1 - served)
        falling *= served
      }
      next[0] = falling
      found = next
      return wait
    }
  }()

  static func waits(seed: UInt64, experiment: Int, replication: Int) -> [Double] {
    var stream = RandomStream(
      RandomRoot(seed: seed, replication: UInt32(replication)), Purpose("lindley"),
      owner: UInt64(experiment))
    var wait = 0.0
    return (0..<customers).map { _ in
      defer { wait = max(0, wait + stream.exponential() - stream.exponential() / load) }
      return wait
    }
  }

  @Test("the forward equations begin at nothing, rise, and end at the theory of the steady state")
  func equations() throws {
    let theory = try #require(
      QueueTheory.singleServer(arrivalRate: Self.load, meanServiceTime: 1)
    ).meanWait
    #expect(Self.exact[0] == 0)
    #expect(abs(Self.exact[1] - Self.load / (1 + Self.load)) < 1e-12)
    #expect(zip(Self.exact, Self.exact.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(Self.exact.last! - theory) < 0.01 * theory)
  }

  // 4,000 replications; each of 30 customers at a false-positive rate of 1e-6. An error of 10 % of
  // a mean wait would be found from the fifth customer on.
  @Test("simulated mean waits are those of the forward equations")
  func transient() throws {
    let places = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 450, 599]
    var samples = Array(repeating: [Double](), count: places.count)
    for replication in 0..<4000 {
      let waits = Self.waits(seed: 61, experiment: 0, replication: replication)
      for (index, place) in places.enumerated() { samples[index].append(waits[place]) }
    }
    for (index, place) in places.enumerated() {
      let interval = try #require(ConfidenceInterval(of: samples[index], level: 0.999_999))
      #expect(interval.contains(Self.exact[place]), "customer \(place): \(interval)")
    }
  }

  @Test("on the exact curve alone MSER-5 leaves out what is far from the steady state")
  func noiseless() throws {
    // Without noise the last bit of transient still counts: the rule takes half of the run or more.
    let truncation = WarmUp.mser(Self.exact)
    #expect(truncation == nil || truncation! > 100)
  }

  // 400 experiments of 100 replications of 600 customers. The start from empty takes 4.4 % off the
  // mean: of intervals of 95 % about 75 % hold the steady mean when nothing is left out, 90 % after
  // MSER-5, 93 % without the first 150 customers (which nobody knows to leave out). The difference
  // of the first two has a standard error of 0.022, and the test allows 0.10 less of it: a
  // false-positive rate of 1e-5. A rule that left out nothing would fail for certain.
  @Test("truncated means cover the steady mean more often than whole ones")
  func coverage() throws {
    let theory = try #require(
      QueueTheory.singleServer(arrivalRate: Self.load, meanServiceTime: 1)
    ).meanWait
    let expected = Self.exact.reduce(0, +) / Double(Self.customers) - theory
    let experiments = 400
    var (whole, truncated, fixed, answered) = (0, 0, 0, 0)
    var (bias, leftBias) = (0.0, 0.0)
    for experiment in 0..<experiments {
      let runs = (0..<Self.replications).map {
        Self.waits(seed: 62, experiment: experiment, replication: $0)
      }
      func interval(from first: Int) throws -> ConfidenceInterval {
        try #require(
          ConfidenceInterval(
            of: runs.map { $0[first...].reduce(0, +) / Double(Self.customers - first) }))
      }
      let all = try interval(from: 0)
      if all.contains(theory) { whole += 1 }
      if try interval(from: 150).contains(theory) { fixed += 1 }
      bias += (all.mean - theory) / Double(experiments)
      guard let truncation = WarmUp.mser(WarmUp.meanOverReplications(runs)) else { continue }
      answered += 1
      let rest = try interval(from: truncation)
      leftBias += rest.mean - theory
      if rest.contains(theory) { truncated += 1 }
    }
    let wholeShare = Double(whole) / Double(experiments)
    let fixedShare = Double(fixed) / Double(experiments)
    let share = Double(truncated) / Double(answered)
    // The bias of the whole mean is that of the forward equations: standard error 0.008.
    #expect(abs(bias - expected) < 0.04, "\(bias) and \(expected)")
    #expect(abs(leftBias / Double(answered)) < 0.5 * abs(bias))
    #expect(answered > experiments / 2)
    #expect(share > wholeShare + 0.05, "\(share) and \(wholeShare)")
    #expect(wholeShare < 0.85 && share > 0.82 && fixedShare > 0.88, "\(fixedShare)")
  }
}
