// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// The state of a region in a run, but for queues and beds: its people, what institutions have
/// become, the policies in force, and what was counted.
///
/// The extensions beside this file say what it does: days, needs, journeys, visits, stays.
package struct RegionDomain: PathwayDomain {
  package typealias Event = RegionEvent
  package typealias Calendar = EventCalendar<CareEvent<RegionEvent>>

  var model: RegionModel
  let root: RandomRoot
  let sample: PopulationSample
  var wholeCapacity = WholeCapacity()

  // Copies of the model's tables that belong to this run alone: reading what threads share would
  // make them contend for its reference counts.
  var sites: [SiteTraits]
  var alternatives: [Alternative]
  var alternativeStarts: [UInt32]
  let needs: [NeedTraits]
  let demand: DemandCalendar
  /// By tier; plain arrays, because reading a field of an element copies nothing more.
  let tiers: [TierProfile]
  let service: [ServiceTimes]
  let outlooks: [TierOutlook]
  let constants: TierConstants
  let choice: ChoiceParameters
  let care: CareParameters
  let severity: SeverityScale
  let money: MoneyTerms
  let titles: TitleNest
  let hasTitles: Bool
  /// The fees of titles that the model states.
  let baseFees: FeeSchedule
  let pharmacy: RetailPharmacy
  let trends: Trends
  // Asked at every visit: whether anything of that kind is stated at all.
  let movesMoney: Bool
  let movesAges: Bool
  let hasIncomes: Bool
  /// Whether anything is counted of single residents: by income, or each for himself.
  var countsResidents: Bool

  package var sources: [OnsetSource]
  /// Cumulative relative weight of age groups in each source's town: source × ages.
  let ageWeights: [Double]
  /// First half of the key of each town's people.
  let townKeys: [UInt64]

  package var population: Population
  /// Beside the entities of the pathways, by the same index.
  package var visits = RowTable<Visit>()
  package var states: [InstitutionState]
  var appeals: [SiteAppeal]
  package var slots: SlotBook
  /// Experts on the way and at members, and what they cost and bring their leads, by posting.
  package var experts: ExpertRota
  package var expertTime: ExpertTime
  package var expertEconomies: [ExpertEconomy] = []
  /// The terms that run, by alliance.
  var allianceTerms: [AllianceTerm] = []
  package var policies: PoliciesInForce
  /// Posts and leave of the policies on staff, once there is one.
  package var posts: [PostBook] = []
  package var training = TrainingBook(institutions: 0)
  /// What payment makes of each institution's ways.
  package var intensities: [SiteIntensity]
  /// Whether anything is moved on to patients anywhere.
  var hasCostShift = false
  /// Who pays institutions what from the fund's side, once a policy has changed it.
  package var payments: PaymentBook

  /// What people expect to pay at institutions with equal terms, and the terms of each institution.
  var expectedBills: [ExpectedBills] = []
  var termsOfSite: [UInt16]

  /// The offers of the choice that is being made; nothing of it outlives the event.
  package var choiceAtHand = NestedLogit()
  /// The titles weighed with it, by tier; empty in a model without titles.
  var titlesAtHand: [TitleNest.Weighed] = []

  package var today = -1
  var year: Int16 = 0
  var weekdaysBefore = 0
  /// Drift of the constants of primary tiers so far, for visits and for admissions.
  var visitDrift = 0.0
  var admissionDrift = 0.0
  /// What growth of income has left of the weight of money.
  var moneyFactor = 1.0

  /// Follow-ups of each resident; empty until a policy follows anybody up.
  package var followUpRecords: [FollowUpRecord] = []
  /// Who signs with a family doctor when.
  var signing = ContractRoll()
  package let contractsAtStart: Int
  /// Of each long-term condition, the share of those treated that is under control without follow-up.
  let controlledShares: [Double]
  /// Purposes of the draws of each town's people.
  let residentPurposes: [Purpose]

  package var tally: FlowTally
  /// Of the window of measures; empty until it begins.
  var weekdayUse = WeekdayUse()
  /// What each resident had of the window of measures, by row; empty unless it is asked for.
  package var residentRecords: [ResidentRecord] = []
  var recordsResidents = false
  package var ledger: Ledger
  /// Since time 0: episodes begun by seeking care, and ended one way or another.
  package var episodesBegun: Int64 = 0
  package var episodesEnded: Int64 = 0
  package var expertVisitsToday: [Int64]
  package var bedBook: BedBook
  var trust: TrustRule

  init(_ model: RegionModel, _ root: RandomRoot) {
    self.model = model
    self.root = root
    sample = model.sample
    sites = model.institutions.map { institution in
      guard !institution.isPlanned else { return SiteTraits(closed: institution) }
      return SiteTraits(
        tier: institution.tier, isExternal: institution.isExternal,
        isInRegion: institution.town != nil, isOpen: true,
        canAdmit: institution.isExternal || institution.acuteBeds > 0,
        hasExams: institution.isExternal || institution.examRooms > 0,
        hasRecoveryBeds: institution.recoveryBeds > 0,
        isGeneral: institution.role == .general,
        doctorsOnWeekdays: UInt16(institution.doctorsOnWeekdays),
        doctorsAtWeekends: UInt16(institution.doctorsAtWeekends),
        externalWaitMinutes: institution.externalWaitMinutes,
        externalBedWaitDays: institution.externalBedWaitDays)
    }
    alternatives = model.choiceSets.alternatives.map { $0 }
    alternativeStarts = model.choiceSets.starts.map { $0 }
    needs = model.needs.map { need in
      NeedTraits(
        careClass: need.careClass, isEmergency: need.isEmergency,
        seekLogit: logit(min(1 - 1e-12, max(1e-12, need.seekShare))),
        admissionProbability: need.admissionProbability,
        uncontrolledRelativeRisk: need.uncontrolledRelativeRisk)
    }
    demand = model.demand
    tiers = Tier.allCases.map { model.tiers[$0] }
    service = tiers.map { ServiceTimes($0) }
    outlooks = tiers.map { TierOutlook($0) }
    money = MoneyTerms(model)
    titles = model.titles
    hasTitles = !model.titles.isEmpty
    baseFees = FeeSchedule(model.titles)
    pharmacy = model.pharmacy
    trends = model.trends
    movesMoney = model.trends.movesMoney
    movesAges = model.trends.movesAges
    hasIncomes = !model.trends.incomeGroups.isEmpty
    countsResidents = hasIncomes
    constants = model.constants
    choice = model.choice
    care = model.care
    severity = model.severity
    controlledShares = model.population.chronic.map(\.controlled)
    residentPurposes = model.towns.map { Population.purpose(of: $0) }
    population = Population.draw(model, root)
    contractsAtStart = population.residents.count { $0.hasContract }
    (sources, ageWeights) = OnsetSource.all(model, population)
    townKeys = model.towns.map { Purpose("town", $0.name).rawValue & 0xFFFF_FFFF_0000_0000 }
    precondition(Set(townKeys).count == townKeys.count, "two towns have the same key")
    states = model.institutions.map { institution in
      var state = InstitutionState()
      state.perceivedWait = institution.externalWaitMinutes
      state.perceivedBedWait = institution.externalBedWaitDays
      return state
    }
    appeals = model.institutions.map { _ in SiteAppeal() }
    if hasTitles {
      titlesAtHand = Tier.allCases.map { tier in
        model.titles.weigh(
          tier, qualityStep: 0, money: 0, dearer: InlineArray(repeating: 0))
      }
    }
    slots = SlotBook(institutions: model.institutions.count)
    experts = ExpertRota(institutions: model.institutions.count, needs: model.needs.count)
    expertTime = ExpertTime(institutions: model.institutions.count)
    policies = PoliciesInForce(
      plan: model.plan, institutions: model.institutions.count, payment: model.payment,
      fees: baseFees, drugStock: tiers.map(\.drugAvailability))
    payments = PaymentBook(institutions: model.institutions.count)
    policies.setCovers(model)
    policies.capacity = CapacityTerms(model.institutions)
    termsOfSite = Array(repeating: 0, count: model.institutions.count)
    intensities = Array(repeating: SiteIntensity(), count: model.institutions.count)
    tally = FlowTally(
      institutions: model.institutions.count, towns: model.towns.count,
      months: model.demand.monthNames.count, incomes: model.trends.incomeGroups.count)
    tally.emergencies = Array(
      repeating: EmergencyCell(), count: Period.count * model.needs.count)
    // After the institutions a row for retail pharmacies.
    ledger = Ledger(
      schemes: model.population.schemes.count, institutions: model.institutions.count + 1)
    expertVisitsToday = Array(repeating: 0, count: model.institutions.count)
    bedBook = BedBook(
      resources: model.program.resources.count, institutions: model.institutions.count)
    trust = TrustRule(model)
    renewExpectedBills()
  }

  /// Schedules what starts the run: midnight, the first onset of each source, and the first refill
  /// of each chronic patient.
  mutating func start(_ calendar: inout Calendar) {
    calendar.schedule(.domain(.dayBegan), at: .zero, priority: .first)
    for source in sources.indices { scheduleOnset(source, &calendar) }
    let interval = TimeSpan.days(care.refillDays)
    for row in population.residents.indices where population.residents[row].treated != 0 {
      var stream = RandomStream(root, Draw.firstRefill, owner: residentKey(row))
      let first = Double(interval.microseconds) * stream.uniform()
      calendar.schedule(
        .domain(.refillDue(UInt32(row))), at: SimulationTime(microseconds: Int64(first)))
    }
  }

  package mutating func handle(
    _ event: RegionEvent, _ flow: inout PathwayFlow, _ calendar: inout Calendar
  ) {
    switch event {
    case .onset(let source): onset(Int(source), &flow, &calendar)
    case .refillDue(let resident): refillDue(Int(resident), &flow, &calendar)
    case .dayBegan: beginDay(&flow, &calendar)
    case .expert(let post, let stage): moveExpert(Int(post), stage, &flow, calendar.now)
    }
  }

  package mutating func decide(
    _ decision: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow,
    _ calendar: inout Calendar
  ) -> Int {
    switch RegionVocabulary.Decision(rawValue: decision)! {
    case .arrival: arrive(entity, &flow, calendar.now)
    case .examNeed: needsExam(entity, &flow) ? 0 : 1
    case .examReading: readsExam(entity, &flow)
    case .remoteConsult: asksFromAfar(entity, &flow, calendar.now)
    case .outcome:
      turned(concludeVisit(entity, &flow, calendar.now), entity, &flow)
    case .afterAcute: endAcutePhase(entity, &flow, calendar.now)
    case .discharge: discharge(entity, &flow, calendar.now)
    case .withoutBed: goWithoutBed(entity, &flow, calendar.now)
    }
  }

  /// The key of a resident's own random numbers: the town's name, hashed, and the place in it.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func residentKey(_ row: Int) -> UInt64 {
    let resident = population.residents[row]
    return townKeys[Int(resident.town)] | UInt64(resident.member)
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
  func stream(_ purpose: Purpose, _ visit: Visit) -> RandomStream {
    RandomStream(
      root, purpose, owner: visit.owner, episode: visit.episode, variate: UInt32(visit.contact))
  }
}
