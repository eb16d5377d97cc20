// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel

/// A policy that is in force, as its files state it.
struct PolicyInForce {
  let name: String
  let lever: any Lever.Type
  let settings: LeverSettings
  let section: ModelSection
  let start: CalendarDate
  /// Where a scenario or the command line has put it in force; `nil` where the model has.
  let switchedOn: SourcePlace?

  /// Rows of the institutions of a key; none where it has no such key.
  func rows(_ key: String) -> [Int] { settings.institutions[key] ?? [] }

  /// Where something about a key is told: where it was put in force, since without that it is no harm.
  func place(_ key: String) -> SourcePlace {
    switchedOn ?? section.placeOf(section.writtenKey(key))
  }

  /// `in scenario …`, where a scenario has put it in force.
  var inScenario: String {
    guard switchedOn != nil, let scenario = section.reading.document.scenario else { return "" }
    return " in scenario \(scenario)"
  }
}

extension PolicyInForce {
  /// Whether it shares records of an institution with any of others.
  fileprivate func sharesRecords(of lead: Int, with members: [Int]) -> Bool {
    let parties = rows("lead") + rows("members") + rows("institutions")
    guard parties.contains(lead), parties.contains(where: members.contains) else { return false }
    return switch lever {
    case is InformationPlatform.Type: InformationPlatform(settings).coverage > 0
    case is AllianceTerms.Type: AllianceTerms(settings).recordShare > 0
    default: false
    }
  }
}

/// What policies in force ask of each other, which no one of them shows.
struct PoliciesTogether {
  let institutions: [Institution]
  private var policies: [PolicyInForce] = []

  init(institutions: [Institution]) { self.institutions = institutions }

  /// Takes up a policy; what it may not share with those before it is a fault.
  mutating func add(_ policy: PolicyInForce) {
    _ = policies.contains { $0.lever == policy.lever && shares(policy, with: $0) }
    policies.append(policy)
  }

  // MARK: - Faults

  /// Two policies of one kind cannot share a member, since the flow asks an institution for the one
  /// it is in, nor a lead, but for experts, who may be sent on several terms and from several leads.
  private func shares(_ policy: PolicyInForce, with other: PolicyInForce) -> Bool {
    let lever = policy.lever.schema.name
    // Each kind of exam may have a centre of its own, and each group of residents a contract.
    let mayShare = [
      SharedExamCentre.schema.name, FamilyDoctorContract.schema.name, TwoDiseaseClinic.schema.name,
    ].contains(lever)
    if !mayShare && !(policy.lever is any SendsExperts.Type) {
      let isLeadShared = !policy.rows("lead").isEmpty && policy.rows("lead") == other.rows("lead")
      // The posts of an institution are of one policy, or each would fill them all.
      let key = lever == StaffPosts.schema.name ? "institutions" : "members"
      let shared = policy.rows(key).filter(other.rows(key).contains)
      if isLeadShared || !shared.isEmpty {
        let whom = (isLeadShared ? ["its lead"] : []) + (shared.isEmpty ? [] : [inWords(shared)])
        fault(
          policy, other, key: shared.isEmpty ? "lead" : key, whom.joined(separator: " and "),
          "keep each institution in one policy of \(lever)")
        return true
      }
    }
    // Whose care is paid from which account must be plain.
    let schemes = policy.settings.schemes["schemes"] ?? []
    if lever == GlobalBudget.schema.name,
      schemes.contains(where: (other.settings.schemes["schemes"] ?? []).contains)
    {
      fault(policy, other, key: "schemes", "a scheme", "keep each in one policy of \(lever)")
      return true
    }
    return false
  }

