// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// What each key of a lever allows, and the lever could not do: it would be ignored in silence.
extension ModelSection {
  /// Who may lead, and to whom experts may go.
  func checkParties(
    _ settings: LeverSettings, of lever: any Lever.Type, _ institutions: [Institution]
  ) {
    for key in lever.schema.keys {
      guard case .institution = key.kind, let row = settings.institutions[key.name]?.first else {
        continue
      }
      let lead = institutions[row]
      if lead.role != .general {
        fault(
          writtenKey(key.name),
          "names \(lead.name), which is \(lead.role.rawValue) and has no clinic",
          "name one whose role is general")
      } else if lead.isPlanned {
        fault(
          writtenKey(key.name), "names \(lead.name), which is planned and not open",
          "name one that is open as it is")
      }
    }
    if lever is any SendsExperts.Type { checkReceivers(settings, institutions) }
    if [StepDown.schema.name, TwoWayReferral.schema.name].contains(lever.schema.name) {
      checkTiers(settings, institutions)
    }
  }

  private func checkReceivers(_ settings: LeverSettings, _ institutions: [Institution]) {
    for row in settings.institutions["members"] ?? [] {
      let member = institutions[row]
      guard member.role != .general || member.isExternal else { continue }
      fault(
        writtenKey("members"),
        "names \(member.name), "
          + (member.isExternal
            ? "an external place, whose clinic is not simulated"
            : "which is \(member.role.rawValue) and has no clinic for an expert"),
        has("members") ? "leave it out" : "list lead and members without it")
    }
  }

  /// Down is to the same level at most; a place to recover in may be of any.
  private func checkTiers(_ settings: LeverSettings, _ institutions: [Institution]) {
    guard let row = settings.institutions["lead"]?.first else { return }
    let lead = institutions[row]
    for row in settings.institutions["members"] ?? [] {
      let member = institutions[row]
      guard member.role == .general, member.tier.rawValue > lead.tier.rawValue,
        !(member.tier.isPrimary && lead.tier.isPrimary)
      else { continue }
      fault(
        writtenKey("members"),
        "names \(member.name), of a higher tier (\(member.tier.name)) than the lead, "
          + "\(lead.name) (\(lead.tier.name))", "leave it out")
    }
  }

  /// Amounts that cannot be there, and keys that another one makes void.
  func checkEffect(
    _ settings: LeverSettings, of lever: any Lever.Type, _ institutions: [Institution],
    _ needs: [Need]
  ) {
    if lever is any SendsExperts.Type { checkExperts(settings) }
    switch lever {
    case is Beds.Type:
      checkPlaces(Beds(settings).change, settings, institutions)
    case is StandardisedCentres.Type:
      checkPlaces(StandardisedCentres(settings).standard, settings, institutions)
    case is ExamEquipment.Type:
      let rooms = SiteCapacity(examRooms: ExamEquipment(settings).rooms)
      checkPlaces(rooms, settings, institutions)
    case is Gatekeeping.Type where settings.choices["rule"] == "strict":
      if let cut = settings.numbers["rate-cut"], cut != 0 {
        fault(
          "rate-cut", "is \(plainNumber(cut)), and the rule is strict",
          "write 0, or rule: penalty")
      }
    case is TwoWayReferral.Type: checkReferral(settings, institutions)
    case is AllianceTerms.Type: checkAlliance(settings)
    case is FamilyDoctorContract.Type:
      check(["team-minutes", "team-minutes-per-day", "team-gain"], need: "team-lead")
      check(["team-lead"], need: "team-minutes-per-day")
    case is EmergencyCentre.Type: checkEmergencies(settings, needs)
    case is StepDown.Type: checkRecovery(settings, institutions)
    case is TrainingLeave.Type: warnOfLeave(settings, institutions)
    default: break
    }
  }

  /// Some levers may name an alliance in place of their parties.
  func writtenKey(_ key: String) -> String {
    has(key) ? key : ["alliance", "alliances"].first(where: has) ?? key
  }

  /// Keys that do nothing while another one is not there.
  private func check(_ keys: [String], need other: String) {
    for key in keys where has(key) && !has(other) {
      fault(key, "does nothing without \(other)", "add \(other), or leave it out")
    }
  }

  // MARK: - Capacity

  /// Whether each institution can have what a lever gives it.
  private func checkPlaces(
    _ change: SiteCapacity, _ settings: LeverSettings, _ institutions: [Institution]
  ) {
    guard change != SiteCapacity() else { return }
    for row in settings.institutions["institutions"] ?? [] {
      let place = institutions[row]
      if place.isExternal {
        fault(
          "institutions", "names \(place.name), an external place, whose capacity is not simulated",
          "leave it out")
      } else if place.role != .general {
        if change.doctors != 0 || change.examRooms != 0 || change.acuteBeds != 0 {
          fault(
            "institutions",
            "names \(place.name), which is \(place.role.rawValue), where patients only recover",
            "leave it out, or give it recovery beds alone")
        }
      } else if place.tier == .village {
        // What the table of institutions gives it may grow.
        var lacks: [String] = []
        if change.examRooms != 0, place.examRooms == 0 { lacks.append("exam rooms") }
        if change.acuteBeds != 0, place.acuteBeds == 0 { lacks.append("acute beds") }
        if change.recoveryBeds != 0, place.recoveryBeds == 0 { lacks.append("recovery beds") }
        if !lacks.isEmpty {
          fault(
            "institutions",
            "names \(place.name), a village's clinic without \(lacks.joined(separator: " or "))",
            "leave it out: it can be given none")
        }
      }
    }
  }

