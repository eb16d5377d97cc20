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

@Suite("numbers in sentences")
struct ToldNumberTests {
  private func told(_ mean: Double, _ low: Double, _ high: Double) -> [String] {
    let decimals = NumberText.toldDecimals(mean: mean, low: low, high: high)
    return [mean, low, high].map { NumberText.text($0, decimals: decimals) }
  }

  @Test("show two digits of the half-width of their interval, and three of the estimate, at most")
  func digits() {
    #expect(told(1.2345, 1.1011, 1.3679) == ["1.23", "1.10", "1.37"])
    #expect(told(1.6756, 1.6714, 1.6799) == ["1.68", "1.67", "1.68"])
    #expect(told(6719.6, 6536.2, 6903) == ["6,720", "6,540", "6,900"])
    #expect(told(721, 707.4, 734.6) == ["721", "707", "735"])
    #expect(told(-1_234_567, -1_357_000, -1_112_134) == ["-1,230,000", "-1,360,000", "-1,110,000"])
    // 0.0996 is 0.10 to two digits.
    #expect(told(0.5, 0.4004, 0.5996) == ["0.50", "0.40", "0.60"])
  }

  @Test("keep an interval an interval, and what is clear of zero clear of it")
  func ends() {
    #expect(told(1_950_190, 1_950_007, 1_950_373) == ["1,950,200", "1,950,000", "1,950,400"])
    #expect(told(203, 3, 403) == ["203", "3", "403"])
    #expect(told(-0.21, -0.419, -0.001) == ["-0.210", "-0.419", "-0.001"])
    #expect(told(200, -3, 403) == ["200", "0", "400"])
    #expect(told(12, 12, 12) == ["12", "12", "12"])
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
