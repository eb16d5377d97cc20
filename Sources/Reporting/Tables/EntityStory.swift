// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// What happened to one entity, told line by line.
public struct EntityStory: EventLog {
  private let title: Phrase
  private let timeUnit: String
  private let language: Language
  /// Microseconds since time 0.
  private var arrival: Int64?
  private var waited: Int64 = 0

  public init(_ trace: NetworkTrace, _ language: Language) {
    title = Phrase(
      ": scenario \(trace.scenario), replication \(trace.replication)",
      "：方案 \(trace.scenario)，第 \(trace.replication) 次重复")
    timeUnit = trace.network.timeUnit
    self.language = language
  }

  public func begin() -> String { "" }

  public mutating func add(_ event: TracedEvent) -> String {
    var result = ""
    if arrival == nil {
      arrival = event.microseconds
      result = event.caseName + title.text(language) + "\n"
    }
    return result + "\(clock(event))  \(sentence(event))\n"
  }

  public func end() -> String { "" }

  private func say(_ english: String, _ chinese: String) -> String {
    language == .english ? english : chinese
  }

  private mutating func sentence(_ event: TracedEvent) -> String {
    let resource = event.resource
    let span = Self.duration(event.value, language)
    switch event.kind {
    case .arrive:
      return say(
        "arrives, class \(event.className), and takes the pathway \(event.pathway)",
        "到达，类别 \(event.className)，进入路径 \(event.pathway)")
    case .request:
      return say("asks for \(resource)", "申请 \(resource)")
    case .start:
      waited += event.value
      guard event.value > 0 else { return say("gets \(resource) at once", "立即得到 \(resource)") }
      return say("gets \(resource) after waiting \(span)", "等待 \(span)后得到 \(resource)")
    case .refused:
      return say(
        "is turned down at \(resource): the waiting room is full", "\(resource) 候诊区已满，被拒")
    case .renege:
      waited += event.value
      return say(
        "gives up waiting for \(resource) after \(span)", "等待 \(span)后放弃 \(resource)")
    case .delay:
      return say("\(event.name) begins, to last \(span)", "\(event.name) 开始，需 \(span)")
    case .end: return say("\(event.name) is over", "\(event.name) 结束")
    case .interrupted:
      return say(
        "loses \(resource) for now, with \(span) still to go", "\(resource) 被中断，尚余 \(span)")
    case .resume: return say("has \(resource) again and goes on", "重新得到 \(resource)，继续")
    case .release: return say("gives back \(resource)", "释放 \(resource)")
    case .transfer:
      return say("has been transferred and gives back \(resource)", "完成转移，释放 \(resource)")
    case .branch:
      return say("goes on at step \(event.name)", "转到步骤 \(event.name)")
    case .assignClass:
      return say("is of class \(event.name) from now on", "类别改为 \(event.name)")
    case .assignPriority:
      return say("has priority \(event.value + 1) from now on", "优先级改为 \(event.value + 1)")
    case .step:
      let words = Self.words(event.name).map { say($0.0, $0.1) } ?? event.name
      return say("\(stepName(event)): \(words)", "\(stepName(event))：\(words)")
    case .leave: return leaving(event)
    }
  }

  /// What an entity does at a step without a resource or a delay of its own.
  private static func words(_ step: String) -> (String, String)? {
    switch step {
    case "branch": ("goes where the first condition holds", "按首个成立的条件前进")
    case "assign": ("has an attribute set", "设定属性")
    case "wait": ("waits for a condition or an hour, unless it is there", "等待条件或时刻")
    case "repeat": ("goes back, or on when that is enough", "返回重复，或继续")
    case "spawn": ("starts others on a pathway", "派生其他个体")
    case "join": ("waits until those it started have left", "等待所派生者全部离开")
    case "continue": ("goes on along another pathway", "转入另一路径")
    case "refer": ("is referred, and goes on along another pathway", "转诊，进入另一路径")
    case "seize": ("asks for several resources", "申请多项资源")
    default: nil
    }
  }

  private func leaving(_ event: TracedEvent) -> String {
    let stay = Self.duration(event.microseconds - (arrival ?? 0), language)
    let wait = Self.duration(waited, language)
    return say(
      "leaves: \(event.name); here for \(stay), \(wait) of it waiting",
      "离开：\(event.name)；共停留 \(stay)，其中等待 \(wait)")
  }

  private func stepName(_ event: TracedEvent) -> String {
    Int(event.step) == nil ? event.step : say("step \(event.step)", "步骤 \(event.step)")
  }

  /// The day and hour where the run has a calendar, else the model's time.
  private func clock(_ event: TracedEvent) -> String {
    if let dateTime = event.dateTime {
      return String(dateTime.replacing("T", with: " ").prefix(19))
    }
    let value = String(format: "%.3f", event.time)
    return String(repeating: " ", count: max(0, 12 - value.count)) + "\(value) \(timeUnit)"
  }

  /// A span as people say it, in two units at most.
  package static func duration(_ microseconds: Int64, _ language: Language) -> String {
    let seconds = Double(microseconds) / 1e6
    func unit(_ english: String, _ chinese: String) -> String {
      language == .english ? english : chinese
    }
    func two(_ value: Double, _ small: Double, _ big: String, _ less: String) -> String {
      let whole = Int((value / small).rounded())
      let ratio = Int((small == 60 ? 3600 : 86_400) / small)
      let (high, low) = (whole / ratio, whole % ratio)
      return low == 0 ? "\(high) \(big)" : "\(high) \(big) \(low) \(less)"
    }
    let minute = unit("min", "分钟")
    let hour = unit("h", "小时")
    switch seconds {
    case ..<0.9995: return "\(NumberText.text(seconds, decimals: 3)) \(unit("s", "秒"))"
    case ..<59.95: return "\(NumberText.text(seconds, decimals: 1)) \(unit("s", "秒"))"
    case ..<3597: return "\(NumberText.text(seconds / 60, decimals: 1)) \(minute)"
    case ..<86_370: return two(seconds, 60, hour, minute)
    default: return two(seconds, 3600, unit("d", "天"), hour)
    }
  }
}