  private func checkEmergencies(_ settings: LeverSettings, _ needs: [Need]) {
    let emergencies = needs.filter(\.isEmergency).map(\.name)
    for (item, row) in (settings.needs["needs"] ?? []).enumerated() where !needs[row].isEmergency {
      reading.faults.record(
        placeOf("needs", item: item), "names \(needs[row].name), which is no emergency",
        emergencies.isEmpty
          ? "the region has none" : "the emergencies are \(emergencies.joined(separator: ", "))")
    }
  }

  /// Leave that the plan asks for and that nobody can take.
  private func warnOfLeave(_ settings: LeverSettings, _ institutions: [Institution]) {
    let policy = TrainingLeave(settings)
    let away = policy.doctorsPerYear * Double(policy.leave) / 365.25
    let short = policy.institutions.filter {
      away > Double(max(0, institutions[$0].doctorsOnWeekdays - 1))
    }
    guard
      let least = short.min(by: {
        institutions[$0].doctorsOnWeekdays < institutions[$1].doctorsOnWeekdays
      })
    else { return }
    let place = institutions[least]
    warn(
      "doctors-per-year",
      "keeps \(hundredths(away)) doctors away at a time, and \(place.name) has "
        + "\(place.doctorsOnWeekdays)"
        + (short.count > 1 ? ", like \(short.count - 1) more with too few" : ""),
      "the last doctor of a place is never sent")
  }

  // MARK: - Experts

  private func checkExperts(_ settings: LeverSettings) {
    check(
      [
        "money-response", "allowance", "promotion", "promotion-response", "willingness-floor",
        "adjustment",
      ], need: "willingness-base")
    let most = ExpertPosting.weekdaysPerMonth
    let limit = "an expert every weekday is \(hundredths(most)) a month"
    if let days = settings.numbers["days-per-month"] {
      let kept = settings.numbers["compliance"] ?? 1
      if days * kept > most {
        fault(
          "days-per-month",
          "is \(plainNumber(days))\(kept < 1 ? ", of which \(plainNumber(kept)) happen" : ""), and "
            + limit, "write \(hundredths(most / kept)) at most")
      }
    }
    if let doctors = settings.numbers["doctors"], let days = settings.numbers["days-per-year"] {
      let filed = settings.flags["filing"] == true ? settings.number("filing-share") : 1
      let members = Double(max(1, settings.institutions["members"]?.count ?? 1))
      let perDoctor = filed * days / 12 / members
      if doctors * perDoctor > most {
        fault(
          "doctors",
          "is \(plainNumber(doctors)), which makes \(hundredths(doctors * perDoctor)) days a month "
            + "at each member, and \(limit)",
          "write \(plainNumber((most / perDoctor).rounded(.down))) at most")
      }
    }
  }

  /// A number in whole hundredths, none more than it is.
  private func hundredths(_ value: Double) -> String {
    plainNumber((100 * value).rounded(.down) / 100)
  }

  // MARK: - Referral and alliances

  /// Recovery beds there must be, or policies must be able to add some.
  private func checkRecovery(_ settings: LeverSettings, _ institutions: [Institution]) {
    let members = (settings.institutions["members"] ?? []).map { institutions[$0] }
    let canHave = members.contains {
      $0.recoveryBeds > 0 || $0.tier != .village && !$0.isExternal
    }
    guard !members.isEmpty, !canHave else { return }
    fault(
      writtenKey("members"), "names nobody with recovery beds, nor anybody who could be given any",
      "name a centre, or an institution with recovery_beds")
  }

  private func checkReferral(_ settings: LeverSettings, _ institutions: [Institution]) {
    if let words = settings.words["green-channel"], words.contains("none"), words.count > 1 {
      fault("green-channel", "has none beside other words", "keep none alone, or leave it out")
    }
    let kept = (settings.numbers["reserved-beds"] ?? 0).rounded()
    guard kept > 0, let row = settings.institutions["lead"]?.first else { return }
    let lead = institutions[row]
    if lead.isExternal || lead.acuteBeds == 0 {
      fault(
        "reserved-beds",
        "is \(plainNumber(kept)), and \(lead.name) "
          + (lead.isExternal ? "is an external place" : "has no acute beds"),
        "write 0")
    } else if kept >= Double(lead.acuteBeds) {
      fault(
        "reserved-beds",
        "is \(plainNumber(kept)), and \(lead.name) has \(lead.acuteBeds) acute beds",
        "write \(lead.acuteBeds - 1) at most")
    }
  }

  /// A share of 0 may stand for a scenario that makes more one; so may not another.
  private func checkAlliance(_ settings: LeverSettings) {
    check(["join-response", "join-subsidy", "join-cost"], need: "join-share")
    let shares: [(String, AllianceTerms.Part)] = [
      ("earnings-share", .money), ("assigned-share", .staff), ("stock-share", .purchasing),
      ("record-share", .records),
    ]
    let unified = settings.words["unified"] ?? []
    for (key, part) in shares where unified.contains(part.rawValue) && !has(key) {
      fault(
        "unified", "has \(part.rawValue), which does nothing without \(key)",
        "add \(key), or leave \(part.rawValue) out")
    }
    for (key, part) in shares where !unified.contains(part.rawValue) {
      guard let share = settings.numbers[key], share != 0 else { continue }
      fault(
        key, "is \(plainNumber(share)), and \(part.rawValue) is not in unified",
        "add \(part.rawValue) to unified, or write 0")
    }
  }
}
