// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of descriptions under reporting standards, besides the headings of their items.
package enum StandardPhrase: CaseIterable, Sendable {
  case stressDES, odd, notProvided
  case name, meaning, formula, measured, old, new, path, value, unit, range, evidence, source, count
  case scenario, note, key, citation, rows

  package static func title(of standard: StandardDescription.Standard) -> StandardPhrase {
    switch standard {
    case .stressDES: .stressDES
    case .odd: .odd
    }
  }

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .stressDES: Phrase("STRESS-DES", "STRESS-DES 离散事件仿真报告规范")
    case .odd: Phrase("ODD and ODD+D", "ODD 与 ODD+D 规范")
    case .notProvided: Phrase("NOT PROVIDED", "未提供 NOT PROVIDED")
    case .name: Phrase("name", "名称")
    case .meaning: Phrase("as the files say it", "文件所述")
    case .formula: Phrase("how it comes about", "计算方法")
    case .measured: Phrase("of when", "统计期")
    case .old: Phrase("baseline", "基准")
    case .new: Phrase("scenario", "方案")
    case .path: Phrase("path", "路径")
    case .value: Phrase("value", "取值")
    case .unit: Phrase("unit", "单位")
    case .range: Phrase("range", "范围")
    case .evidence: Phrase("evidence", "证据")
    case .source: Phrase("source", "来源")
    case .count: Phrase("values", "数值个数")
    case .scenario: Phrase("scenario", "方案")
    case .note: Phrase("note", "说明")
    case .key: Phrase("key", "键")
    case .citation: Phrase("citation", "引文")
    case .rows: Phrase("what it holds", "内容")
    }
  }
}