  private func fault(
    _ policy: PolicyInForce, _ other: PolicyInForce, key: String, _ what: String, _ remedy: String
  ) {
    let scenario = policy.inScenario.isEmpty ? other.inScenario : policy.inScenario
    let place = policy.switchedOn ?? other.switchedOn ?? policy.place(key)
    let whose = policy.switchedOn == nil && other.switchedOn != nil ? "\(policy.name) " : ""
    policy.section.reading.faults.record(
      place,
      "\(whose)shares \(what) with \(other.name)"
        + (scenario.isEmpty ? "" : ", and both are in force\(scenario)"), remedy)
  }

  /// Up to three names, or how many there are.
  private func inWords(_ rows: [Int]) -> String {
    rows.count > 3
      ? "\(rows.count) members" : rows.map { institutions[$0].name }.joined(separator: ", ")
  }

  // MARK: - Warnings

  /// Says of policies in force what they cannot do for want of another one, or of time.
  ///
  /// - Parameters:
  ///   - start: the day of time 0.
  ///   - end: of the run; zero where none is stated.
  func warn(start: CalendarDate, end: SimulationTime) {
    let late = policies.filter { end > .zero && $0.start.time(from: start) >= end }
    for policy in late {
      let last = CalendarDate(at: end - TimeSpan(microseconds: 1), from: start)
      warn(
        policy, "start", "starts on \(policy.start), and the run ends with \(last)",
        "it never acts\(policy.inScenario)")
    }
    let acting = policies.filter { end == .zero || $0.start.time(from: start) < end }
    for policy in acting {
      warnOfPlanned(policy, among: acting)
      warnOfRecords(policy, among: acting)
      warnOfBeds(policy, among: acting)
    }
  }

  private func warnOfPlanned(_ policy: PolicyInForce, among policies: [PolicyInForce]) {
    guard policy.lever != NewInstitutions.self else { return }
    let opened = Set(
      policies.filter { $0.lever == NewInstitutions.self }.flatMap { $0.rows("institutions") })
    for key in ["members", "institutions"] {
      let closed = policy.rows(key).filter {
        institutions[$0].isPlanned && !opened.contains($0)
      }
      if closed.isEmpty { continue }
      warn(
        policy, key,
        "names \(inWords(closed)), which \(closed.count == 1 ? "is" : "are") planned and not open",
        "no policy of new-institutions in force opens \(closed.count == 1 ? "it" : "them")"
          + policy.inScenario)
    }
  }

  private func warnOfRecords(_ policy: PolicyInForce, among policies: [PolicyInForce]) {
    guard policy.lever == TwoWayReferral.self, let lead = policy.rows("lead").first else { return }
    let keys = ["follow-up-share", "booking-gain"].filter {
      policy.settings.numbers[$0] ?? 0 > 0
    }
    guard let first = keys.first,
      !policies.contains(where: { $0.sharesRecords(of: lead, with: policy.rows("members")) })
    else { return }
    warn(
      policy, first,
      "has \(keys.joined(separator: " and ")), and \(institutions[lead].name) shares no records "
        + "with a member",
      "without an information-platform, or records made one, that does nothing\(policy.inScenario)")
  }

  private func warnOfBeds(_ policy: PolicyInForce, among policies: [PolicyInForce]) {
    guard policy.lever == StepDown.self else { return }
    let members = policy.rows("members")
    let isGiven = policies.contains { other in
      guard other.rows("institutions").contains(where: members.contains) else { return false }
      return switch other.lever {
      case is Beds.Type: Beds(other.settings).change.recoveryBeds > 0
      case is StandardisedCentres.Type:
        StandardisedCentres(other.settings).standard.recoveryBeds > 0
      default: false
      }
    }
    guard !isGiven, !members.contains(where: { institutions[$0].recoveryBeds > 0 }) else { return }
    warn(
      policy, "members", "has no member with recovery beds",
      "nobody can be moved\(policy.inScenario)")
  }

  private func warn(_ policy: PolicyInForce, _ key: String, _ problem: String, _ rest: String) {
    policy.section.reading.faults.warn(policy.place(key), problem, rest)
  }
}
