// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The line of shared centres and remote consults against a second way to compute it, and against
/// theory.
@Suite struct WorkloadLineTests {
  static func stream(_ purpose: String, _ owner: Int) -> RandomStream {
    RandomStream(RandomRoot(seed: 11, replication: 1), Purpose(purpose), owner: UInt64(owner))
  }

  static func hour(_ hour: Double) -> SimulationTime { .zero + .hours(hour) }

  /// The same line by events: whoever has waited longest goes to a server as soon as one is idle.
  static func byEvents(
    _ arrivals: [Int64], _ services: [Int64], servers: Int
  ) -> [(begins: Int64, ends: Int64)] {
    var result = [(begins: Int64, ends: Int64)](repeating: (0, 0), count: arrivals.count)
    var (next, waiting, busy) = (0, [Int](), [Int]())
    while next < arrivals.count || !waiting.isEmpty || !busy.isEmpty {
      let arrival = next < arrivals.count ? arrivals[next] : .max
      let end = busy.map { result[$0].ends }.min() ?? .max
      let now = min(arrival, end)
      if end <= arrival {
        busy.remove(at: busy.firstIndex { result[$0].ends == end }!)
      } else {
        waiting.append(next)
        next += 1
      }
      while busy.count < servers, !waiting.isEmpty {
        let one = waiting.removeFirst()
        result[one] = (now, now + services[one])
        busy.append(one)
      }
    }
    return result
  }

  @Test("the line is the one that events make, to the microsecond", arguments: 1...6)
  func events(servers: Int) {
    for sample in 0..<20 {
      var draw = Self.stream("line", 100 * servers + sample)
      var arrivals: [Int64] = []
      var services: [Int64] = []
      var now: Int64 = 0
      for _ in 0..<200 {
        // Now and then several at once, and services of no length.
        if draw.uniform() < 0.8 { now += Int64(1e6 * draw.exponential()) }
        arrivals.append(now)
        services.append(
          draw.uniform() < 0.1 ? 0 : Int64(0.95 * Double(servers) * 1e6 * draw.exponential()))
      }
      let expected = Self.byEvents(arrivals, services, servers: servers)
      var line = WorkloadLine(servers: servers, opensHour: 0, hoursPerDay: 24)
      for number in arrivals.indices {
        let instant = SimulationTime(microseconds: arrivals[number])
        let wait = line.wait(at: instant)
        let (begins, ends) = line.take(TimeSpan(microseconds: services[number]), at: instant)
        #expect(begins.microseconds == expected[number].begins)
        #expect(ends.microseconds == expected[number].ends)
        #expect(wait == begins - instant)
        let ahead = (0...number).reduce(Int64(0)) { sum, other in
          let left = expected[other].ends - max(instant.microseconds, expected[other].begins)
          return sum + max(0, left)
        }
        #expect(line.ahead(at: instant).microseconds == ahead)
      }
      #expect(line.count == 200 && line.booked.microseconds == services.reduce(0, +))
    }
  }

  @Test(
    "waits of M/M/c have Erlang's distribution",
    arguments: [(1, 0.6), (2, 0.8), (5, 0.9)] as [(Int, Double)])
  func erlang(servers: Int, load: Double) {
    // The first arrival finds the stationary state, so that the fortieth does, too: 20,000 independent
    // waits. Finds a probability of waiting off by 0.035 at one half.
    let offered = Double(servers) * load
    var terms = [1.0]
    for number in 1..<servers { terms.append(terms[number - 1] * offered / Double(number)) }
    let last = terms[servers - 1] * offered / Double(servers) / (1 - load)
    let delayed = last / (terms.reduce(0, +) + last)
    let decay = Double(servers) * (1 - load)
    var (waiting, beyond) = (0, 0)
    let runs = 20_000
    for run in 0..<runs {
      var draw = Self.stream("erlang", run)
      var line = WorkloadLine(servers: servers, opensHour: 0, hoursPerDay: 24)
      // How many are there: birth and death with these weights.
      var level = draw.uniform() * (terms.reduce(0, +) + last)
      var present = 0
      var weight = 1.0
      while level >= weight {
        level -= weight
        present += 1
        weight *= offered / Double(min(present, servers))
      }
      for _ in 0..<present { _ = line.take(.hours(draw.exponential()), at: .zero) }
      var now = SimulationTime.zero
      var wait = 0.0
      for _ in 0..<40 {
        wait = line.wait(at: now).inHours
        _ = line.take(.hours(draw.exponential()), at: now)
        now += .hours(draw.exponential() / offered)
      }
      if wait > 0 { waiting += 1 }
      if wait > 1 / decay { beyond += 1 }
    }
    expectBinomial(waiting, of: runs, probability: delayed)
    expectBinomial(beyond, of: runs, probability: delayed * exp(-1))
  }

