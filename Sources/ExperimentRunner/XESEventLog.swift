// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import SimulationKernel

/// XES 1.0, the format of process mining: a trace for each entity, written when it has left, and at
/// the end of the run for those still there.
///
/// A use of a resource is an activity with the resource's name: schedule (asked for), start
/// (granted), suspend and resume (interrupted), complete (given back), withdraw (given up or turned
/// down). A delay is an activity with the name of its duration: start, complete. Branches and assignments are
/// no activities and stand in the CSV log alone.
///
/// Source: C. W. Günther, *XES Standard Definition 1.0*, Fluxicon, 2009; the lifecycle model
/// `standard`.
public struct XESEventLog: EventLog {
  private let title: String
  /// Time 0: the run's start, or else a Monday.
  private let start: CalendarDate
  private let isDated: Bool
  private var traces: [String: Trace] = [:]
  private var arrivals = 0

  private struct Trace {
    var number: Int
    var className: String
    var text = ""
    var present: Set<UInt32> = []
  }

  public init(_ trace: NetworkTrace) {
    title = "\(trace.scenario), replication \(trace.replication)"
    isDated = trace.start != nil
    start = trace.start ?? CalendarDate(year: 2001, month: 1, day: 1)!
  }

  public func begin() -> String {
    let names = [
      ("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Time", "time"),
      ("Organizational", "org"),
    ]
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">

      """
        + names.map { name, prefix in
          "  <extension name=\"\(name)\" prefix=\"\(prefix)\" "
            + "uri=\"http://www.xes-standard.org/\(prefix).xesext\"/>\n"
        }.joined() + """
            <global scope="trace">
              <string key="concept:name" value=""/>
            </global>
            <global scope="event">
              <string key="concept:name" value=""/>
              <string key="lifecycle:transition" value="complete"/>
              <date key="time:timestamp" value="\(start)T00:00:00.000+00:00"/>
            </global>
            <classifier name="Activity" keys="concept:name"/>
            <string key="concept:name" value="\(Self.escaped(title))"/>
            <string key="lifecycle:model" value="standard"/>
            <string key="time-zero" value="\(start)T00:00:00\(isDated ? "" : ", a Monday, made up")"/>

          """
  }

  public mutating func add(_ event: TracedEvent) -> String {
    let name = event.caseName
    if traces[name] == nil {
      arrivals += 1
      traces[name] = Trace(number: arrivals, className: event.className)
    }
    traces[name]!.present.insert(event.entity)
    traces[name]!.text += element(event)
    guard event.kind == .leave else { return "" }
    traces[name]!.present.remove(event.entity)
    // Those it has brought into the model may still be there.
    guard traces[name]!.present.isEmpty, let trace = traces.removeValue(forKey: name) else {
      return ""
    }
    return element(name, trace)
  }

  public mutating func end() -> String {
    let rest = traces.sorted { $0.value.number < $1.value.number }
    traces = [:]
    return rest.map { element($0.key, $0.value) }.joined() + "</log>\n"
  }

  private func element(_ name: String, _ trace: Trace) -> String {
    """
      <trace>
        <string key="concept:name" value="\(Self.escaped(name))"/>
        <string key="class" value="\(Self.escaped(trace.className))"/>
    \(trace.text)  </trace>

    """
  }

  private func element(_ event: TracedEvent) -> String {
    let activity: String
    let transition: String
    switch event.kind {
    case .branch, .assignClass, .assignPriority: return ""
    case .arrive: (activity, transition) = ("arrive", "complete")
    case .request: (activity, transition) = (event.resource, "schedule")
    case .start: (activity, transition) = (event.resource, "start")
    case .refused, .renege: (activity, transition) = (event.resource, "withdraw")
    case .interrupted: (activity, transition) = (event.resource, "suspend")
    case .resume: (activity, transition) = (event.resource, "resume")
    case .release, .transfer: (activity, transition) = (event.resource, "complete")
    case .delay: (activity, transition) = (event.name, "start")
    case .end: (activity, transition) = (event.name, "complete")
    case .step: (activity, transition) = (event.name, "complete")
    case .leave: (activity, transition) = ("leave: " + event.name, "complete")
    }
    // Time zones mean nothing in a model: the hour of the place stands as if at Greenwich.
    let stamp = TraceWords.dateTime(SimulationTime(microseconds: event.microseconds), start)
    var attributes = [
      ("string", "concept:name", activity.isEmpty ? event.word : activity),
      ("string", "lifecycle:transition", transition),
      ("date", "time:timestamp", stamp + "+00:00"),
    ]
    if !event.resource.isEmpty { attributes.append(("string", "org:resource", event.resource)) }
    attributes.append(("string", "event", event.word))
    attributes.append(("string", "pathway", event.pathway))
    if !event.step.isEmpty { attributes.append(("string", "step", event.step)) }
    return "    <event>\n"
      + attributes.map { type, key, value in
        "      <\(type) key=\"\(key)\" value=\"\(Self.escaped(value))\"/>\n"
      }.joined() + "    </event>\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
