// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// A mean over replications with its 95 % interval.
struct ChartEstimate: Sendable {
  var mean: Double
  /// `nil` under two replications, as is `high`.
  var low: Double?
  var high: Double?

  /// Student's interval; `nil` when there is nothing.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let interval = ConfidenceInterval(of: values)
    mean = interval?.mean ?? values.reduce(0, +) / Double(values.count)
    (low, high) = (interval?.low, interval?.high)
  }

  init(_ row: SummaryRow) { (mean, low, high) = (row.mean, row.low, row.high) }
  init(_ row: ContrastRow) { (mean, low, high) = (row.meanDifference, row.low, row.high) }

  /// Whether the interval leaves zero out; `nil` where there is none.
  var isClear: Bool? {
    guard let low, let high else { return nil }
    return low > 0 || high < 0
  }

  /// The row of a chart's data that holds it, scaled.
  func json(_ scale: Double) -> [(String, JSONValue)] {
    [
      ("mean", .number(mean * scale)), ("low", .number(low.map { $0 * scale })),
      ("high", .number(high.map { $0 * scale })),
    ]
  }

  /// `1,234 ± 56`.
  func text(_ scale: Double, isSigned: Bool = false) -> String {
    NumberText.text(
      mean: mean, low: low, high: high, scale: scale, form: .halfWidth, isSigned: isSigned)
  }

  /// A row of a glance.
  func row(_ label: String, _ scale: Double, isSigned: Bool = false) -> QuickLook.Row {
    QuickLook.Row(
      label: label, mean: mean * scale, low: low.map { $0 * scale }, high: high.map { $0 * scale },
      text: text(scale, isSigned: isSigned))
  }
}

/// Sums of series, taken in each replication, so that a sum has an interval of its own.
final class SeriesSums {
  private let source: ChartSource
  private var read: [MeasureRequest: [String: [ReplicationKey: Double]]] = [:]

  init(_ source: ChartSource) { self.source = source }

  func level(_ series: [MeasureSeries], of scenario: String) throws -> ChartEstimate? {
    ChartEstimate(try sums(series, of: scenario).sorted { $0.key < $1.key }.map(\.value))
  }

  /// From the baseline, by replication.
  func difference(_ series: [MeasureSeries], of scenario: String) throws -> ChartEstimate? {
    let own = try sums(series, of: scenario)
    let base = try sums(series, of: source.baseline)
    return ChartEstimate(
      own.keys.sorted().compactMap { number in
        guard let value = own[number], let other = base[number] else { return nil }
        return value - other
      })
  }

  /// By number of the replication; those in which a part is undefined are left out.
  private func sums(_ series: [MeasureSeries], of scenario: String) throws -> [Int: Double] {
    guard let point = source.point(of: scenario) else { return [:] }
    var result: [Int: Double]?
    for part in series {
      let values = try values(of: part.measure)[part.member] ?? [:]
      var own: [Int: Double] = [:]
      for (key, value) in values where key.point == point { own[key.replication] = value }
      guard let sum = result else {
        result = own
        continue
      }
      result = sum.reduce(into: [:]) { total, term in
        if let value = own[term.key] { total[term.key] = term.value + value }
      }
    }
    return result ?? [:]
  }

  private func values(of request: MeasureRequest) throws -> [String: [ReplicationKey: Double]] {
    if let values = read[request] { return values }
    let values = try source.results.values(of: request)
    read[request] = values
    return values
  }
}
