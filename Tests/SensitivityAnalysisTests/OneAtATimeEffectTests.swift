// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import SensitivityAnalysis
import Testing

@Suite("effects one at a time")
struct OneAtATimeEffectTests {
  @Test("are paired differences from the base, the largest factor first")
  func bars() throws {
    let values: [[Double]] = [[1, 2, 4], [2, 3, 5], [0.5, 1, 4.5], [9, 10, 12], [1, 2, 4]]
    let found = OneAtATimeEffects(points: [[1, 2], [3], [4]], base: 0, values: values)
    #expect(found.order == [1, 0, 2])
    #expect(found.factors[0][0].effect.mean == 1 && found.factors[1][0].effect.mean == 8)
    let bar = found.factors[0][1]
    let contrast = try #require(PairedContrast(of: [0.5, 1, 4.5], against: [1, 2, 4]))
    #expect(bar.effect.interval == contrast.difference && bar.effect.pValue == contrast.pValue)
    let adjusted = try #require(bar.adjustedPValue)
    #expect(adjusted > contrast.pValue || adjusted == 1)
    #expect(found.factors[2][0].effect.pValue == 1)
  }

  @Test("a row at the base's own value is not counted among the comparisons")
  func unchanged() throws {
    let values: [[Double]] = [[1, 2, 4], [2, 3.5, 5], [1, 2, 4]]
    let all = OneAtATimeEffects(points: [[1, 2]], base: 0, values: values)
    let own = OneAtATimeEffects(points: [[1, 2]], base: 0, values: values, unchanged: [2])
    let chance = try #require(own.factors[0][0].effect.pValue)
    #expect(own.factors[0][0].adjustedPValue == chance)
    #expect(all.factors[0][0].adjustedPValue == 2 * chance)
    #expect(own.factors[0][1].adjustedPValue == nil)
  }

  @Test("of one replication have no interval and no chance")
  func single() {
    let found = OneAtATimeEffects(points: [[1]], base: 0, values: [[1], [3]])
    #expect(found.factors[0][0].effect.mean == 2)
    #expect(found.factors[0][0].effect.interval == nil)
    #expect(found.factors[0][0].adjustedPValue == nil)
  }
}
