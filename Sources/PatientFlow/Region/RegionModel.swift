// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// A compiled region: immutable, and shared by all its replications.
package final class RegionModel: Sendable {
  /// With the residents who are simulated.
  package let towns: [Town]
  package let sample: PopulationSample
  package let villages: [Village]
  package let institutions: [Institution]
  package let tiers: ByTier<TierProfile>
  package let travel: TravelRule
  package let population: PopulationPlan
  package let needs: [Need]
  package let severity: SeverityScale
  package let demand: DemandCalendar
  package let constants: TierConstants
  package let choice: ChoiceParameters
  package let care: CareParameters
  package let payment: PaymentParameters
  package let alliances: [Alliance]
  package let specialties: [Specialty]
  package let plan: InsurancePlan
  package let titles: TitleNest
  package let pharmacy: RetailPharmacy
  package let trends: Trends
  /// Profile of each need in the calendar.
  let needProfiles: [Int]
  /// The policies in force, in the order of their starts.
  package let policies: [Policy]
  package let program: PathwayProgram
  /// Number of the pathway of a visit in the program.
  package let visitPathway: UInt16

  package let choiceSets: ChoiceSets
  /// Minutes by ambulance from each village (row) to each institution (column).
  let emergencyMinutes: [Float]
  /// Minutes from each village to each institution by the usual means.
  let travelMinutes: [Float]

  /// - Parameter towns: with all their residents.
  package init(
    towns: [Town], villages: [Village], institutions: [Institution], tiers: ByTier<TierProfile>,
    travel: TravelRule, population: PopulationPlan, needs: [Need], severity: SeverityScale,
    demand: DemandCalendar, constants: TierConstants, choice: ChoiceParameters,
    care: CareParameters, plan: InsurancePlan,
    titles: TitleNest = TitleNest(), pharmacy: RetailPharmacy = RetailPharmacy(),
    trends: Trends = Trends(),
    policies: [Policy], program: PathwayProgram, visitPathway: UInt16,
    payment: PaymentParameters = PaymentParameters(), alliances: [Alliance] = [],
    specialties: [Specialty] = [], sample: PopulationSample = .whole
  ) {
    self.towns = sample.towns(towns)
    self.sample = sample
    self.villages = villages
    self.institutions = institutions
    self.tiers = tiers
    self.travel = travel
    self.population = population
    self.needs = needs
    self.severity = severity
    var demand = demand
    needProfiles = needs.map { need in
      let profile = DemandCalendar.profile(season: need.season, isEmergency: need.isEmergency)
      guard trends.movesAges else { return profile }
      return demand.addProfile(like: profile) { day in
        trends.needFactor(need.relativeRates, shares: population.ageShares, day: day)
      }
    }
    self.demand = demand
    self.titles = titles
    self.pharmacy = pharmacy
    self.trends = trends
    self.constants = constants
    var choice = choice
    (choice.fullGap, choice.usualGap) = RegionModel.qualityGaps(tiers)
    self.choice = choice
    self.care = care
    self.payment = payment
    self.alliances = alliances
    self.specialties = specialties
    self.plan = plan
    self.policies = policies.enumerated()
      .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
    self.program = program
    self.visitPathway = visitPathway
    var emergency: [Float] = []
    var usual: [Float] = []
    for village in villages {
      for institution in institutions {
        emergency.append(
          Float(travel.emergencyMinutes(from: village.position, to: institution.position)))
        usual.append(Float(travel.minutes(from: village.position, to: institution.position)))
      }
    }
    emergencyMinutes = emergency
    travelMinutes = usual
    choiceSets = ChoiceSets(
      villages: villages, institutions: institutions, minutes: usual, travel: choice.travel)
  }

  /// What people choose among when these institutions are open.
  func choiceSets(open isOpen: [Bool]) -> ChoiceSets {
    ChoiceSets(
      villages: villages, institutions: institutions, minutes: travelMinutes,
      travel: choice.travel, isOpen: isOpen)
  }

  /// Of those who are simulated.
  package var residentCount: Int { towns.reduce(0) { $0 + $1.population } }

  /// Perceived quality of the best tier less that of the lowest, and less that of the best primary
  /// one, at the base.
  private static func qualityGaps(
    _ tiers: ByTier<TierProfile>
  ) -> (full: Double, usual: Double) {
    let quality = { (tier: Tier) in 0.5 * (tiers[tier].quality + tiers[tier].trust) }
    let best = Tier.allCases.map(quality).max()!
    return (
      max(1e-9, best - Tier.allCases.map(quality).min()!),
      best - Tier.allCases.filter(\.isPrimary).map(quality).max()!
    )
  }

  package func travelMinutes(village: UInt16, to institution: Int) -> Float {
    travelMinutes[Int(village) * institutions.count + institution]
  }

  /// Hours of travel that the population saves on average by the nearest member instead of the lead.
  func meanHoursSaved(from lead: Int, to members: [Int]) -> Double {
    var saved = 0.0
    for (row, village) in villages.enumerated() {
      let top = travelMinutes(village: UInt16(row), to: lead)
      let below = members.map { travelMinutes(village: UInt16(row), to: $0) }.min() ?? top
      let people = Double(towns[village.town].population) * village.share
      saved += people * Double(top - below) / 60
    }
    return saved / Double(residentCount)
  }
}
