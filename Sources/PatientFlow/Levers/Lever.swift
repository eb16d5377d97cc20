// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A kind of policy: one file each, listed in ``LeverCatalogue``.
///
/// A lever is data. When its policy starts it enters ``PoliciesInForce``, and from then on the flow
/// asks it at the places where it acts; what it does is a mechanism there, never an outcome.
package protocol Lever: Sendable {
  static var schema: LeverSchema { get }

  /// - Parameter settings: every key of the schema, checked.
  init(_ settings: LeverSettings)

  func start(_ policies: inout PoliciesInForce, _ model: RegionModel)
}

/// Every lever there is. A new one is a file of its own and a line here.
package enum LeverCatalogue {
  package static let all: [any Lever.Type] = [
    RotatingExperts.self, TwoWayReferral.self, TieredRates.self, DeductibleRule.self,
    BenefitTerms.self, OutpatientPooling.self, StationSettlement.self, ChronicDrugCover.self,
    CatalogueBreach.self, MajorIllness.self, OutOfAreaRules.self,
    PaymentRule.self, DIPPoints.self, GlobalBudget.self, PerformanceAssessment.self, PayRule.self,
    StepDown.self, ServiceFeeByTitle.self, DrugMarkUp.self, VolumePurchasing.self,
    ExamFees.self, LongPrescription.self, DrugParity.self, RetailPharmacyCover.self,
    TreatFirst.self, InformationPlatform.self,
    StandingHeads.self, MultiSitePractice.self, TouringSurgery.self, ExpertTeaching.self,
    AllianceTerms.self,
    StaffPosts.self, TrainingLeave.self, Beds.self, ExamEquipment.self, OpenedServices.self,
    StandardisedCentres.self, NewInstitutions.self, EmergencyCentre.self, Gatekeeping.self,
    FamilyDoctorContract.self, TwoDiseaseClinic.self, DrugSupply.self, ExamRecognition.self,
    SharedExamCentre.self, Telemedicine.self,
  ]

  package static func lever(named name: String) -> (any Lever.Type)? {
    all.first { $0.schema.name == name }
  }
}

/// A lever with its settings, and when it begins.
package struct Policy: Sendable {
  package var name: String
  package var lever: any Lever
  package var start: SimulationTime

  package init(name: String, lever: any Lever, start: SimulationTime) {
    self.name = name
    self.lever = lever
    self.start = start
  }
}

