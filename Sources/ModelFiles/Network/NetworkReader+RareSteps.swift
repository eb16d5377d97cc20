// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

/// Steps that hang on the state of the run, or concern several entities or resources.
extension NetworkReader {
  /// `branch: [{if: severity > 2, to: ward}, {otherwise: home}]`: the first that holds.
  func cases(_ step: ModelSection) -> StepDescription.Action {
    var isEnded = false
    let cases = step.items("branch").map { item -> StepDescription.Case in
      if isEnded { item.fault("stands below otherwise", "let otherwise be the last") }
      if item.has("otherwise") {
        isEnded = true
        return .init(nil, to: target(item.text("otherwise")))
      }
      return .init(item.text("if"), to: target(item.text("to")))
    }
    return .choose(cases)
  }

  /// `branch: {by: class, urgent: resuscitation, otherwise: waiting}`.
  func classes(_ exits: ModelSection) -> StepDescription.Action {
    _ = exits.text("by", oneOf: ["class"])
    var cases: [StepDescription.Case] = []
    for name in exits.keys where name != "by" && name != "otherwise" {
      if !description.classes.contains(name) {
        exits.fault(
          name, "\(name.quotedBriefly) is not a class",
          remedy(for: name, among: description.classes, kind: "class"))
      }
      cases.append(.init("class == \"\(name)\"", to: target(exits.text(name))))
    }
    if exits.has("otherwise") || cases.count < description.classes.count {
      cases.append(.init(nil, to: target(exits.text("otherwise"))))
    } else if let last = cases.indices.last {
      // Every class is named: who is of none of the others is of the last.
      cases[last].condition = nil
    }
    return .choose(cases)
  }

  /// The label that a name of a step means; `nil` is the step below.
  func target(_ label: String) -> String? { label == Self.below ? nil : label }

  /// `assign: {class: urgent, priority: urgent, severity: severity + 1}`.
  mutating func assign(_ step: ModelSection) -> [StepDescription.Action] {
    let section = step.section("assign")
    guard !section.isMissing else { return [] }
    var actions: [StepDescription.Action] = []
    if let name = section.textIfPresent("class") { actions.append(.assignClass(name)) }
    if let priority = priorityIfPresent("priority", in: section) {
      actions.append(.assignPriority(priority))
    }
    for name in section.keys where name != "class" && name != "priority" {
      guard description.attributes.contains(name) else {
        section.state.asked.insert(name)
        section.fault(
          name, "is not an attribute",
          remedy(
            for: name, among: description.attributes + ["class", "priority"],
            kind: "attribute"))
        continue
      }
      if let source = valueSource(name, in: section) {
        actions.append(.assign(attribute: name, source))
      }
    }
    if actions.isEmpty, !section.has("priority") {
      section.fault("assigns nothing", "add class: NAME, priority: … or ATTRIBUTE: …")
    }
    return actions
  }

  /// `wait: {until: ward.free > 0}`, `wait: {until: 08:00, days: Mon-Fri}`, `wait: {opening-of: lab}`,
  /// each with `renege: {after, to}` where a state is waited for.
  mutating func wait(
    _ step: ModelSection, in pathway: inout PathwayReading
  ) -> StepDescription.Action? {
    let section = step.section("wait")
    guard !section.isMissing else { return nil }
    if section.has("opening-of") {
      if section.has("until") { section.fault("until", "stands beside opening-of", "keep one") }
      return .wait(.init(.opening(role: section.text("opening-of"))))
    }
    let text = section.text("until")
    if let minute = WeeklyHours.minutes(text) {
      var days = Array(0...6)
      if let named = section.textIfPresent("days") {
        if let found = WeeklyHours.days(named) {
          days = found
        } else {
          section.fault(
            "days", "\(named.quotedBriefly) names no weekdays", "write Mon-Fri, Sat or daily")
        }
      }
      return .wait(.init(.clock(minuteOfDay: minute % 1440, days: days)))
    }
    return .wait(
      .init(.condition(text), patience: patience(in: section, of: "condition", &pathway)))
  }

  /// `renege: {after: 30 min, to: STEP}`.
  mutating func patience(
    in section: ModelSection, of what: String, _ pathway: inout PathwayReading
  ) -> StepDescription.Patience? {
    guard let renege = section.sectionIfPresent("renege"), !renege.isMissing else { return nil }
    let label = renege.text("to")
    pathway.brokenOff.append((label, .reneged))
    return rule("after", in: renege, inlineName: "\(pathway.name).\(what).patience").map {
      .init(rule: $0, otherwise: label)
    }
  }

