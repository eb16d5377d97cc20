// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct WeeklyHoursTests {
  @Test(
    "days and hours, as minutes of the week",
    arguments: [
      ("days: Mon, hours: 08:00-12:00", [480..<720]),
      ("days: Mon-Tue", [0..<1440, 1440..<2880]),
      ("days: [sat, Sunday], hours: 9:30-10:00", [7770..<7800, 9210..<9240]),
      ("days: Mon+Wed, hours: 00:00-24:00", [0..<1440, 2880..<4320]),
      ("days: Sun, hours: 22:00-06:00", [9960..<10_080, 0..<360]),
      ("days: Fri-Mon, hours: 00:00-01:00", [0..<60, 5760..<5820, 7200..<7260, 8640..<8700]),
      ("days: daily, hours: 12:00-13:00", (0..<7).map { $0 * 1440 + 720..<$0 * 1440 + 780 }),
    ])
  func minutes(written: String, expected: [Range<Int>]) throws {
    let model = try TemporaryModel(["model.yaml": "s: {\(written)}\n"])
    let faults = model.faults { section in
      #expect(section.section("s").weeklyHours().minutesOfWeek == expected)
    }
    #expect(faults == [])
  }
}
