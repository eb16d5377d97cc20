// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// What a region may state of prices beyond its tiers: titles, retail pharmacies, ages and incomes
/// that move.
extension RegionReader {
  /// The table `titles`, a row for each title of a tier; without it nobody tells titles apart.
  func readTitles(_ tiers: ByTier<TierProfile>) -> TitleNest {
    var titles = TitleNest()
    guard let table = model.tableIfPresent("titles") else {
      if model.has("title-scale") {
        model.fault(
          "title-scale", "is stated without titles", "add the table titles, or leave it out")
        _ = model.numberIfPresent("title-scale")
      }
      return titles
    }
    let nestScale = model.number("nest-scale", in: 0.01...1)
    titles.scale = model.number("title-scale", in: 0.01...1)
    if titles.scale > nestScale {
      model.fault(
        "title-scale", "is more than nest-scale",
        "write at most \(plainNumber(nestScale)): titles of one hospital are more alike than hospitals"
      )
    }
    var seen: Set<[String]> = []
    for row in table.rows {
      let before = faults.count
      let tierName = row.text("tier", oneOf: Self.hospitalTiers)
      let name = row.text("title", oneOf: Title.allCases.map(\.name))
      var traits = TitleTraits()
      traits.share = row.number("share", .share, in: 0...1)
      traits.qualityGain = row.number("quality_gain", in: 0...1)
      traits.fee = row.number("fee_yuan", .yuan, in: 0...10_000)
      guard faults.count == before, let tier = Tier(named: tierName),
        let title = Title.allCases.first(where: { $0.name == name })
      else { continue }
      if !seen.insert([tierName, name]).inserted {
        row.fault("title", "is the second \(name) of \(tierName)", "keep one of them")
      }
      titles[tier, title] = traits
    }
    for name in Self.hospitalTiers where seen.contains(where: { $0[0] == name }) {
      let sum = Title.allCases.reduce(0) { $0 + titles[Tier(named: name)!, $1].share }
      if abs(sum - 1) > 0.001 {
        table.fault("shares of \(name) sum to \(plainNumber(sum))", "let them sum to 1")
      }
    }
    return titles
  }

  static let hospitalTiers = Tier.allCases.filter { !$0.isPrimary }.map(\.name)

  /// The section `retail-pharmacy`; without it refills are had at institutions alone.
  func readPharmacy() -> RetailPharmacy {
    var pharmacy = RetailPharmacy()
    guard let section = model.sectionIfPresent("retail-pharmacy") else { return pharmacy }
    pharmacy.share = section.number("share", .share, in: 0...0.999)
    pharmacy.bill = section.number("bill", .yuan, in: 0...20_000)
    return pharmacy
  }

  /// Ages, income and income groups, where a model states them.
  func readTrends() -> Trends {
    var trends = Trends()
    if let ageing = model.sectionIfPresent("ageing") {
      trends.ageGrowth = ageGroups.map { ageing.number($0, .perYear, in: -0.9...10) }
    }
    trends.incomeGrowth = model.numberIfPresent("income-growth", .perYear, in: -0.9...10) ?? 0
    let groups = model.sectionsIfPresent("income-groups")
    for (name, section) in groups {
      trends.incomeGroups.append(name)
      trends.incomeShares.append(section.number("share", .share, in: 0...1))
      trends.incomeWeights.append(section.number("money-weight", in: 0...100))
    }
    guard !groups.isEmpty else { return trends }
    if groups.count > 16 { model.fault("income-groups", "are \(groups.count)", "keep 16 at most") }
    let sum = trends.incomeShares.reduce(0, +)
    if abs(sum - 1) > 0.001 {
      model.fault(
        "income-groups", "have shares that sum to \(plainNumber(sum))", "let them sum to 1")
    }
    let mean = zip(trends.incomeShares, trends.incomeWeights).reduce(0) { $0 + $1.0 * $1.1 }
    if abs(mean - 1) > 0.005 {
      model.fault(
        "income-groups", "have money weights of mean \(plainNumber(mean))",
        "let the mean over the shares be 1, so that money weighs the same in all")
    }
    return trends
  }
}
