// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Monitors")
struct MonitorTests {
  func values(_ count: Int, seed: UInt64) -> [Double] {
    var generator = TestGenerator(seed: seed)
    return (0..<count).map { _ in 1e6 + generator.exponential() }
  }

  @Test("a tally agrees with two passes over the values, even far from zero")
  func tally() {
    let values = values(10_000, seed: 1)
    var tally = Tally()
    for value in values { tally.record(value) }
    let mean = values.reduce(0, +) / 10_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9999
    #expect(tally.count == 10_000)
    #expect(abs(tally.mean! - mean) < 1e-8)
    #expect(abs(tally.variance! - variance) < 1e-8)
    #expect(abs(tally.standardDeviation! - variance.squareRoot()) < 1e-8)
    #expect(tally.minimum == values.min() && tally.maximum == values.max())
  }

  @Test("merged tallies agree with one of everything", arguments: [0, 1, 5000, 9999, 10_000])
  func mergedTallies(split: Int) {
    let values = values(10_000, seed: 2)
    var whole = Tally()
    var first = Tally()
    var second = Tally()
    for (place, value) in values.enumerated() {
      whole.record(value)
      if place < split { first.record(value) } else { second.record(value) }
    }
    first.merge(second)
    #expect(first.count == whole.count)
    #expect(abs(first.mean! - whole.mean!) < 1e-8)
    #expect(abs(first.variance! - whole.variance!) < 1e-8)
    #expect(first.minimum == whole.minimum && first.maximum == whole.maximum)
  }

  @Test("an empty tally has no mean, one value no variance")
  func emptyTally() {
    var tally = Tally()
    #expect(tally.mean == nil && tally.variance == nil && tally.minimum == nil)
    #expect(tally.maximum == nil && tally.standardDeviation == nil)
    tally.record(3)
    #expect(tally.mean == 3 && tally.variance == nil && tally.maximum == 3)
  }

  @Test("a time-weighted level is integrated exactly")
  func timeWeighted() {
    var line = TimeWeighted(at: .zero)
    #expect(line.mean(at: .zero) == nil)
    line.change(by: 2, at: .zero + .minutes(1))
    line.change(by: 1, at: .zero + .minutes(3))
    line.set(0, at: .zero + .minutes(4))
    #expect(line.integral(at: .zero + .minutes(10)) == 7 * 60_000_000)
    #expect(line.mean(at: .zero + .minutes(10)) == 0.7)
    #expect(line.level == 0 && line.maximum == 3)
    line.set(5, at: .zero + .minutes(10))
    line.reset(at: .zero + .minutes(20))
    #expect(line.mean(at: .zero + .minutes(21)) == 5 && line.maximum == 5)
  }

  @Test("an integral may exceed 64 bits")
  func hugeIntegrals() {
    var line = TimeWeighted(level: 1 << 20)
    for century in 1...1800 { line.set(1 << 20, at: .zero + .days(36_525) * century) }
    let end = SimulationTime.zero + .days(36_525) * 1800
    #expect(line.integral(at: end) == Int128(1 << 20) * Int128(end.microseconds))
  }

  @Test("shares of time at each level")
  func occupancy() {
    var beds = OccupancyDistribution(at: .zero)
    #expect(beds.shares(at: .zero).isEmpty)
    beds.change(by: 2, at: .zero + .hours(1))
    beds.set(1, at: .zero + .hours(3))
    #expect(beds.shares(at: .zero + .hours(4)) == [0.25, 0.25, 0.5])
    beds.set(0, at: .zero + .hours(4))
    var other = OccupancyDistribution(level: 4, at: .zero)
    other.set(0, at: .zero + .hours(4))
    beds.merge(other)
    #expect(beds.shares(at: .zero + .hours(4)) == [0.125, 0.125, 0.25, 0, 0.5])
    beds.reset(at: .zero + .hours(4))
    #expect(beds.shares(at: .zero + .hours(5)) == [1])
  }

  @Test(
    "quantiles are within 1/256 of those of the sorted sample", arguments: [1, 9, 1e3, 1e7, 1e15])
  func quantiles(scale: Double) {
    var generator = TestGenerator(seed: 3)
    var sketch = QuantileSketch()
    var sample: [Int64] = []
    for _ in 0..<20_000 {
      let value = Int64(generator.exponential() * scale)
      sample.append(value)
      sketch.record(TimeSpan(microseconds: value))
    }
    sample.sort()
    for probability in [0.0, 0.001, 0.05, 0.25, 0.5, 0.9, 0.95, 0.999, 1] {
      let exact = sample[max(0, Int((probability * 20_000).rounded(.up)) - 1)]
      let estimate = sketch.quantile(probability)!.microseconds
      #expect(abs(estimate - exact) * 256 <= exact)
    }
    let limit = sample[15_000]
    let over = sketch.share(over: TimeSpan(microseconds: limit))!
    let exact = Double(sample.count { $0 > limit }) / 20_000
    #expect(over <= exact && over >= exact - 0.02)
  }

  @Test("a merged sketch is the sketch of everything, in any order")
  func mergedSketches() {
    var generator = TestGenerator(seed: 4)
    var whole = QuantileSketch()
    var parts = [QuantileSketch](repeating: QuantileSketch(), count: 7)
    for _ in 0..<5000 {
      let span = TimeSpan.minutes(generator.exponential() * 30)
      whole.record(span)
      parts[generator.below(7)].record(span)
    }
    var forwards = QuantileSketch()
    var backwards = QuantileSketch()
    for part in parts { forwards.merge(part) }
    for part in parts.reversed() { backwards.merge(part) }
    #expect(forwards == whole && backwards == whole && whole.count == 5000)
    #expect(QuantileSketch().quantile(0.5) == nil && QuantileSketch().share(over: .zero) == nil)
    var longest = QuantileSketch()
    longest.record(TimeSpan(microseconds: .max))
    let error = Int64.max - longest.quantile(1)!.microseconds
    #expect(error >= 0 && error <= Int64.max / 256)
  }
}
