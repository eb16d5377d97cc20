// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  static let tierNames = Tier.allCases.map(\.name)
  /// Doctors of one place: less than half of what a run can count, since policies add to them.
  private static let doctors = 0...30_000

  /// The institutions of the table, then a clinic for each village.
  func readInstitutions(towns: [Town], villages: [Village]) -> [Institution] {
    let before = faults.count
    var institutions = model.table("institutions").rows.map { institution($0, towns: towns) }
    let rows = model.table("villages").rows
    for row in rows {
      let doctors = row.integer("clinic_doctors", in: 0...1000)
      guard doctors > 0, let village = villages.first(where: { $0.name == row.key }) else {
        continue
      }
      if institutions.contains(where: { $0.name == row.key }) {
        row.fault(
          "village", "is also the name of an institution",
          "give it another: the village's clinic is called after it")
        continue
      }
      institutions.append(
        Institution(
          name: row.key, tier: .village, town: village.town, position: village.position,
          doctorsOnWeekdays: doctors, doctorsAtWeekends: doctors,
          settles: row.has("clinic_settles") ? row.flag("clinic_settles") : true))
    }
    let table = model.table("institutions")
    if institutions.count > 60_000 {
      table.fault("and the villages make \(institutions.count) places", "60,000 are the most")
    }
    // A town or tier that is not there has been told already.
    for tier in Tier.allCases where faults.count == before {
      let some = institutions.filter { $0.tier == tier }
      if some.contains(where: { $0.town == nil }) && some.contains(where: { $0.town != nil }) {
        table.fault(
          "has \(tier.name) institutions inside and outside the region",
          "keep a tier wholly inside or wholly outside: shares in the region are told by tier")
      }
    }
    return institutions
  }

  private func institution(_ row: ModelRow, towns: [Town]) -> Institution {
    for column in ["name_en", "name_zh"] { _ = row.textIfPresent(column) }
    var town: Int?
    if let name = row.textIfPresent("town") {
      town = towns.firstIndex { $0.name == name }
      if town == nil {
        row.fault(
          "town", "\(name.quotedBriefly) is not a town",
          remedy(for: name, among: towns.map(\.name), kind: "town"))
      }
    }
    let isExternal = row.flag("external")
    let before = faults.count
    let weekday = row.integer("clinic_doctors_weekday", in: Self.doctors)
    // A number that could not be read is 0, and no second fault.
    let isWeekdayRead = faults.count == before
    let role =
      row.has("role")
      ? row.text("role", oneOf: Institution.Role.allCases.map(\.rawValue))
      : Institution.Role.general.rawValue
    let ownership =
      row.has("ownership")
      ? row.text("ownership", oneOf: Institution.Ownership.allCases.map(\.rawValue))
      : Institution.Ownership.public.rawValue
    var institution = Institution(
      name: row.key, tier: Tier(named: row.text("tier", oneOf: Self.tierNames)) ?? .village,
      town: town, position: position(row), doctorsOnWeekdays: weekday,
      doctorsAtWeekends: row.integer("clinic_doctors_weekend", in: Self.doctors),
      acuteBeds: row.integer("acute_beds", in: 0...1_000_000),
      recoveryBeds: row.integer("recovery_beds", in: 0...1_000_000),
      examRooms: row.integer("exam_rooms", in: 0...100_000), isExternal: isExternal,
      externalWaitMinutes: row.number("external_wait_minutes", .minutes, in: 0...10_000),
      externalBedWaitDays: row.number("external_bed_wait_days", .days, in: 0...1000),
      settles: row.has("settles") ? row.flag("settles") : true)
    institution.role = Institution.Role(rawValue: role) ?? .general
    institution.ownership = Institution.Ownership(rawValue: ownership) ?? .public
    institution.isPlanned = row.has("planned") && row.flag("planned")
    if institution.isPlanned && isExternal {
      row.fault("planned", "is yes of an external place", "plan institutions of the region alone")
    }
    check(institution, isWeekdayRead: isWeekdayRead, row)
    return institution
  }

  /// What an institution's role asks of it.
  private func check(_ institution: Institution, isWeekdayRead: Bool, _ row: ModelRow) {
    let doctors = max(institution.doctorsOnWeekdays, institution.doctorsAtWeekends)
    if institution.role == .general {
      if isWeekdayRead && !institution.isExternal && institution.doctorsOnWeekdays == 0 {
        row.fault("clinic_doctors_weekday", "is 0", "somebody must see patients on weekdays")
      }
    } else if doctors > 0 || institution.acuteBeds > 0 || institution.recoveryBeds == 0 {
      row.fault(
        "role", "is \(institution.role.rawValue), where patients only recover",
        "give it recovery_beds, and neither clinic doctors nor acute_beds")
    }
  }

  func readTiers() -> ByTier<TierProfile> {
    var profiles = ByTier(repeating: TierProfile())
    let table = model.table("tiers")
    expectRows(Self.tierNames, in: table, kind: "tier")
    for row in table.rows {
      guard let tier = Tier(named: row.key) else { continue }
      profiles[tier] = profile(row)
    }
    return profiles
  }

  private func profile(_ row: ModelRow) -> TierProfile {
    let share = 0...1.0
    let minutes = 0...100_000.0
    let yuan = 0...20_000.0
    let variation = 0...5.0
    var profile = TierProfile()
    profile.quality = row.number("quality", in: share)
    profile.trust = row.number("trust", in: share)
    profile.scope = row.number("scope", in: share)
    profile.opensHour = row.number("opens_hour", in: 0...24)
    profile.closesHour = row.number("closes_hour", in: 0...24)
    if profile.closesHour <= profile.opensHour {
      row.fault("closes_hour", "is not after opens_hour", "write a later hour of the same day")
    }
    profile.registrationMinutes = row.number("registration_minutes", .minutes, in: minutes)
    profile.consultMinutes = row.number("consult_minutes", .minutes, in: minutes)
    profile.consultVariation = row.number("consult_cv", in: variation)
    profile.secondConsultMinutes = row.number("second_consult_minutes", .minutes, in: minutes)
    profile.examProbability = row.number("exam_probability", .share, in: share)
    profile.examMinutes = row.number("exam_minutes", .minutes, in: minutes)
    profile.examVariation = row.number("exam_cv", in: variation)
    profile.visitBill = row.number("visit_bill_yuan", .yuan, in: yuan)
    profile.visitBillVariation = row.number("visit_bill_cv", in: variation)
    profile.examFee = row.number("exam_fee_yuan", .yuan, in: yuan)
    profile.visitDrugShare = row.number("visit_drug_share", .share, in: share)
    profile.stayDrugShare = row.number("stay_drug_share", .share, in: share)
    profile.stayExamShare = row.number("stay_exam_share", .share, in: share)
    if profile.stayDrugShare + profile.stayExamShare > 1 {
      row.fault(
        "stay_exam_share", "and stay_drug_share are more than the whole bill",
        "write shares that sum to at most 1")
    }
    profile.drugAvailability = row.number("drug_availability", .share, in: share)
    profile.acuteDays = row.number("acute_days", .days, in: 0...365)
    profile.acuteVariation = row.number("acute_cv", in: variation)
    profile.recoveryDays = row.number("recovery_days", .days, in: 0...365)
    profile.recoveryVariation = row.number("recovery_cv", in: variation)
    profile.acuteDayBill = row.number("acute_day_yuan", .yuan, in: yuan)
    profile.recoveryDayBill = row.number("recovery_day_yuan", .yuan, in: yuan)
    profile.slotsPerDoctorDay = row.number("slots_per_doctor_day", in: 0...1000)
    return profile
  }
}
