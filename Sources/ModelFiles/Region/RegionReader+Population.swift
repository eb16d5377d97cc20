// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  func readSettlements() -> (towns: [Town], villages: [Village]) {
    let townTable = model.table("towns")
    let towns = townTable.rows.map { row in
      _ = row.textIfPresent("name_zh")
      return Town(
        name: row.key, population: row.integer("population", in: 1...50_000_000),
        position: position(row))
    }
    if towns.count > 255 {
      townTable.fault("has \(towns.count) towns", "255 are the most a region can have")
    }
    let names = towns.map(\.name)
    var shares = [Double](repeating: 0, count: towns.count)
    var villages: [Village] = []
    var hasStrays = false
    let villageTable = model.table("villages")
    for row in villageTable.rows {
      let name = row.text("town")
      guard let town = names.firstIndex(of: name) else {
        row.fault(
          "town", "\(name.quotedBriefly) is not a town",
          remedy(for: name, among: names, kind: "town"))
        hasStrays = true
        continue
      }
      let share = row.number("share", .share, in: 0...1)
      shares[town] += share
      villages.append(Village(name: row.key, town: town, share: share, position: position(row)))
    }
    if villages.count > 60_000 {
      villageTable.fault("has \(villages.count) villages", "60,000 are the most")
    }
    for (town, share) in shares.enumerated() where !hasStrays && abs(share - 1) > 0.001 {
      villageTable.fault(
        "shares of the villages of \(names[town]) sum to \(plainNumber(share))",
        "let them sum to 1")
    }
    return (towns, villages)
  }

  func position(_ row: ModelRow) -> Position {
    Position(
      latitude: row.number("latitude_deg", .degrees, in: -90...90),
      longitude: row.number("longitude_deg", .degrees, in: -180...180))
  }

  func readTravel() -> TravelRule {
    let travel = model.section("travel-times")
    let speed = 0.5...200.0
    return TravelRule(
      roadFactor: travel.number("road-factor", in: 1...5),
      roadSpeed: travel.number("road-speed", .kilometresPerHour, in: speed),
      roadAccess: travel.number("road-access", .minutes, in: 0...240),
      trunkAfter: travel.number("trunk-after", .kilometres, in: 0...10_000),
      trunkFactor: travel.number("trunk-factor", in: 1...5),
      trunkSpeed: travel.number("trunk-speed", .kilometresPerHour, in: speed),
      walkingSpeed: travel.number("walking-speed", .kilometresPerHour, in: 0.5...10),
      emergencyFactor: travel.number("emergency-factor", in: 1...10))
  }

  /// The columns of a table by age group: a prefix and the group's name, such as `rate_0_14`.
  func ageColumn(_ prefix: String, _ group: String) -> String {
    prefix + "_" + group.map { $0 == "-" ? "_" : $0 == "+" ? "" : String($0) }.joined()
      + (group.hasSuffix("+") ? "_up" : "")
  }

  var ageGroups: [String] { model.table("age-groups").keys }

  func readPopulation() -> PopulationPlan {
    let ages = model.table("age-groups")
    let shares = ages.rows.map { $0.number("share", .share, in: 0...1) }
    if abs(shares.reduce(0, +) - 1) > 0.001 {
      ages.fault("shares sum to \(plainNumber(shares.reduce(0, +)))", "let them sum to 1")
    }
    let schemes = model.section("schemes")
    let schemeShares = schemes.keys.map { schemes.number($0, .share, in: 0...1) }
    if abs(schemeShares.reduce(0, +) - 1) > 0.001 {
      schemes.fault("shares sum to \(plainNumber(schemeShares.reduce(0, +)))", "let them sum to 1")
    }
    if schemes.keys.count > 64 {
      schemes.fault("has \(schemes.keys.count) schemes", "64 are the most")
    }
    return PopulationPlan(
      ageGroups: ages.keys, ageShares: shares,
      femaleShares: ages.rows.map { $0.number("female_share", .share, in: 0...1) },
      schemes: schemes.keys, schemeShares: schemeShares, chronic: readChronic(),
      contractShare: model.number("contract-share", .share, in: 0...1))
  }

  private func readChronic() -> [ChronicCondition] {
    let table = model.table("chronic")
    if table.rows.first?.key != "hypertension" {
      table.fault(
        "does not begin with hypertension", "list it first: complications hang on its control")
    }
    if table.rows.count > 8 { table.fault("has more than 8 conditions", "keep 8") }
    return table.rows.map { row in
      let prevalence = ageGroups.map {
        row.number(ageColumn("prevalence", $0), .share, in: 0...1)
      }
      let treated = ageGroups.map { row.number(ageColumn("treated", $0), .share, in: 0...1) }
      for (age, group) in ageGroups.enumerated() where treated[age] > prevalence[age] {
        row.fault(
          ageColumn("treated", group), "is more than the prevalence",
          "the treated are part of those who have it")
      }
      return ChronicCondition(
        name: row.key, prevalence: prevalence, treated: treated,
        controlled: row.number("controlled_share", .share, in: 0...1))
    }
  }
}
