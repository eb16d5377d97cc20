// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of what two files differ in.
package enum DifferencePhrase: CaseIterable, Sendable {
  case nothing, legend, replications, first, second, difference, onlyThere, byDimension

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .nothing: Phrase("No difference.", "没有差异。")
    case .legend:
      Phrase("Changed: ~; only in the second: +; only in the first: -", "已更改：~；仅见于后者：+；仅见于前者：-")
    case .replications:
      Phrase("replications in both files that came out otherwise", "两个文件共有的重复模拟中结果不同者")
    case .first: Phrase("first", "前者")
    case .second: Phrase("second", "后者")
    case .difference: Phrase("difference", "差值")
    case .onlyThere: Phrase("none", "无")
    case .byDimension:
      Phrase("further means differ by dimension; --json lists them", "项分维度均值也不同；--json 可全部列出")
    }
  }
}
