// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("warm-up")
struct WarmUpTests {
  @Test(
    "a step is cut off at the batch that ends it",
    arguments: [(100, 100), (101, 105), (104, 105), (0, 0), (250, 250)])
  func step(length: Int, truncation: Int) {
    let series = (0..<1000).map { $0 < length ? 10.0 : $0 % 2 == 0 ? 1 : -1 }
    #expect(WarmUp.mser(series) == truncation)
  }

  @Test("a trend without end, or a step beyond the middle, asks for a longer run")
  func longer() {
    #expect(WarmUp.mser((0..<1000).map(Double.init)) == nil)
    #expect(WarmUp.mser((0..<1000).map { $0 < 600 ? 10 : $0 % 2 == 0 ? 1 : -1 }) == nil)
    #expect(WarmUp.mser((0..<49).map { _ in 1 }) == nil)
  }

  @Test("a constant needs no warm-up")
  func constant() {
    #expect(WarmUp.mser(Array(repeating: 0.3, count: 50)) == 0)
  }

  @Test("the truncation is the least of the statistic written out, over random series")
  func definition() {
    let root = RandomRoot(seed: 45, replication: 0)
    for repetition in 0..<500 {
      var stream = RandomStream(root, Purpose("mser"), owner: UInt64(repetition))
      let start = 6 * stream.uniform()
      let decay = 5 + 100 * stream.uniform()
      let length = 100 + Int(stream.below(300))
      let series = (0..<length).map { start * exp(-Double($0) / decay) + stream.normal() }
      let batches = (0..<(length / 5)).map { batch in
        series[(5 * batch)..<(5 * batch + 5)].reduce(0, +) / 5
      }
      let statistics = (0..<(batches.count - max(5, batches.count / 10))).map { truncation in
        let rest = batches[truncation...]
        let mean = rest.reduce(0, +) / Double(rest.count)
        return rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
          / Double(rest.count * rest.count)
      }
      let best = statistics.indices.min { statistics[$0] < statistics[$1] }!
      #expect(WarmUp.mser(series) == (2 * best <= batches.count ? 5 * best : nil))
    }
  }

  // An exponential transient of 5 that falls by e every 50 observations, under noise of
  // deviation 1: bias without truncation 5 · 50 / 1000 = 0.25. Over 400 series the mean bias that
  // is left has standard error 0.0018: what the test allows lies 6 of them above what is seen.
  @Test("a known transient is mostly taken away")
  func transient() throws {
    let root = RandomRoot(seed: 46, replication: 0)
    var biases: [Double] = []
    var kept = 0
    for repetition in 0..<400 {
      var stream = RandomStream(root, Purpose("transient"), owner: UInt64(repetition))
      let series = (0..<1000).map { 5 * exp(-Double($0) / 50) + stream.normal() }
      guard let truncation = WarmUp.mser(series) else { continue }
      let rest = series[truncation...]
      biases.append(rest.reduce(0, +) / Double(rest.count))
      kept += rest.count
    }
    #expect(biases.count > 390)
    let bias = try #require(ConfidenceInterval(of: biases, level: 0.999_999))
    #expect(bias.low > -0.03 && bias.high < 0.05)
    #expect(kept > biases.count * 750)
  }

  // That the whole mean is too low is shown at an error of 1e-6. The truncated one is off by less
  // than half as much at this seed; a rule that took nothing away would fail for certain.
  @Test("M/M/1 from empty: the truncated mean is nearer to theory", arguments: [0.5, 0.8, 0.9])
  func singleServer(load: Double) throws {
    let theory = try #require(
      QueueTheory.singleServer(arrivalRate: load, meanServiceTime: 1)
    ).meanWait
    // Ten relaxation times of arrivals: the start still weighs on the whole mean.
    let relaxation = try #require(
      QueueTheory.relaxationTime(arrivalRate: load, meanServiceTime: 1))
    let customers = Int(10 * relaxation * load)
    var whole: [Double] = []
    var truncated: [Double] = []
    for experiment in 0..<100 {
      var sums = Array(repeating: 0.0, count: customers)
      for replication in 0..<200 {
        var stream = RandomStream(
          RandomRoot(seed: 47, replication: UInt32(replication)), Purpose("lindley"),
          owner: UInt64(experiment))
        var wait = 0.0
        for customer in 0..<customers {
          sums[customer] += wait
          wait = max(0, wait + stream.exponential() - stream.exponential() / load)
        }
      }
      let series = sums.map { $0 / 200 }
      guard let truncation = WarmUp.mser(series) else { continue }
      #expect(truncation > 0)
      let rest = series[truncation...]
      whole.append(series.reduce(0, +) / Double(series.count) - theory)
      truncated.append(rest.reduce(0, +) / Double(rest.count) - theory)
    }
    #expect(whole.count >= 60)
    let bias = try #require(ConfidenceInterval(of: whole, level: 0.999_998))
    #expect(bias.high < 0)
    let left = truncated.reduce(0, +) / Double(truncated.count)
    #expect(abs(left) < 0.5 * abs(bias.mean))
  }

  @Test("Welch's curve by hand: the window grows from nothing at the start")
  func welch() {
    let replications = [[1.0, 3, 5, 7, 13], [3, 5, 7, 9, 11, 99]]
    #expect(WarmUp.meanOverReplications(replications) == [2, 4, 6, 8, 12])
    #expect(WarmUp.welchMovingAverage(of: replications, window: 0) == [2, 4, 6, 8, 12])
    #expect(WarmUp.welchMovingAverage(of: replications, window: 1) == [2, 4, 6, 26.0 / 3])
    #expect(WarmUp.welchMovingAverage(of: replications, window: 2) == [2, 4, 6.4])
    #expect(WarmUp.welchMovingAverage(of: replications, window: 5) == [])
    #expect(WarmUp.welchMovingAverage(of: [], window: 1) == [])
  }

  @Test("the longest warm-up wins; one that needs a longer run decides")
  func longest() {
    #expect(WarmUp.longest([10, 45, 0]) == 45)
    #expect(WarmUp.longest([10, nil, 0]) == nil)
    #expect(WarmUp.longest([]) == 0)
  }
}
