// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("texts of what is sought")
struct SearchTargetTests {
  @Test("a target is read, and read again from its own words")
  func target() throws {
    let share = try #require(SearchTarget("primary-visit-share >= 65 % ± 0.5 %"))
    #expect(share.bound == 0.65 && share.tolerance == 0.005)
    #expect(share.isAtLeast && !share.isChange)
    #expect(SearchTarget(share.description) == share)
    let change = try #require(SearchTarget("change of wait by resource=doctor<=-3 +- 0.5"))
    #expect(change.isChange && !change.isAtLeast && change.bound == -3)
    #expect(change.series.member == "doctor")
    #expect(SearchTarget(change.description) == change)
  }

  @Test(
    "what is no target is refused",
    arguments: [
      "wait", "wait ± 1", "wait >= 3", "wait < 3 ± 1", "wait >= x ± 1", "wait >= 3 ± 0",
      "wait >= 3 ± -1", ">= 3 ± 1", "wait >= 3 <= 4 ± 1", "wait >= nan ± 1", "wait >= 3 ± 1 ± 1",
      "",
    ])
  func faulty(text: String) { #expect(SearchTarget(text) == nil) }

  @Test("an aim is a measure and a difference")
  func aim() throws {
    let aim = try #require(SearchAim("fund-spend-per-head +- 2"))
    #expect(aim.difference == 2 && aim.series.measure.measure == "fund-spend-per-head")
    #expect(SearchAim(aim.description) == aim)
    #expect(SearchAim("fund-spend-per-head") == nil)
    #expect(SearchAim("± 2") == nil)
  }
}
