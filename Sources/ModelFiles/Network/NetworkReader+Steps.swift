// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

extension NetworkReader {
  /// What a step may do; each step does one of them.
  package static let verbs = [
    "seize", "delay", "release", "branch", "assign", "wait", "repeat", "spawn", "join", "return",
    "transfer", "refer", "continue", "leave",
  ]
  /// Stands for the step below, where a step's name is asked for.
  static let below = "next"

  mutating func readPathways() {
    guard let entry = model.required("pathways", example: "…"),
      let pathways = model.subsection(entry)
    else { return }
    for name in pathways.keys {
      places.pathways[name] = pathways.placeOf(name)
      var reading = PathwayReading(name: name)
      let before = faults.count
      var numbers: [Int] = []
      for (place, step) in pathways.items(name).enumerated() {
        read(step, into: &reading)
        numbers += Array(repeating: place + 1, count: reading.steps.count - numbers.count)
      }
      description.stepNumbers[name] = numbers
      if faults.count > before { places.brokenPathways.insert(name) }
      places.steps[name] = reading.places
      checkOutcomes(of: reading)
      builder.addPathway(name, steps: reading.steps)
      description.pathways.append((name, reading.steps))
    }
    for reason in leaveReasons {
      builder.addLeaveReason(reason.name, outcome: reason.outcome)
    }
  }

  /// A pathway as it is read.
  struct PathwayReading {
    var name: String
    var steps: [StepDescription] = []
    var places: [SourcePlace] = []
    /// The resource seized last: durations spelt out at a step are called after it.
    var lastSeized: String?
    /// Steps that waits are broken off to, and why.
    var brokenOff: [(label: String, outcome: LeaveOutcome)] = []
    /// Labels of leaves that do not say what they come to.
    var unsaid: [String: SourcePlace] = [:]
  }

  private mutating func read(_ step: ModelSection, into pathway: inout PathwayReading) {
    let label = step.textIfPresent("name")
    var next = step.textIfPresent("next")
    if next == Self.below { next = nil }
    // Decisions are what a region's people and doctors take; a network has none.
    let known = decisions.isEmpty ? Self.verbs : Self.verbs + ["decide"]
    let verbs = known.filter(step.keys.contains)
    guard verbs.count == 1 else {
      let allowed = ["name", "next", "outcome"]
      let unknown = step.keys.first { !known.contains($0) && !allowed.contains($0) }
      step.state.asked.formUnion(step.keys)
      if let unknown, verbs.isEmpty {
        step.fault(
          unknown, "is not a step", remedy(for: unknown, among: known, kind: "step"))
      } else {
        step.fault(
          verbs.isEmpty ? "does nothing" : "does \(verbs.count) things at once",
          "write one of \(known.joined(separator: ", "))")
      }
      return
    }
    let actions = actions(verbs[0], of: step, label: label, in: &pathway)
    for (index, action) in actions.enumerated() {
      var description = StepDescription(
        label: index == 0 ? label : nil, action, next: index == actions.count - 1 ? next : nil)
      description.belongsAbove = index > 0 && verbs[0] == "seize"
      pathway.steps.append(description)
      pathway.places.append(step.placeOf(verbs[0]))
    }
  }

  private mutating func actions(
    _ verb: String, of step: ModelSection, label: String?, in pathway: inout PathwayReading
  ) -> [StepDescription.Action] {
    switch verb {
    case "seize":
      if case .mapping? = step.node[verb]?.content {
        let section = step.section(verb)
        let balk = balk(section, in: &pathway).map { [$0] } ?? []
        if ["all", "any", "keep-free"].contains(where: section.has) {
          return balk + (several(section, in: &pathway).map { [$0] } ?? [])
        }
        guard let request = request(verb, "resource", in: step, of: &pathway) else { return [] }
        pathway.lastSeized = request.role
        return balk + [.seize(request)]
      }
      guard let request = request(verb, "resource", in: step, of: &pathway) else { return [] }
      pathway.lastSeized = request.role
      return [.seize(request)]
    case "delay":
      let name = "\(pathway.name).\(label ?? pathway.lastSeized ?? "delay")"
      return rule(verb, in: step, inlineName: name).map { [.delay(rule: $0)] } ?? []
    case "release": return [.release(role: step.text(verb))]
    case "branch":
      if case .list? = step.node[verb]?.content { return [cases(step)] }
      let exits = step.section(verb)
      return [exits.has("by") ? classes(exits) : branch(step)]
    case "decide": return [decide(step)]
    case "assign": return assign(step)
    case "transfer": return transfer(step, in: &pathway)
    case "wait": return wait(step, in: &pathway).map { [$0] } ?? []
    case "repeat": return repetition(step).map { [$0] } ?? []
    case "spawn": return spawn(step, label: label, in: pathway).map { [$0] } ?? []
    case "return": return comeBack(step, label: label, in: pathway).map { [$0] } ?? []
    case "join":
      _ = step.text(verb, oneOf: ["all"])
      return [.join]
    case "refer": return [.proceed(pathway: step.text(verb), isReferral: true)]
    case "continue": return [.proceed(pathway: step.text(verb), isReferral: false)]
    default: return [leave(step, label: label, in: &pathway)]
    }
  }

