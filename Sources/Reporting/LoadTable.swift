// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// What the arrivals of a network ask of its resources, by the traffic equations alone.
public struct LoadTable {
  private let loads: [ResourceLoad]
  private let timeUnit: String

  /// The table of a network; `nil` when a pathway goes round without leaving, or there is nothing to
  /// show.
  public init?(_ network: NetworkReader.Network) {
    guard let loads = network.loads, !loads.isEmpty else { return nil }
    self.loads = loads
    timeUnit = network.timeUnit
  }

  /// The resources whose line grows as long as the run lasts.
  public var overloaded: [ResourceLoad] { loads.filter { !$0.hasSteadyState } }

  /// One sentence on a resource without a steady state.
  public static func warning(_ load: ResourceLoad) -> String {
    let capacity = load.capacity.map { NumberText.text($0, decimals: 2) } ?? ""
    return "has no steady state: the offered load is "
      + "\(NumberText.text(load.offeredLoad, decimals: 2)) units, the capacity \(capacity); "
      + "its line grows as long as the run lasts"
  }

  public var json: JSONValue {
    .list(
      loads.map { load in
        .object([
          ("resource", .text(load.resource)), ("request_rate", .number(load.requestRate)),
          ("mean_hold", .number(load.meanHold)), ("offered_load", .number(load.offeredLoad)),
          ("capacity", .number(load.capacity)), ("utilisation", .number(load.utilisation)),
          ("held_while_waiting", .flag(load.isHeldWhileWaiting)),
          ("steady_state", .flag(load.hasSteadyState)),
        ])
      })
  }

  public func text(_ language: Language, width: Int) -> String {
    var table = TextTable(
      labelTitle: ReportPhrases.resource.text(language),
      columns: [
        (ReportPhrases.requests.text(language) + "/" + timeUnit, 0),
        (ReportPhrases.meanHold.text(language) + " (\(timeUnit))", 0),
        (ReportPhrases.offeredLoad.text(language), 0), (ReportPhrases.capacity.text(language), 0),
        (ReportPhrases.utilisation.text(language), 0),
      ])
    for load in loads {
      table.rows.append(
        .cells(
          label: load.resource + (load.isHeldWhileWaiting ? " *" : ""), depth: 0,
          [
            Self.text(load.requestRate), load.meanHold.map(Self.text) ?? "-",
            Self.text(load.offeredLoad), load.capacity.map(Self.text) ?? "∞",
            load.utilisation.map { NumberText.text(100 * $0, decimals: 1) } ?? "-",
          ]))
    }
    var lines = table.lines(width: width)
    if loads.contains(where: \.isHeldWhileWaiting) {
      lines += ("* " + ReportPhrases.heldWhileWaiting.text(language)).wrapped(to: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ value: Double) -> String {
    NumberText.text(
      value, decimals: NumberText.decimals(mean: value, low: nil, high: nil))
  }
}
