// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

/// Arrivals at a rate r have come n times by t just when those at rate 1 with the same draws have
/// come n times by ∫r: a test of the inversion that needs no statistics, and sees any error of the
/// integral that is larger than an interval's share of it.
@Suite("Rates that change are met by inversion, exactly")
struct RateCurveTests {
  /// - Parameter rate: per hour, in the minute that begins at so many minutes from time 0; written
  ///   here a second time, on its own.
  private func expectInversion(
    _ source: ArrivalSource, weekStart: SimulationTime = .zero, days: Int,
    rate: (Int) -> Double, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var unit = ArrivalCounts.source(.poisson(rate: 1))
    unit.name = source.name
    let plain = try ArrivalCounts.network([unit])
    let changing = try ArrivalCounts.network([source], weekStart: weekStart)
    let hours = Double(days) * 24
    var integral = 0.0
    var integrals: [Double] = []
    for minute in 0..<days * 1440 {
      if minute % 360 == 0 { integrals.append(integral) }
      integral += rate(minute) / 60
    }
    let runs = (
      ArrivalCounts.run(changing, hours: hours),
      ArrivalCounts.run(plain, hours: integral + 1)
    )
    var wrong = 0
    for (slice, level) in integrals.enumerated() {
      runs.0.advance(until: .zero + .hours(Double(slice) * 6))
      runs.1.advance(until: .zero + .hours(level))
      if runs.0.eventCount != runs.1.eventCount { wrong += 1 }
    }
    #expect(runs.1.eventCount > 500, sourceLocation: sourceLocation)
    // Plain intervals are rounded one by one, to 0.3 ms in 10,000 of them: now and then an arrival
    // may fall to the other side of an instant that is looked at.
    #expect(wrong <= 1, sourceLocation: sourceLocation)
    let expected = source.expectedEntities(
      until: .zero + .hours(hours), timeUnit: .hours(1), weekStart: weekStart)
    #expect(abs(expected - integral) < 1e-9 * integral, sourceLocation: sourceLocation)
  }

  private let steps: [ArrivalProcess.RateChange] = [
    .init(offset: .hours(2), rate: 5), .init(offset: .hours(31), rate: 0),
    .init(offset: .hours(40), rate: 2.5),
  ]

  @Test("rates from time 0 on: nobody before the first, the last one holds")
  func ratesOnce() throws {
    try expectInversion(ArrivalCounts.source(.rates(steps)), days: 30) { minute in
      switch minute {
      case ..<120: 0
      case ..<1860: 5
      case ..<2400: 0
      default: 2.5
      }
    }
  }

  @Test("rates that repeat count from time 0, wherever the week begins")
  func ratesRepeated() throws {
    try expectInversion(
      ArrivalCounts.source(.rates(steps, every: .hours(50))), weekStart: .zero - .hours(13),
      days: 60
    ) { minute in
      switch minute % 3000 {
      case ..<120, 2400...: 2.5
      case ..<1860: 5
      default: 0
      }
    }
  }

  private let opening = OpeningHours(
    minutesOfWeek: (0..<5).map { $0 * 1440 + 480..<$0 * 1440 + 1020 } + [7200 + 600..<7200 + 720])

  private func isOpen(_ minuteOfWeek: Int) -> Bool {
    let (day, minute) = (minuteOfWeek / 1440, minuteOfWeek % 1440)
    return day < 5 ? (480..<1020).contains(minute) : day == 5 && (600..<720).contains(minute)
  }

  @Test("opening hours let a Poisson stream in for their time", arguments: [0, 1000, 10_079])
  func openPoisson(intoWeek: Int) throws {
    var source = ArrivalCounts.source(.poisson(rate: 4))
    source.opening = opening
    try expectInversion(
      source, weekStart: .zero - .minutes(Double(intoWeek)), days: 100
    ) { self.isOpen(($0 + intoWeek) % 10_080) ? 4 : 0 }
  }

  @Test("weekly rates, opening hours and seasons multiply, leap years and all")
  func product() throws {
    var source = ArrivalCounts.source(
      .periodic(
        period: .days(7), [.init(offset: .hours(9), rate: 2), .init(offset: .hours(110), rate: 1)]))
    source.opening = opening
    // 29 February and two seasons; time 0 is 300 days into the common year before a leap year.
    let days = (0..<366).map { $0 == 59 ? 3.0 : $0 < 150 ? 1 : 0.5 }
    source.seasons = SeasonalFactors(
      days: days,
      years: [
        .init(start: .zero - .days(300), isLeap: false),
        .init(start: .zero + .days(65), isLeap: true),
        .init(start: .zero + .days(431), isLeap: false),
      ])
    try expectInversion(source, weekStart: .zero - .days(2), days: 600) { minute in
      let week = (minute + 2 * 1440) % 10_080
      guard self.isOpen(week) else { return 0 }
      let rate = (540..<6600).contains(week) ? 2.0 : 1
      let day = minute / 1440
      switch day {
      case ..<65: return rate * 0.5
      case 65..<431:
        let ofYear = day - 65
        return rate * (ofYear == 59 ? 3 : ofYear < 150 ? 1 : 0.5)
      default: return rate * (day - 431 < 149 ? 1 : 0.5)
      }
    }
  }

  @Test("a source without a rate any more ends, and so does one whose years are over")
  func ends() throws {
    let ending = ArrivalCounts.source(
      .rates([.init(offset: .zero, rate: 50), .init(offset: .hours(1), rate: 0)]))
    let counts = ArrivalCounts.counts(
      try ArrivalCounts.network([ending]), slices: 100, hours: 1)
    #expect(counts[0] > 10)
    #expect(counts.dropFirst().allSatisfy { $0 == 0 })
    var oneDay = ArrivalCounts.source(.poisson(rate: 50))
    oneDay.seasons = SeasonalFactors(
      days: (0..<366).map { $0 == 59 ? 1 : 0 }, years: [.init(start: .zero, isLeap: false)])
    #expect(
      ArrivalCounts.counts(try ArrivalCounts.network([oneDay]), slices: 400, hours: 24)
        .allSatisfy { $0 == 0 })
  }
}
