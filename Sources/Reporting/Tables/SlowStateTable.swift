// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// The slow states of a region over the years of its warm-up, and whether they have settled.
public struct SlowStateTable {
  private let warmUp: WarmUpStates
  private let units: [String: String]

  public init(_ warmUp: WarmUpStates) {
    self.warmUp = warmUp
    units = Dictionary(
      MeasureCatalogue.measures(of: .region).map { ($0.name, $0.unit) },
      uniquingKeysWith: { first, _ in first })
  }

  public var json: JSONValue {
    .object([
      ("years", .integer(warmUp.years)), ("share", .number(WarmUpStates.share)),
      ("states", .list(warmUp.states.map(json))),
    ])
  }

  private func json(_ state: WarmUpStates.State) -> JSONValue {
    .object([
      ("point_id", .integer(state.point)), ("scenario", .text(state.scenario)),
      ("measure", .text(state.measure)), ("dimension", .text(state.dimension)),
      ("member", .text(state.member)), ("unit", .text(units[state.measure] ?? "")),
      ("means", .list(state.means.map { .number($0) })),
      ("n", state.drift.map { .integer($0.change.n) } ?? .null),
      ("mean_change", .number(state.drift?.change.mean)),
      ("ci_low", .number(state.drift?.change.low)), ("ci_high", .number(state.drift?.change.high)),
      ("tolerance", .number(state.drift?.tolerance)),
      ("verdict", state.drift.map { .text($0.verdict.rawValue) } ?? .null),
    ])
  }

  /// A table of one point, and a warning for every point in which something drifts.
  ///
  /// - Parameter point: The one whose states are shown.
  /// - Returns: Nothing where there was no year of warm-up.
  public func lines(_ language: Language, width: Int, point: Int) -> [String] {
    guard warmUp.years > 0 else { return [] }
    guard warmUp.years > 1 else {
      return ReportPhrase.oneYear.text(language).wrapped(to: width)
    }
    let known = warmUp.states.filter { $0.point == point && $0.means.contains { $0 != nil } }
    let shown = known.filter { !$0.isUnmoved }
    var table = TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: (1...warmUp.years).map { (title(ofYear: $0, language), 0) } + [
        (ReportPhrase.yearChange.text(language), 1), (ReportPhrase.verdict.text(language), 1),
      ])
    for state in shown {
      table.rows.append(.cells(label: label(state, language), depth: 0, cells(state, language)))
    }
    let share = NumberText.text(100 * WarmUpStates.share, decimals: 0) + " %"
    let (colon, comma, stop) = language == .english ? (": ", "; ", ".") : ("：", "；", "。")
    let unmoved = known.filter(\.isUnmoved).map { label($0, language) }
    var lines = [ReportPhrase.slowStates.text(language), ""] + table.lines(width: width) + [""]
    if !unmoved.isEmpty {
      lines +=
        (ReportPhrase.unmoved.text(language) + colon + unmoved.joined(separator: comma) + stop)
        .wrapped(to: width)
    }
    lines += "\(ReportPhrase.driftNote.text(language)) \(share)\(stop)".wrapped(to: width)
    let drifting = warmUp.drifting
    if drifting.isEmpty {
      lines += ReportPhrase.allSettled.text(language).wrapped(to: width)
    } else {
      let names = drifting.map {
        ($0.point == point ? "" : $0.scenario + colon) + label($0, language)
      }
      let space = language == .english ? " " : ""
      lines +=
        (ReportPhrase.driftWarning.text(language) + space + names.joined(separator: comma) + stop)
        .wrapped(to: width)
    }
    return lines
  }

  private func cells(_ state: WarmUpStates.State, _ language: Language) -> [String] {
    let scale = units[state.measure] == "share" ? 100.0 : 1
    let means = state.means.map { mean in
      mean.map {
        NumberText.text(
          mean: $0, low: state.drift?.change.low, high: state.drift?.change.high, scale: scale
        )
        .split(separator: " ").first.map(String.init) ?? ""
      } ?? "-"
    }
    guard let drift = state.drift else { return means + ["-", "-"] }
    let change = NumberText.text(
      mean: drift.change.mean, low: drift.change.low, high: drift.change.high, scale: scale,
      isSigned: true)
    let verdict: ReportPhrase =
      switch drift.verdict {
      case .settled: .settledVerdict
      case .drifting: .driftingVerdict
      case .unclear: .unclearVerdict
      }
    return means + [change, verdict.text(language)]
  }

  private func label(_ state: WarmUpStates.State, _ language: Language) -> String {
    let unit = units[state.measure] ?? ""
    // The title says that these are of the warm-up.
    let base = String(state.measure.dropFirst("warm-up-".count))
    var name =
      MeasureNames.isKnown(base)
      ? MeasureNames.label(base, unit: unit, language)
      : MeasureNames.label(state.measure, unit: unit, language)
    if unit == "share" { name += " (%)" }
    let member = MeasureNames.member(state.member, of: state.dimension, language)
    guard !member.isEmpty else { return name }
    return language == .english ? "\(name) (\(member))" : "\(name)（\(member)）"
  }

  private func title(ofYear year: Int, _ language: Language) -> String {
    let word = ReportPhrase.yearWord.text(language)
    return language == .english ? "\(word) \(year)" : "\(word) \(year) 年"
  }
}