  /// `repeat: {from: consult, at-most: 3, if: severity > 1, share: 30 %}`.
  func repetition(_ step: ModelSection) -> StepDescription.Action? {
    let section = step.section("repeat")
    guard !section.isMissing else { return nil }
    return .repeatFrom(
      .init(
        to: section.text("from"), atMost: section.integer("at-most", in: 1...1_000_000),
        condition: section.textIfPresent("if"),
        probability: section.numberIfPresent("share", .share, in: 0...1)))
  }

  /// `spawn: {pathway: lab, count: 2, after: 10 min, join: yes}`.
  mutating func spawn(
    _ step: ModelSection, label: String?, in pathway: PathwayReading
  ) -> StepDescription.Action? {
    let section = step.section("spawn")
    guard !section.isMissing else { return nil }
    var spawning = StepDescription.Spawning(
      section.text("pathway"), isJoined: section.flagIfPresent("join") ?? false)
    spawning.count = section.textIfPresent("count")
    if section.has("after") {
      spawning.after = rule(
        "after", in: section, inlineName: "\(pathway.name).\(label ?? spawning.pathway).after")
    }
    return .spawn(spawning)
  }

  /// `return: {pathway: follow-up, after: 14 d}`: the same patient comes again.
  mutating func comeBack(
    _ step: ModelSection, label: String?, in pathway: PathwayReading
  ) -> StepDescription.Action? {
    let section = step.section("return")
    guard !section.isMissing else { return nil }
    var spawning = StepDescription.Spawning(section.text("pathway"), isJoined: false)
    spawning.after = rule(
      "after", in: section, inlineName: "\(pathway.name).\(label ?? spawning.pathway).return")
    return .spawn(spawning)
  }

  /// `balk: {if: doctor.queue > 4, to: STEP}` or `balk: {share: 10 % or an expression, to: STEP}`,
  /// as a step of its own before the request.
  mutating func balk(
    _ section: ModelSection, in pathway: inout PathwayReading
  ) -> StepDescription.Action? {
    guard let balk = section.sectionIfPresent("balk"), !balk.isMissing else { return nil }
    let label = balk.text("to")
    pathway.brokenOff.append((label, .lost))
    if balk.has("if") {
      return .choose([.init(balk.text("if"), to: target(label)), .init(nil, to: nil)])
    }
    return .branch([exit("share", of: balk, to: target(label)), .init(nil, to: nil)])
  }

  /// An exit of a branch: a share, or an expression that gives it.
  func exit(
    _ key: String, of section: ModelSection, to label: String?
  ) -> StepDescription.BranchExit {
    if let text = section.node[key]?.text, !text.isEmpty, Quantity(text) == nil,
      Self.hasOperators(text) || Quantity.unknownUnit(in: text) == nil
    {
      return .init(computed: section.text(key), to: label)
    }
    return .init(section.number(key, .share, in: 0...1), to: label)
  }

  /// `seize: {all: {surgeon: 2, theatre: 1}}`, or a list; `seize: {any: [nurse, doctor], as: carer}`;
  /// `seize: {resource: bed, keep-free: 2}`.
  mutating func several(
    _ section: ModelSection, in pathway: inout PathwayReading
  ) -> StepDescription.Action? {
    let key = ["all", "any"].first(where: section.has) ?? "resource"
    var parts: [StepDescription.SeveralRequest.Part] = []
    if case .mapping? = section.node[key]?.content {
      let units = section.section(key)
      parts = units.keys.map { .init($0, units: units.integer($0, in: 1...65_535)) }
    } else {
      parts = section.texts(key).map { .init($0) }
    }
    guard !parts.isEmpty else { return nil }
    if key == "resource", let units = section.integerIfPresent("units", in: 1...65_535) {
      parts[0].units = units
    }
    if let kept = section.integerIfPresent("keep-free", in: 0...1_000_000) {
      for place in parts.indices { parts[place].keeping = kept }
    }
    if parts.count > 16 {
      section.fault(key, "names \(parts.count) resources", "16 are the most")
    }
    var request = StepDescription.SeveralRequest(parts)
    request.priority = priorityIfPresent("priority", in: section)
    if let label = section.textIfPresent("if-full") {
      request.refused = label
      pathway.brokenOff.append((label, .lost))
    }
    request.patience = patience(
      in: section, of: parts.map(\.role).joined(separator: "+"), &pathway)
    if key == "any" {
      let alias = section.text("as")
      if !alias.isEmpty { request.alias = alias }
      declareAlias(alias)
      pathway.lastSeized = alias
      return .seizeAny(request)
    }
    pathway.lastSeized = parts.last?.role
    return .seizeAll(request)
  }
  /// A word for the unit of whichever resource it was.
  private mutating func declareAlias(_ name: String) {
    let isResource = description.resources.contains { $0.name == name }
    if !name.isEmpty, !isResource, aliases.insert(name).inserted { builder.addRole(name) }
  }
}