  @Test("waits of M/G/1 have the mean of Pollaczek and Khinchine", arguments: [0.5, 0.8])
  func pollaczek(load: Double) {
    // Services 1 or 3 with equal chance: mean 2, second moment 5. The work found at the start is
    // stationary: a geometric number of residual services (Beneš). 40,000 waits; finds a mean off by
    // about 4 %.
    let runs = 40_000
    var (sum, squares, waiting) = (0.0, 0.0, 0)
    for run in 0..<runs {
      var draw = Self.stream("pollaczek", run)
      var line = WorkloadLine(servers: 1, opensHour: 0, hoursPerDay: 24)
      var work = 0.0
      while draw.uniform() < load {
        // A residual service: length-biased 1 or 3, an even part of it.
        work += (draw.uniform() < 0.25 ? 1 : 3) * draw.uniform()
      }
      _ = line.take(.hours(work), at: .zero)
      var now = SimulationTime.zero
      var wait = 0.0
      for _ in 0..<25 {
        wait = line.wait(at: now).inHours
        _ = line.take(.hours(draw.uniform() < 0.5 ? 1 : 3), at: now)
        now += .hours(draw.exponential() * 2 / load)
      }
      sum += wait
      squares += wait * wait
      if wait > 0 { waiting += 1 }
    }
    expectBinomial(waiting, of: runs, probability: load)
    let mean = sum / Double(runs)
    let error = ((squares / Double(runs) - mean * mean) / Double(runs)).squareRoot()
    let expected = load / 2 * 5 / (2 * (1 - load))
    // 4.9 standard errors: one in a million.
    #expect(abs(mean - expected) < 4.9 * error)
    #expect(4.9 * error < 0.05 * expected)
  }

  @Test("work stops at closing and goes on in the morning")
  func nights() {
    var line = WorkloadLine(servers: 1, opensHour: 8, hoursPerDay: 4)
    func take(_ hours: Double, at hour: Double) -> [Double] {
      let (begins, ends) = line.take(.hours(hours), at: Self.hour(hour))
      return [begins.microseconds, ends.microseconds].map { Double($0) / 3.6e9 }
    }
    // Before opening on the first day; up to closing exactly; over a night; after closing; over two.
    #expect(take(1, at: 3) == [8, 9])
    #expect(take(3, at: 8.5) == [9, 12])
    #expect(take(1.5, at: 11) == [32, 33.5])
    #expect(take(0, at: 20) == [33.5, 33.5])
    #expect(line.wait(at: Self.hour(24)).inHours == 9.5)
    #expect(take(7, at: 33) == [33.5, 24 * 3 + 8.5])
    #expect(line.ahead(at: Self.hour(35)).inHours == 5.5)
    #expect(line.openTime(from: .zero, to: Self.hour(34)).inHours == 6)
    #expect(line.booked.inHours == 12.5)
  }

  @Test("seen in working time, a line with nights is the one without")
  func workingTime() {
    var draw = Self.stream("nights", 1)
    var open = WorkloadLine(servers: 3, opensHour: 0, hoursPerDay: 24)
    var closes = WorkloadLine(servers: 3, opensHour: 7.5, hoursPerDay: 6)
    var work = 0.0
    for _ in 0..<2000 {
      // Whole milliseconds, so that no rounding tells the two apart.
      work += (draw.exponential() * 500).rounded() / 1000
      let service = TimeSpan.hours((draw.exponential() * 1400).rounded() / 1000)
      let day = (work / 6).rounded(.down)
      let one = open.take(service, at: Self.hour(work))
      let other = closes.take(service, at: Self.hour(24 * day + 7.5 + work - 6 * day))
      let ends = closes.openTime(from: Self.hour(7.5), to: other.ends)
      #expect(abs(ends.microseconds - one.ends.microseconds) <= 10)
    }
  }

  @Test(
    "shares of doctors are away in whole days that add up", arguments: [0.04, 0.1, 0.25, 1.3, 2])
  func duties(doctors: Double) {
    let duty = DoctorDuty(institution: 0, doctors: doctors, startDay: 7)
    #expect((0..<7).allSatisfy { duty.doctors(on: $0) == 0 })
    var sum = 0
    for day in 7..<1007 {
      let away = duty.doctors(on: day)
      #expect(away == Int(doctors) || away == Int(doctors) + 1)
      sum += away
      #expect(abs(Double(sum) - Double(day - 6) * doctors) < 1 + 1e-5)
    }
    #expect(sum == Int((1000 * doctors).rounded()))
  }
}
