// SPDX-License-Identifier: GPL-3.0-or-later

import Reporting
import Testing

@Suite("numbers in tables")
struct NumberTextTests {
  @Test("show two digits of the half-width of their interval")
  func intervals() {
    #expect(
      NumberText.text(mean: 0.634, low: 0.631, high: 0.637, scale: 100) == "63.40 [63.10, 63.70]")
    #expect(
      NumberText.text(mean: 1_234_567.4, low: 1_233_000.2, high: 1_236_134.6, scale: 1)
        == "1,234,567 [1,233,000, 1,236,135]")
    #expect(
      NumberText.text(mean: 4.1312, low: 4.0041, high: 4.2583, scale: 1, form: .halfWidth)
        == "4.13 ± 0.13")
    #expect(NumberText.text(mean: 12.5, low: nil, high: nil, scale: 1) == "12.50")
    #expect(NumberText.text(mean: 12, low: 12, high: 12, scale: 1) == "12 [12, 12]")
  }

  @Test("carry a sign where they are differences, and none at zero")
  func signs() {
    #expect(
      NumberText.text(mean: -3.2, low: -4.1, high: 2.3, scale: 1, isSigned: true)
        == "-3.2 [-4.1, +2.3]")
    #expect(NumberText.text(0, decimals: 2, isSigned: true) == "0.00")
    #expect(NumberText.text(-0.0001, decimals: 2) == "0.00")
    #expect(NumberText.text(1_234_567.891, decimals: 1, isSigned: true) == "+1,234,567.9")
    #expect(NumberText.text(.infinity, decimals: 1) == "∞")
  }
}

@Suite("texts on a terminal")
struct DisplayWidthTests {
  @Test("Chinese characters take two columns")
  func widths() {
    #expect("wait".displayWidth == 4)
    #expect("基层就诊率 (%)".displayWidth == 14)
    #expect("".displayWidth == 0)
  }

  @Test("lines break at spaces, and between Chinese characters")
  func wrapping() {
    #expect("one two three".wrapped(to: 8) == ["one two", "three"])
    #expect("县域内就诊率".wrapped(to: 7) == ["县域内", "就诊率"])
    #expect("县域内，就诊率。".wrapped(to: 6) == ["县域", "内，就", "诊率。"])
    #expect("unbreakable".wrapped(to: 4) == ["unbreakable"])
    #expect("".wrapped(to: 4) == [""])
  }
}
