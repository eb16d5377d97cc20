// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("incremental costs and effects")
struct IncrementalTests {
  private static func arm(_ name: String, _ cost: Double, _ effect: Double) -> EconomicArm {
    EconomicArm(name: name, costs: [cost], effects: [effect])
  }

  // Five exclusive programmes as in Johannesson & Weinstein, *Journal of Health Economics* 12 (1993)
  // 459–467, programme A: successive ratios 10, 25, 50, 33.3, 100. The third falls to extended
  // dominance, and the fourth then costs 200 for 5 beyond the second.
  @Test("a textbook's five programmes: extended dominance, and ratios that rise")
  func textbook() throws {
    let analysis = IncrementalAnalysis([
      Self.arm("A3", 300, 16), Self.arm("A1", 100, 10), Self.arm("A5", 500, 20),
      Self.arm("A2", 200, 14), Self.arm("A4", 400, 19),
    ])
    #expect(analysis.places[0] == .extendedlyDominated)
    #expect(analysis.frontier == [1, 3, 4, 2])
    #expect(analysis.step(to: 1) == nil)
    #expect(analysis.step(to: 3)?.ratio == 25)
    #expect(analysis.step(to: 4)?.ratio == 40)
    #expect(analysis.step(to: 2)?.ratio == 100)
  }

  @Test("planted dominance is found, and by whom")
  func dominance() {
    let analysis = IncrementalAnalysis([
      Self.arm("base", 100, 10), Self.arm("dearer and no better", 120, 10),
      Self.arm("dearer and worse", 150, 8), Self.arm("better", 150, 12), Self.arm("twin", 150, 12),
    ])
    #expect(analysis.places[0] == .frontier(after: nil))
    #expect(analysis.places[1] == .dominated(by: 0))
    #expect(analysis.places[2] == .dominated(by: 0))
    #expect(analysis.places[3] == .frontier(after: 0))
    #expect(analysis.places[4] == .dominated(by: 3))
    let worse = IncrementalRatio(of: analysis.arms[2], against: analysis.arms[0])
    #expect(worse.dominance == .isDominated && worse.interval == nil)
    let cheaper = IncrementalRatio(of: analysis.arms[0], against: analysis.arms[2])
    #expect(cheaper.dominance == .dominates)
    #expect(
      IncrementalRatio(of: analysis.arms[3], against: analysis.arms[0]).dominance == nil)
  }

  @Test("what comes later counts less: three years at 3 %")
  func discounting() {
    #expect(abs(Discounting.presentValue([100, 100, 100], rate: 0.03) - 291.3469695541521) < 1e-10)
    #expect(Discounting.presentValue([1, 2, 3], rate: 0) == 6)
    #expect(Discounting.presentValue([], rate: 0.03) == 0)
  }
}
