// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import Randomness
import SimulationKernel
import Testing

/// Arrivals at rates that change by the hour of the week.
@Suite struct ArrivalRateTests {
  /// Counts of each hour over many weeks; the expected count of each.
  private func counts(weeks: Int) throws -> [(expected: Double, counts: [Double])] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("yilian-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      arrivals:
        walk-ins:
          pathway: visit
          weekly:
            - {days: Mon-Fri, hours: 08:00-12:00, rate: 40 /h}
            - {days: daily, hours: 10:00-14:00, rate: 12 /h}
            - {days: Sun, hours: 22:00-02:00, rate: 9 /h}
      resources: {}
      pathways: {visit: [leave: home]}
      run: {start: 2020-07-23, length: \(weeks) week}
      """
    try text.write(toFile: folder + "/model.yaml", atomically: false, encoding: .utf8)
    let plan = try ExperimentPlan(path: folder)
    let faults = FaultCollector()
    let network = try #require(NetworkReader.network(plan.points[0].document, faults))
    let run = NetworkRun(
      model: network.model, window: plan.window, root: RandomRoot(seed: 53, replication: 1))
    // Time 0 is a Thursday.
    let firstHour = 3 * 24
    var counts = [[Double]](repeating: [], count: 168)
    var before = 0.0
    for hour in 1...(weeks * 168) {
      run.advance(until: .zero + .hours(Double(hour)))
      let total =
        run.observations(requested: []).first { $0.measure == "arrivals" && $0.dimension == "" }?
        .value ?? 0
      counts[(firstHour + hour - 1) % 168].append(total - before)
      before = total
    }
    return counts.enumerated().map { hour, counts in (Self.rate(hour), counts) }
  }

  /// Arrivals an hour in an hour of the week, from Monday.
  private static func rate(_ hour: Int) -> Double {
    let (day, hour) = (hour / 24, hour % 24)
    var rate = 0.0
    if day < 5, (8..<12).contains(hour) { rate += 40 }
    if (10..<14).contains(hour) { rate += 12 }
    if day == 6 && hour >= 22 || day == 0 && hour < 2 { rate += 9 }
    return rate
  }

  @Test("hourly counts are Poisson with the rates of the file")
  func poissonCounts() throws {
    let weeks = SimulatedNetwork.isLong ? 1000 : 100
    let hours = try counts(weeks: weeks)
    var dispersion = 0.0
    var cells = 0.0
    var largest = 0.0
    for (expected, counts) in hours {
      #expect(counts.count == weeks)
      guard expected > 0 else {
        #expect(counts.allSatisfy { $0 == 0 })
        continue
      }
      let total = counts.reduce(0, +)
      let mean = expected * Double(weeks)
      largest = max(largest, abs(total - mean) / mean.squareRoot())
      for count in counts {
        dispersion += (count - expected) * (count - expected) / expected
        cells += 1
      }
    }
    // 50 hours of the week have arrivals; a standard normal passes 5.5 with 4e-8.
    #expect(largest < 5.5)
    // Pearson's statistic has mean `cells` and variance Σ(2 + 1/μ), below 2.12 a cell here; beyond
    // 5.5 standard deviations with about 1e-7.
    #expect(abs(dispersion - cells) < 5.5 * (2.12 * cells).squareRoot())
  }

  @Test("successive hours are independent")
  func independence() throws {
    let hours = try counts(weeks: 100)
    var products: [Double] = []
    for (one, next) in zip(hours, hours.dropFirst()) where one.expected > 0 && next.expected > 0 {
      for (a, b) in zip(one.counts, next.counts) {
        products.append(
          (a - one.expected) * (b - next.expected) / (one.expected * next.expected).squareRoot())
      }
    }
    let mean = products.reduce(0, +) / Double(products.count)
    // Products of independent standardised counts have mean 0 and variance 1: false alarm 4e-8.
    #expect(abs(mean) * Double(products.count).squareRoot() < 5.5)
  }

  /// Cells of month and hour of the day, against Foundation's calendar: Pearson's statistic of the
  /// 72 cells that have arrivals, of 1,500 and more each, is about χ²: false positive 1e-6. A month
  /// that is off by 5 % alone shifts it by 30.
  @Test("seasons, weekly rates and opening hours give Poisson counts of the product")
  func seasonalCounts() throws {
    let years = SimulatedNetwork.isLong ? 96 : 24
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("yilian-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = """
      kind: network
      time-unit: h
      evidence: assumed
      range-factor: [1, 1]
      arrivals:
        door:
          pathway: visit
          weekly:
            - {days: Mon-Fri, hours: 08:00-12:00, rate: 4 /h}
            - {days: daily, hours: 10:00-18:00, rate: 3 /h}
          open: {days: Tue-Sun, hours: 09:00-15:00}
          seasons: {jan: 1.5, feb: 1.25, jul: 0.5, dec: 2}
      resources: {}
      pathways: {visit: [leave: home]}
      run: {start: 2023-02-11, length: \(years * 365) d}
      """
    try text.write(toFile: folder + "/model.yaml", atomically: false, encoding: .utf8)
    let plan = try ExperimentPlan(path: folder)
    let network = try #require(NetworkReader.network(plan.points[0].document, FaultCollector()))
    let run = NetworkRun(
      model: network.model, window: plan.window, root: RandomRoot(seed: 59, replication: 1))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let start = try #require(
      calendar.date(from: DateComponents(year: 2023, month: 2, day: 11)))
    var expected = [Double](repeating: 0, count: 12 * 24)
    var found = expected
    for day in 0..<years * 365 {
      let date = calendar.dateComponents(
        [.month, .weekday], from: start.addingTimeInterval(Double(day) * 86_400))
      let (month, weekday) = (date.month ?? 0, date.weekday ?? 0)  // Sunday is 1
      let factors: [Int: Double] = [1: 1.5, 2: 1.25, 7: 0.5, 12: 2]
      let factor = factors[month] ?? 1
      for hour in 0..<24 {
        let cell = (month - 1) * 24 + hour
        let before = run.eventCount
        run.advance(until: .zero + .hours(Double(day * 24 + hour + 1)))
        found[cell] += Double(run.eventCount - before)
        guard weekday != 2, (9..<15).contains(hour) else { continue }
        let workday = (2...6).contains(weekday) && hour < 12 ? 4.0 : 0
        expected[cell] += factor * (workday + (hour >= 10 ? 3 : 0))
      }
    }
    var statistic = 0.0
    var cells = 0.0
    for (count, mean) in zip(found, expected) {
      if mean == 0 {
        #expect(count == 0)
      } else {
        statistic += (count - mean) * (count - mean) / mean
        cells += 1
      }
    }
    #expect(cells == 72)
    // Wilson and Hilferty's quantile of 1 - 1e-6.
    let cube = 1 - 2 / (9 * cells) + 4.753 * (2 / (9 * cells)).squareRoot()
    #expect(statistic < cells * cube * cube * cube)
  }
}
