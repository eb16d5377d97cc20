// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// What happened to one resident, told line by line.
public struct ResidentStory {
  private let trace: ResidentTrace
  private let language: Language
  private var day = Int64.min

  public init(_ trace: ResidentTrace, _ language: Language) {
    self.trace = trace
    self.language = language
  }

  public func begin() -> String {
    say(
      "\(trace.resident): scenario \(trace.scenario), replication \(trace.replication)\n",
      "\(trace.resident)：方案 \(trace.scenario)，第 \(trace.replication) 次重复\n")
  }

  /// A line, and one before it for the day if that is another.
  public mutating func add(_ event: ResidentEvent) -> String {
    var text = ""
    let microsecondsPerDay: Int64 = 86_400_000_000
    let (today, inDay) = event.microseconds.quotientAndRemainder(dividingBy: microsecondsPerDay)
    if today != day {
      day = today
      text = "\n" + title(of: today) + "\n"
    }
    return text + "  \(line(event, inDay: inDay))\n"
  }

  /// The hour, the place and what happened.
  func line(_ event: ResidentEvent, inDay: Int64) -> String {
    let minutes = inDay / 60_000_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let place = event.institution.isEmpty ? "" : "\(event.institution)  "
    return "\(two(minutes / 60)):\(two(minutes % 60))  \(place)\(sentence(event.kind))"
  }

  func title(of day: Int64) -> String {
    trace.date(ofDay: day) ?? say("day \(day)", "第 \(day) 天")
  }

  private func say(_ english: String, _ chinese: String) -> String {
    Phrase(english, chinese).text(language)
  }

  private func sentence(_ kind: ResidentEvent.Kind) -> String {
    func span(_ microseconds: Int64) -> String { EntityStory.duration(microseconds, language) }
    switch kind {
    case .setsOut(let need, let careClass, let contact, let isReferred):
      let reason =
        need.isEmpty
        ? say("a repeat of drugs", "续药")
        : "\(need) (\(Self.word(careClass).map { say(careClass, $0) } ?? careClass))"
      let referred = isReferred ? say(", referred", "，经转诊") : ""
      return say(
        "decides to come for \(reason), contact \(contact)\(referred)",
        "决定就诊：\(reason)，第 \(contact) 次接触\(referred)")
    case .begins(let step, let length):
      return say(
        "\(step): \(span(length))", "\(Self.word(step) ?? step)：\(span(length))")
    case .waits(let role):
      return say("waits for \(role)", "等待\(Self.word(role) ?? role)")
    case .gets(let role, let length):
      return say(
        "gets \(role) after \(span(length))", "\(span(length))后得到\(Self.word(role) ?? role)")
    case .givesUp(let role, let length):
      return say(
        "gives up waiting for \(role) after \(span(length))",
        "等待\(Self.word(role) ?? role) \(span(length))后放弃")
    case .leaves: return say("is over", "结束")
    case .fundPays(let fen):
      let amount = NumberText.text(Double(fen) / 100, decimals: 2)
      return say("the fund pays CNY \(amount)", "医保基金支付 \(amount) 元")
    case .treated(let condition, true):
      return say("\(condition) is found, and treated", "确诊并开始治疗：\(condition)")
    case .treated(let condition, false):
      return say("\(condition) is treated no longer", "停止治疗：\(condition)")
    case .controlled(let condition, true):
      return say("\(condition) comes under control", "\(condition) 得到控制")
    case .controlled(let condition, false):
      return say("\(condition) is under control no longer", "\(condition) 失去控制")
    case .contract(true): return say("signs with a family doctor", "签约家庭医生")
    case .contract(false):
      return say("is signed with a family doctor no longer", "家庭医生签约终止")
    }
  }

  /// What a region's pathways call it, in Chinese.
  private static func word(_ name: String) -> String? {
    switch name {
    case "journey": "从决定到到达"
    case "registration": "挂号"
    case "first-consult": "首次看诊"
    case "exam": "检查"
    case "exam-transport": "标本或影像转送"
    case "exam-reading": "阅片"
    case "second-consult": "持结果复看"
    case "remote-consult": "远程会诊"
    case "bed-notice": "办理入院"
    case "acute-stay": "急性期住院"
    case "recovery-stay": "康复期住院"
    case "transfer-journey": "转院途中"
    case "doctor": "医生"
    case "exam-room": "检查室"
    case "acute-bed": "急性期床位"
    case "recovery-bed": "康复床位"
    case "outpatient": "门诊"
    case "admission": "住院"
    case "refill": "续药"
    default: nil
    }
  }
}
