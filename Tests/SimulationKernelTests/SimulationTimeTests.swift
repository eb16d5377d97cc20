// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Instants and spans")
struct SimulationTimeTests {
  @Test("a span is rounded to the nearest microsecond, halves away from zero")
  func rounding() {
    #expect(TimeSpan.seconds(1).microseconds == 1_000_000)
    #expect(TimeSpan.seconds(1.4e-6).microseconds == 1)
    #expect(TimeSpan.seconds(1.6e-6).microseconds == 2)
    #expect(TimeSpan.seconds(-1.6e-6).microseconds == -2)
    #expect(TimeSpan.seconds(0.5e-6).microseconds == 1)
    #expect(TimeSpan.seconds(-0.5e-6).microseconds == -1)
    #expect(TimeSpan.minutes(10).microseconds == 600_000_000)
    #expect(TimeSpan.hours(24) == TimeSpan.days(1))
    #expect(TimeSpan.days(365).inHours == 8760)
    // Beyond 2^53 every Double is whole and comes through as it is.
    #expect(TimeSpan.seconds(9e9).microseconds == 9_000_000_000_000_000)
  }

  @Test("units come back as they went in")
  func units() {
    #expect(TimeSpan.minutes(2.5).inMinutes == 2.5)
    #expect(TimeSpan.hours(0.25).inMinutes == 15)
    #expect(TimeSpan.days(1.5).inHours == 36)
    #expect(TimeSpan.days(1.5).inDays == 1.5)
    #expect(TimeSpan.seconds(90).inMinutes == 1.5)
    #expect(TimeSpan.seconds(90).inSeconds == 90)
  }

  @Test("instants and spans add up, and differ as they should")
  func arithmetic() {
    var now = SimulationTime.zero + .hours(2)
    #expect(now - .zero == .hours(2))
    #expect(now - .minutes(30) == .zero + .minutes(90))
    now += .minutes(5)
    now -= .minutes(2)
    #expect(now == SimulationTime(microseconds: 123 * 60_000_000))
    #expect(SimulationTime.zero < now && now < .distantFuture)
    #expect(TimeSpan.minutes(3) - .minutes(5) == -TimeSpan.minutes(2))
    #expect(TimeSpan.minutes(3) * 4 == .minutes(12) && 4 * TimeSpan.minutes(3) == .minutes(12))
    #expect(TimeSpan.hours(1) / TimeSpan.minutes(15) == 4)
    #expect([TimeSpan.minutes(1), .minutes(2)].reduce(.zero, +) == .minutes(3))
  }
}
