// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import SimulationKernel
import Testing

@Suite struct CalendarDateTests {
  @Test(
    "days known from elsewhere",
    arguments: [
      ("1970-01-01", 0, 3), ("2000-02-29", 11_016, 1), ("2018-07-23", 17_735, 0),
      ("2020-07-23", 18_466, 3), ("1969-12-31", -1, 2), ("1600-01-01", -135_140, 5),
    ])
  func known(text: String, dayNumber: Int, weekday: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.dayNumber == dayNumber)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
  }

  @Test("every day from 1583 to 2400 is one later than the one before, and reads back")
  func consecutive() throws {
    var day = try #require(CalendarDate("1583-01-01"))
    var previous = day.parts
    while day.parts.year < 2400 {
      day = day.advanced(byDays: 1)
      let parts = day.parts
      #expect(CalendarDate(year: parts.year, month: parts.month, day: parts.day) == day)
      let isNextDay = parts.month == previous.month && parts.day == previous.day + 1
      let isNewMonth = parts.day == 1 && parts.month == previous.month % 12 + 1
      #expect(isNextDay || isNewMonth)
      previous = parts
    }
  }

  @Test(
    "what is no day",
    arguments: [
      "2021-02-29", "1900-02-29", "2020-13-01", "2020-00-01", "2020-04-31", "2020-7-23", "20-07-23",
      "2020/07/23", "2020-07-23T00:00", "", "today", "-2020-07-23", "２０２０-07-23",
    ])
  func noDay(text: String) { #expect(CalendarDate(text) == nil) }

  @Test("an instant lies in the day that began last")
  func instants() throws {
    let start = try #require(CalendarDate("2020-02-28"))
    let next = try #require(CalendarDate("2020-03-01"))
    #expect(next.time(from: start) == .zero + .days(2))
    #expect(CalendarDate(at: .zero + .days(2), from: start) == next)
    #expect(CalendarDate(at: .zero + .days(1.999), from: start).description == "2020-02-29")
    #expect(CalendarDate(at: .zero - .hours(1), from: start).description == "2020-02-27")
  }
}
