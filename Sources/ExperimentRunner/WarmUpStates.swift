// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import OutputAnalysis

/// The slow states of a region at the end of each year of its warm-up, and whether they still moved
/// from the last year but one to the last.
public struct WarmUpStates: Sendable {
  /// The change from year to year that does not matter, as a share of the state.
  public static let share = 0.01

  /// One state of one point of the design.
  public struct State: Sendable {
    public var point: Int
    public var scenario: String
    public var measure: String
    /// Empty but for the years.
    public var dimension: String
    /// Of that dimension, such as a tier.
    public var member: String
    /// Mean over replications at the end of each year; `nil` where none has a value.
    public var means: [Double?]
    /// From the last year but one to the last; `nil` with one year, or one replication.
    public var drift: StateDrift?

    /// Whether it is what it was a year before, in every replication.
    public var isUnmoved: Bool { drift.map { $0.change.low == 0 && $0.change.high == 0 } ?? false }
  }

  /// Years of the warm-up.
  public let years: Int
  /// Point by point, in the order in which runs write them.
  public let states: [State]

  public var drifting: [State] { states.filter { $0.drift?.verdict == .drifting } }

  /// Gathers the rows of replications, in any order.
  struct Collector {
    private struct Name: Hashable {
      var point: Int
      var measure: String
      var dimension: String
      var member: String
    }
    private var order: [Name] = []
    /// By year, then replication.
    private var values: [Name: [Int: [Int: Double]]] = [:]
    private var years = 0

    /// Takes a row up if it is one of the warm-up's.
    mutating func add(_ row: Observation, point: Int, replication: Int) {
      var dimensions = row.dimension.split(separator: "+").map(String.init)
      var members = row.member.split(separator: "+").map(String.init)
      // In alphabetical order the year stands last.
      guard dimensions.last == "year", let year = members.last.flatMap({ Int($0) }) else { return }
      dimensions.removeLast()
      members.removeLast()
      let name = Name(
        point: point, measure: row.measure, dimension: dimensions.joined(separator: "+"),
        member: members.joined(separator: "+"))
      if values[name] == nil { order.append(name) }
      values[name, default: [:]][year, default: [:]][replication] = row.value
      years = max(years, year)
    }

    func states(scenarios: [Int: String]) -> WarmUpStates {
      let states = order.sorted { $0.point < $1.point }.map { name in
        let byYear = values[name]!
        func mean(_ year: Int) -> Double? {
          let values = (byYear[year] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
          return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        return State(
          point: name.point, scenario: scenarios[name.point] ?? "", measure: name.measure,
          dimension: name.dimension, member: name.member, means: (1...years).map(mean),
          drift: drift(from: byYear[years - 1] ?? [:], to: byYear[years] ?? [:]))
      }
      return WarmUpStates(years: years, states: states)
    }

    private func drift(from earlier: [Int: Double], to later: [Int: Double]) -> StateDrift? {
      let replications = Set(earlier.keys).intersection(later.keys).sorted()
      return StateDrift(
        from: replications.map { earlier[$0] }, to: replications.map { later[$0] },
        share: WarmUpStates.share)
    }
  }
}

extension ResultsFile {
  /// The slow states that the file holds; no years where it is of a network, or its warm-up is
  /// shorter than a year.
  public func warmUpStates() throws -> WarmUpStates {
    var collector = WarmUpStates.Collector()
    try faults(at: path) {
      try database.read { db in
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT o.point_id, o.replication, s.measure, s.dimension, s.member, o.value
            FROM series s JOIN observed_value o ON o.series_id = s.series_id
            WHERE s.dimension IN ('year', 'tier+year') ORDER BY s.series_id, 1, 2
            """)
        while let row = try rows.next() {
          collector.add(
            Observation(measure: row[2], dimension: row[3], member: row[4], value: row[5]),
            point: row[0], replication: row[1])
        }
      }
    }
    return collector.states(
      scenarios: Dictionary(uniqueKeysWithValues: header.points.map { ($0.id, $0.scenario) }))
  }
}
