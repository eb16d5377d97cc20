// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// How charts look: fonts, sizes, and colours that people with any colour vision tell apart.
enum ChartStyle {
  /// Families in the order in which they are looked for; the last is generic: where a named one is missing,
  /// text must not vanish.
  ///
  /// Latin ones first in English: the renderer opens the file of a font for each text it measures, and
  /// one with all Chinese characters takes ten times as long.
  static func font(_ language: Language) -> String {
    let latin = "Noto Sans, Liberation Sans, Arial"
    let chinese = "Noto Sans CJK SC, WenQuanYi Micro Hei, PingFang SC, Microsoft YaHei"
    return (language == .chinese ? [chinese, latin] : [latin, chinese]).joined(separator: ", ")
      + ", sans-serif"
  }

  /// Of the baseline.
  static let baseline = "#8c8c8c"
  /// Of scenarios and other kinds of things, in their order.
  ///
  /// Source: Okabe & Ito, *Color Universal Design*, 2008; without black, and the pale yellow last.
  static let palette = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f5f3f", "#b8a900",
  ]
  /// Below zero, near zero, above zero.
  static let diverging = ["#b35806", "#f1a340", "#f7f7f7", "#67a9cf", "#2166ac"]
  static let up = "#0072b2"
  static let down = "#d55e00"
  static let ink = "#333333"
  static let faint = "#666666"

  /// A colour for each scenario, the baseline grey.
  static func colours(of scenarios: [String], baseline name: String) -> [String] {
    let others = scenarios.filter { $0 != name }
    return scenarios.map { scenario in
      guard let place = others.firstIndex(of: scenario) else { return baseline }
      return palette[place % palette.count]
    }
  }

  /// Texts have no limit, and so none is measured twice or cut by the renderer: charts cut and wrap them.
  /// Single marks have no names for screen readers, as the whole chart is told in words.
  static func config(_ grammar: Chart.Grammar, _ language: Language) -> JSONValue {
    let font = JSONValue.text(font(language))
    let texts: [(String, JSONValue)] = [
      ("labelFont", font), ("titleFont", font), ("labelFontSize", 11), ("titleFontSize", 11),
      ("titleFontWeight", "normal"), ("labelColor", .text(ink)), ("titleColor", .text(ink)),
      ("labelLimit", 0), ("titleLimit", 0), ("aria", false),
    ]
    let axis: [(String, JSONValue)] = [
      ("gridColor", "#e4e4e4"), ("domainColor", "#999999"), ("tickColor", "#999999"),
      // Labels that nearly touch read as one number.
      ("labelSeparation", 6),
    ]
    let title: JSONValue = [
      "font": font, "subtitleFont": font, "anchor": "start", "fontSize": 14,
      "fontWeight": "bold", "color": "#1a1a1a", "subtitleFontSize": 11, "subtitleColor": "#555555",
      "lineHeight": 18, "subtitleLineHeight": 15, "offset": 12, "limit": 0, "aria": false,
    ]
    let common: JSONValue = [
      "background": "#ffffff", "axis": .object(texts + axis), "title": title,
      "legend": .object(texts + [("orient", "top"), ("symbolStrokeWidth", 2)]),
      "text": ["font": font, "fontSize": 11],
    ]
    switch grammar {
    case .vega: return common
    case .vegaLite:
      return common.with([
        "font": font, "view": ["stroke": "transparent"],
        "mark": ["tooltip": true, "aria": false], "axisQuantitative": ["labelOverlap": "greedy"],
      ])
    }
  }

  /// How an axis writes the numbers of a measure: thousands apart, no exponents, no idle zeros.
  static let numbers: JSONValue = ",~f"
  private static let signedNumbers: JSONValue = "+,~f"

  /// How the numbers of an axis or of a ramp of colours are written; zero has no sign.
  static func format(isSigned: Bool) -> [(String, JSONValue)] {
    isSigned
      ? [
        ("format", signedNumbers), ("labelExpr", "datum.value === 0 ? '0' : datum.label"),
      ] : [("format", numbers)]
  }
}
