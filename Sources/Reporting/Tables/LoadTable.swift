// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// What the arrivals of a network ask of its resources, by the traffic equations alone.
public struct LoadTable {
  private let scenario: String
  private let loads: [ResourceLoad]
  private let timeUnit: String

  public init(_ loads: ModelCheck.ScenarioLoads) {
    scenario = loads.scenario
    self.loads = loads.resources
    timeUnit = loads.timeUnit
  }

  public var json: JSONValue {
    .object([
      ("scenario", .text(scenario)), ("time_unit", .text(timeUnit)),
      ("resources", .list(loads.map(Self.json))),
    ])
  }

  private static func json(_ load: ResourceLoad) -> JSONValue {
    .object([
      ("resource", .text(load.resource)), ("request_rate", .number(load.requestRate)),
      ("mean_hold", .number(load.meanHold)), ("offered_load", .number(load.offeredLoad)),
      ("capacity", .number(load.capacity)), ("utilisation", .number(load.utilisation)),
      ("hangs_on_state", .flag(load.hangsOnState)),
      ("most_requests", .number(known(load.mostRequests))),
      ("most_offered", .number(known(load.mostOffered))),
      ("held_while_waiting", .flag(load.isHeldWhileWaiting)),
      ("steady_state", .flag(load.hasSteadyState)),
      (
        "classes",
        .list(
          load.classes.map {
            .object([
              ("class", .text($0.name)), ("request_rate", .number($0.requestRate)),
              ("mean_hold", .number($0.meanHold)), ("offered_load", .number($0.offeredLoad)),
              ("most_requests", .number(known($0.mostRequests))),
              ("most_offered", .number(known($0.mostOffered))),
            ])
          })
      ),
    ])
  }

  /// `nil` where nothing bounds it.
  private static func known(_ value: Double) -> Double? { value.isFinite ? value : nil }

  public func text(_ language: Language, width: Int) -> String {
    guard !loads.isEmpty else { return ReportPhrase.unknownLoads.text(language) }
    var table = TextTable(
      labelTitle: ReportPhrase.resource.text(language),
      columns: [
        (ReportPhrase.requests.text(language) + "/" + timeUnit, 0),
        (ReportPhrase.meanHold.text(language) + " (\(timeUnit))", 0),
        (ReportPhrase.offeredLoad.text(language), 0), (ReportPhrase.capacity.text(language), 0),
        (ReportPhrase.utilisation.text(language), 0),
      ])
    // The classes of a resource below it, where a model has several.
    let hasClasses = Set(loads.flatMap { $0.classes.map(\.name) }).count > 1
    for load in loads {
      table.rows.append(
        .cells(
          label: load.resource + (load.isHeldWhileWaiting ? " *" : ""), depth: 0,
          [
            Self.text(load.requestRate, load.mostRequests), load.meanHold.map(Self.text) ?? "-",
            Self.text(load.offeredLoad, load.mostOffered), load.capacity.map(Self.text) ?? "∞",
            Self.share(load.offeredLoad, load.mostOffered, of: load.capacity),
          ]))
      for part in hasClasses ? load.classes : [] {
        table.rows.append(
          .cells(
            label: part.name, depth: 1,
            [
              Self.text(part.requestRate, part.mostRequests), part.meanHold.map(Self.text) ?? "-",
              Self.text(part.offeredLoad, part.mostOffered), "",
              Self.share(part.offeredLoad, part.mostOffered, of: load.capacity),
            ]))
      }
    }
    var lines = table.lines(width: width)
    if loads.contains(where: \.isHeldWhileWaiting) {
      lines += ("* " + ReportPhrase.heldWhileWaiting.text(language)).wrapped(to: width)
    }
    if loads.contains(where: \.hangsOnState) {
      lines += ReportPhrase.hangsOnState.text(language).wrapped(to: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One number, or `from–to` where the run alone can tell; `?` where nothing is known before.
  private static func text(_ least: Double, _ most: Double) -> String {
    range(least, most, text)
  }

  private static func share(_ least: Double, _ most: Double, of capacity: Double?) -> String {
    guard let capacity, capacity > 0 else { return "-" }
    return range(least / capacity, most / capacity) { NumberText.text(100 * $0, decimals: 1) }
  }

  private static func range(
    _ least: Double, _ most: Double, _ text: (Double) -> String
  ) -> String {
    if most.isFinite { return least < most ? "\(text(least))–\(text(most))" : text(least) }
    return least > 0 ? "≥ \(text(least))" : "?"
  }

  private static func text(_ value: Double) -> String {
    NumberText.text(
      value, decimals: NumberText.decimals(mean: value, low: nil, high: nil))
  }
}
