// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import OutputAnalysis

/// What decides how often each point is replicated, where that is not a number given beforehand.
public enum StoppingRule: Hashable, Sendable {
  case precision(PrecisionRule)
  case selection(SelectionRule)
  case search(SearchRule)

  /// As the results file keeps it: all on which the order of replications hangs. How many there may be
  /// at most is left out, because a longer run goes on where a shorter one ended.
  var text: String {
    switch self {
    case .precision(let rule):
      JSONValue.object([
        ("precision", .list(rule.requests.map(Self.json))), ("minimum", .integer(rule.minimum)),
      ]).description
    case .selection(let rule):
      JSONValue.object(
        [
          ("select", .text(rule.series.description)), ("best", .text(rule.best.rawValue)),
          ("method", .text(rule.method.rawValue)), ("first", .integer(rule.firstStage)),
        ] + (rule.method == .kimNelson ? Self.guarantee(rule) : Self.budget(rule))
      ).description
    case .search(let rule): Self.json(rule).description
    }
  }

  private static func json(_ rule: SearchRule) -> JSONValue {
    .object([
      ("seek", .text(rule.aim.description)), ("best", .text(rule.best.rawValue)),
      ("targets", .list(rule.targets.map { .text($0.description) })),
      ("first", .integer(rule.replications)), ("budget", .integer(rule.budget)),
      ("confidence", .number(rule.confidence)),
    ])
  }

  private static func json(_ request: PrecisionRequest) -> JSONValue {
    let width: (String, JSONValue) =
      switch request.target.halfWidth {
      case .relative(let share): ("relative", .number(share))
      case .absolute(let width): ("absolute", .number(width))
      }
    let series = MeasureSeries(measure: request.measure, member: request.member)
    return .object([("measure", .text(series.description)), width])
  }

  private static func guarantee(_ rule: SelectionRule) -> [(String, JSONValue)] {
    [("difference", .number(rule.difference)), ("confidence", .number(rule.confidence))]
  }

  private static func budget(_ rule: SelectionRule) -> [(String, JSONValue)] {
    [("budget", rule.budget.map { .integer($0) } ?? .null)]
  }

  /// Reads ``text`` again; the most replications are then not known. `nil` for anything else.
  init?(text: String) {
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else {
      return nil
    }
    if let targets = stored.precision {
      let requests = targets.compactMap(\.request)
      guard requests.count == targets.count else { return nil }
      let minimum = stored.minimum ?? PrecisionRule.defaultMinimum
      self = .precision(PrecisionRule(requests: requests, minimum: minimum, maximum: .max))
    } else if let seek = stored.seek {
      let targets = (stored.targets ?? []).compactMap { SearchTarget($0) }
      guard let aim = SearchAim(seek), let first = stored.first, let budget = stored.budget,
        let best = stored.best.flatMap({ BestMean(rawValue: $0) }),
        targets.count == stored.targets?.count
      else { return nil }
      self = .search(
        SearchRule(
          aim: aim, best: best, targets: targets, replications: first, budget: budget,
          confidence: stored.confidence ?? 0.95))
    } else {
      guard let series = stored.select.flatMap({ MeasureSeries($0) }),
        let best = stored.best.flatMap({ BestMean(rawValue: $0) }),
        let method = stored.method.flatMap({ SelectionRule.Method(rawValue: $0) }),
        let first = stored.first
      else { return nil }
      self = .selection(
        SelectionRule(
          series: series, best: best, method: method, difference: stored.difference,
          confidence: stored.confidence ?? 0.95, budget: stored.budget, firstStage: first))
    }
  }

  /// The most replications there may be: of each point to a precision, of all points together in a
  /// selection by KN++; `nil` for no limit. The budgets of OCBA and of a search are part of their
  /// ``text``.
  var most: Int? {
    switch self {
    case .precision(let rule): rule.maximum
    case .selection(let rule): rule.method == .kimNelson ? rule.budget : nil
    case .search: nil
    }
  }

  /// The rule of a file that goes on, and how many replications of each point it asks for at first.
  ///
  /// - Parameter most: The limit that the file was last run under; see ``most``.
  func goingOn(most: Int?) -> (rule: StoppingRule, least: Int) {
    switch self {
    case .precision(var rule):
      rule.maximum = max(rule.minimum, most ?? PrecisionRule.defaultMaximum)
      return (.precision(rule), rule.minimum)
    case .selection(var rule):
      if rule.method == .kimNelson { rule.budget = most }
      return (.selection(rule), rule.firstStage)
    case .search(let rule): return (self, rule.replications)
    }
  }

  private struct Stored: Decodable {
    struct Target: Decodable {
      var measure: String
      var relative: Double?
      var absolute: Double?

      var request: PrecisionRequest? {
        guard let series = MeasureSeries(measure), let width = relative ?? absolute, width > 0
        else { return nil }
        return PrecisionRequest(
          measure: series.measure, member: series.member,
          target: PrecisionTarget(relative == nil ? .absolute(width) : .relative(width)))
      }
    }

    var precision: [Target]?
    var minimum: Int?
    var select: String?
    var seek: String?
    var targets: [String]?
    var best: String?
    var method: String?
    var first: Int?
    var difference: Double?
    var confidence: Double?
    var budget: Int?
  }
}

extension StoppingRule: CustomStringConvertible {
  /// In a few words, for messages.
  public var description: String {
    switch self {
    case .precision(let rule):
      "a precision (\(rule.requests.map(\.description).joined(separator: ", ")))"
    case .selection(let rule):
      "a selection (\(rule.best.rawValue) \(rule.series), \(rule.method.rawValue))"
    case .search(let rule): "a search (\(rule.best.rawValue) \(rule.aim))"
    }
  }
}

extension ResultsHeader {
  static let stoppingKey = "stopping-rule"
  /// Of the run that last went on with the file; not part of the design.
  static let mostKey = "most-replications"

  /// What decided the number of replications; `nil` where it was given.
  public var stopping: StoppingRule? {
    provenance[Self.stoppingKey].flatMap { StoppingRule(text: $0) }
  }

  /// The most replications that the run which last went on with the file was to make: of each point to a
  /// precision, of all together in a selection; `nil` where there is no limit.
  public var mostReplications: Int? { provenance[Self.mostKey].flatMap { Int($0) } }
}
