// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// How charts look: fonts, sizes, and colours that people with any colour vision tell apart.
enum ChartStyle {
  /// Ends with a generic family: where a named one is missing, text must not vanish.
  static let font =
    "Noto Sans CJK SC, WenQuanYi Micro Hei, PingFang SC, Microsoft YaHei, Noto Sans, "
    + "Liberation Sans, sans-serif"

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

  static func config(_ grammar: Chart.Grammar) -> JSONValue {
    let axis: JSONValue = [
      "labelFont": .text(font), "titleFont": .text(font), "labelFontSize": 11,
      "titleFontSize": 11, "titleFontWeight": "normal", "labelColor": .text(ink),
      "titleColor": .text(ink), "gridColor": "#e4e4e4", "domainColor": "#999999",
      "tickColor": "#999999", "labelLimit": 170, "titleLimit": 700,
    ]
    let title: JSONValue = [
      "font": .text(font), "subtitleFont": .text(font), "anchor": "start", "fontSize": 14,
      "fontWeight": "bold", "color": "#1a1a1a", "subtitleFontSize": 11, "subtitleColor": "#555555",
      "lineHeight": 18, "subtitleLineHeight": 15, "offset": 12,
    ]
    let legend: JSONValue = [
      "labelFont": .text(font), "titleFont": .text(font), "labelFontSize": 11,
      "titleFontSize": 11, "titleFontWeight": "normal", "labelColor": .text(ink),
      "titleColor": .text(ink), "orient": "top", "labelLimit": 220, "symbolStrokeWidth": 2,
    ]
    let common: JSONValue = [
      "background": "#ffffff", "axis": axis, "title": title, "legend": legend,
      "text": ["font": .text(font), "fontSize": 11],
    ]
    switch grammar {
    case .vega: return common
    case .vegaLite:
      return common.with([
        "font": .text(font), "view": ["stroke": "transparent"], "mark": ["tooltip": true],
        "header": [
          "labelFont": .text(font), "titleFont": .text(font), "labelFontSize": 11,
          "labelColor": .text(ink),
        ],
      ])
    }
  }

  /// How an axis writes the numbers of a measure: thousands apart, no exponents, no idle zeros.
  static let numbers: JSONValue = ",~f"
  static let signedNumbers: JSONValue = "+,~f"
}