  /// `seize: doctor`, or `seize: {resource: doctor, units: 2, priority: urgent,
  /// renege: {after: 30 min, to: STEP}, if-full: STEP}`.
  private mutating func request(
    _ verb: String, _ key: String, in step: ModelSection, of pathway: inout PathwayReading
  ) -> StepDescription.Request? {
    if case .scalar? = step.node[verb]?.content { return .init(step.text(verb)) }
    let section = step.section(verb)
    guard !section.isMissing else { return nil }
    var request = StepDescription.Request(section.text(key))
    request.units = section.integerIfPresent("units", in: 1...65_535) ?? 1
    request.priority = priorityIfPresent("priority", in: section)
    if let label = section.textIfPresent("if-full") {
      request.refused = label
      pathway.brokenOff.append((label, .lost))
    }
    request.patience = patience(in: section, of: request.role, &pathway)
    return request
  }

  /// `branch: {exam: 30 %, otherwise: pharmacy}`; `next` is the step below.
  private func branch(_ step: ModelSection) -> StepDescription.Action {
    let exits = step.section("branch")
    return .branch(
      exits.keys.map { key in
        if key == "otherwise" { return .init(nil, to: target(exits.text(key))) }
        return exit(key, of: exits, to: target(key))
      })
  }

  /// `decide: outcome` with `exits: {home: STEP, admitted: next}`.
  private func decide(_ step: ModelSection) -> StepDescription.Action {
    let exits = step.section("exits")
    return .decide(
      decision: step.text("decide"),
      exits: exits.keys.map { key in
        let label = exits.text(key)
        return .init(key, to: label == Self.below ? nil : label)
      })
  }

  /// `transfer: {to: ward-bed, from: emergency-bed, delay: 20 min}`: keeps the old one until the
  /// new one is there and the way is done.
  private mutating func transfer(
    _ step: ModelSection, in pathway: inout PathwayReading
  ) -> [StepDescription.Action] {
    let section = step.section("transfer")
    guard !section.isMissing, var request = request("transfer", "to", in: step, of: &pathway)
    else { return [] }
    let old = section.text("from")
    var delay: String?
    if section.has("delay") {
      delay = rule("delay", in: section, inlineName: "\(pathway.name).\(old)-to-\(request.role)")
    }
    // A region's patient is transferred to another place, a network's within its only one.
    request.isAtDestination = !decisions.isEmpty
    pathway.lastSeized = request.role
    return [.transfer(to: request, from: old, delay: delay)]
  }

  // MARK: - Leaving

  static let outcomes: [(word: String, outcome: LeaveOutcome)] = [
    ("completed", .completed), ("reneged", .reneged), ("lost", .lost),
  ]

  /// `leave: home`, with `outcome: reneged` or `lost` for those who did not get what they came for.
  private mutating func leave(
    _ step: ModelSection, label: String?, in pathway: inout PathwayReading
  ) -> StepDescription.Action {
    let reason = step.text("leave")
    let word = step.textIfPresent("outcome", oneOf: Self.outcomes.map(\.word))
    let outcome = Self.outcomes.first { $0.word == word }?.outcome
    if outcome == nil, let label { pathway.unsaid[label] = step.placeOf("leave") }
    if let known = leaveReasons.firstIndex(where: { $0.name == reason }) {
      if let outcome, leaveReasons[known].isSaid, leaveReasons[known].outcome != outcome {
        step.fault(
          "outcome", "differs from an earlier leave: \(reason)", "give one of them another name")
      }
      if let outcome { leaveReasons[known] = .init(name: reason, outcome: outcome, isSaid: true) }
    } else {
      leaveReasons.append(
        .init(name: reason, outcome: outcome ?? .completed, isSaid: outcome != nil))
    }
    return .leave(reason: reason)
  }

  /// Who breaks off a wait and leaves at once: whether that counts as completed must be said.
  private func checkOutcomes(of pathway: PathwayReading) {
    var unsaid = pathway.unsaid
    for (label, outcome) in pathway.brokenOff {
      guard let place = unsaid.removeValue(forKey: label) else { continue }
      let word = Self.outcomes.first { $0.outcome == outcome }?.word ?? ""
      faults.record(
        place, "does not say what leaving here comes to",
        "add outcome: \(word), or outcome: completed")
    }
  }
}

/// A reason for leaving, declared where it is first used.
struct LeaveReason {
  var name: String
  var outcome: LeaveOutcome
  /// Whether some leave said the outcome.
  var isSaid: Bool
}