/// The policies that have begun in a run, where the flow looks for them.
package struct PoliciesInForce: Sendable {
  /// What insurance pays now.
  package var plan: InsurancePlan
  /// Prices of each institution now.
  package var prices: [SitePrices]
  /// What insurance does at each institution beside the rules of its tier, and at pharmacies.
  package var siteCovers: [SiteCover]
  package var pharmacyCover = SiteCover()
  package var breaches: [CatalogueBreach] = []
  /// How institutions are paid now.
  package var payment: PaymentTerms
  /// Flat fees of visits now.
  package var fees: FeeSchedule
  /// Share of chronic patients whose drugs are in stock now, by tier.
  package var drugStock: [Double]
  /// What is left of the minutes of registration, by tier.
  package var registration = [Double](repeating: 1, count: Tier.count)
  package var longPrescriptions: [LongPrescription] = []
  package var pharmacyCovers: [RetailPharmacyCover] = []
  package var experts: [ExpertPosting] = []
  package var alliances: [AllianceTerms] = []
  package var referrals: [TwoWayReferral] = []
  package var stepDowns: [StepDown] = []
  package var channels = GreenChannels()
  /// Acute beds kept for the referred, by institution; empty where none are.
  package var keptBeds: [Int] = []
  /// A recovery day's bill over that of the tier, by institution; empty where none differs.
  package var recoveryPrices: [Double] = []
  package var platforms: [InformationPlatform] = []
  /// What policies make of capacity, and those that move staff.
  package var capacity = CapacityTerms([])
  package var staff: [StaffPosts] = []
  package var trainings: [TrainingLeave] = []
  package var emergencyCentres: [EmergencyCentre] = []
  package var gatekeepers: [Gatekeeping] = []
  /// As ``drugStock``, of single institutions; empty while no policy is of single ones.
  package var siteStock: [Double] = []
  package var contracts: [FamilyDoctorContract] = []
  package var followUps: [FollowUpService] = []
  package var recognitions: [ExamRecognition] = []
  package var examCentres: [ExamCentre] = []
  package var desks: [ConsultDesk] = []
  /// What takes doctors out of clinics.
  package var duties: [DoctorDuty] = []
  /// What institutions can do beyond their tier and their skill.
  package var abilities: [SiteAbility]
  /// Scope added for single needs, institution × need; empty while there is none.
  package var needScope: [Double] = []
  /// Private members of an alliance that have not joined it.
  package var isOut: [Bool]
  /// The day on which the policy that is just starting begins.
  package var day = 0

  init(
    plan: InsurancePlan, institutions: Int, payment parameters: PaymentParameters = .init(),
    fees: FeeSchedule = FeeSchedule(),
    drugStock: [Double] = Array(repeating: 1, count: Tier.count)
  ) {
    self.plan = plan
    payment = PaymentTerms(
      institutions: institutions, schemes: plan.schemes, parameters)
    self.fees = fees
    self.drugStock = drugStock
    prices = Array(repeating: SitePrices(), count: institutions)
    siteCovers = Array(repeating: SiteCover(), count: institutions)
    abilities = Array(repeating: SiteAbility(), count: institutions)
    isOut = Array(repeating: false, count: institutions)
  }

  /// The referral agreement that an institution is a member of.
  @inline(__always)  // a call from the flow copies all that is in force
  package func referral(from institution: Int) -> TwoWayReferral? {
    takesPart(institution) ? referrals.first { $0.isMember(institution) } : nil
  }

  /// The referral agreement that an institution leads.
  @inline(__always)  // a call from the flow copies all that is in force
  func referral(ledBy institution: Int) -> TwoWayReferral? {
    referrals.first { $0.lead == institution }
  }

  /// The step-down agreement that an institution leads.
  @inline(__always)  // a call from the flow copies all that is in force
  func stepDown(ledBy institution: Int) -> StepDown? {
    stepDowns.first { $0.lead == institution }
  }

  /// Whether an institution does what it is a party of: all but private ones that stay out.
  @inline(__always)  // a call from the flow copies all that is in force
  package func takesPart(_ institution: Int) -> Bool { !isOut[institution] }

  /// The share of cases in which one institution has the other's record of a patient.
  @inline(__always)  // a call from the flow copies all that is in force
  package func recordsShared(_ one: Int, _ other: Int, on day: Int) -> Double {
    var share = 0.0
    for platform in platforms
    where platform.institutions.contains(one) && platform.institutions.contains(other)
      && takesPart(one) && takesPart(other)
    {
      share = max(share, platform.coverage(on: day))
    }
    for alliance in alliances where alliance.unifies(.records, one, other) {
      if takesPart(one) && takesPart(other) { share = max(share, alliance.recordShare) }
    }
    return share
  }

  /// Scope added at an institution for a need.
  @inline(__always)
  func scopeAdded(at institution: Int, for need: UInt16) -> Double {
    var scope = abilities[institution].scope
    if !needScope.isEmpty && need != Visit.refill {
      scope += needScope[institution * (needScope.count / abilities.count) + Int(need)]
    }
    return scope
  }

  /// Whether results of one institution are recognised at another.
  @inline(__always)  // a call from the flow copies all that is in force
  package func areResultsRecognised(from one: Int, at other: Int) -> Bool {
    guard takesPart(one), takesPart(other) else { return false }
    return referrals.contains { $0.recognisesResults && $0.isParty(one) && $0.isParty(other) }
      || alliances.contains { $0.unifies(.exams, one, other) }
  }
}
