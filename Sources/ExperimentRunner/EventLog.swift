// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The log of a traced run as text: events go in, in order, and pieces of text come out.
public protocol EventLog {
  /// What stands before the first event.
  mutating func begin() -> String
  mutating func add(_ event: TracedEvent) -> String
  /// What stands after the last event.
  mutating func end() -> String
}

/// A line for each event.
public struct CSVEventLog: EventLog {
  private let unit: Double
  private let timeUnit: String
  private let isDated: Bool

  public init(_ trace: NetworkTrace) {
    unit = trace.microsecondsPerUnit
    timeUnit = trace.network.timeUnit
    isDated = trace.start != nil
  }

  public func begin() -> String {
    let unit =
      switch timeUnit {
      case "s": "seconds"
      case "min": "minutes"
      case "h": "hours"
      case "d": "days"
      default: "weeks"
      }
    let dateTime = isDated ? "date_time," : ""
    return "case,class,time_\(unit),\(dateTime)event,step,pathway,resource,detail\n"
  }

  public func add(_ event: TracedEvent) -> String {
    var cells = [event.caseName, event.className, "\(event.time)"]
    if let dateTime = event.dateTime { cells.append(dateTime) }
    cells += [event.word, event.step, event.pathway, event.resource, event.detail(unit)]
    return cells.map(CSVFile.quoted).joined(separator: ",") + "\n"
  }

  public func end() -> String { "" }
}

/// A list of objects, one a line.
public struct JSONEventLog: EventLog {
  private let unit: Double
  private var isFirst = true

  public init(_ trace: NetworkTrace) { unit = trace.microsecondsPerUnit }

  public func begin() -> String { "[" }

  public mutating func add(_ event: TracedEvent) -> String {
    var members: [(String, JSONValue)] = [
      ("case", .text(event.caseName)), ("class", .text(event.className)),
      ("time", .number(event.time)),
    ]
    if let dateTime = event.dateTime { members.append(("date_time", .text(dateTime))) }
    members += [
      ("event", .text(event.word)), ("step", .text(event.step)),
      ("pathway", .text(event.pathway)), ("resource", .text(event.resource)),
      ("detail", .text(event.detail(unit))),
    ]
    defer { isFirst = false }
    return (isFirst ? "\n  " : ",\n  ") + JSONValue.object(members).description
  }

  public func end() -> String { "\n]\n" }
}

extension TracedEvent {
  /// What a kind of event adds, as `name=value`; spans in the model's time unit.
  fileprivate func detail(_ unit: Double) -> String {
    func span(_ name: String) -> String { "\(name)=\(Double(value) / unit)" }
    switch kind {
    case .start, .renege: return span("waited")
    case .delay: return "duration=\(name) " + span("length")
    case .end: return "duration=\(name)"
    case .interrupted: return span("remaining")
    case .branch: return "to=\(name)"
    case .assignClass: return "class=\(name)"
    case .assignPriority: return "priority=\(value + 1)"
    case .step: return name
    case .leave: return "reason=\(name) outcome=\(outcome)"
    case .arrive, .request, .refused, .resume, .release, .transfer: return ""
    }
  }
}
