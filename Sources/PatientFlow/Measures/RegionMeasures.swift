// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// The measures of a region: what each is, and how it is taken from what was counted.
package enum RegionMeasures {
  /// Counts of one member of a dimension, tier by tier, with whom and what they refer to.
  struct View {
    var tiers: [FlowCell] = Array(repeating: FlowCell(), count: Tier.count)
    /// Tiers of which the region itself has institutions.
    var regionTiers: [Bool]
    var residents: Int
    /// Days that it is of; 0 but for weekdays.
    var days = 0.0

    var total: FlowCell {
      tiers.reduce(into: FlowCell()) { $0 += $1 }
    }
    var primary: FlowCell { sum { Tier.allCases[$0].isPrimary } }
    var inRegion: FlowCell { sum { regionTiers[$0] } }

    private func sum(_ isPart: (Int) -> Bool) -> FlowCell {
      tiers.indices.filter(isPart).reduce(into: FlowCell()) { $0 += tiers[$1] }
    }
  }

  /// A measure that is a function of counts of visits and stays.
  struct CellMeasure: Sendable {
    var name: String
    var unit: String
    var formula: String
    /// Whether it is also meant of one tier or institution alone.
    var isOfOneTier: Bool
    var value: @Sendable (View) -> Double?
  }

  static let window = "policy start (else end of warm-up) to end"
  private static let wholes = ["", "period", "town", "month", "weekday"]
  private static let parts =
    ["", "tier", "period", "institution", "town", "month"] + weekdayDimensions

  static func ratio(_ part: Int64, _ whole: Int64) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }

  static func count(
    _ name: String, _ unit: String, _ formula: String,
    _ field: KeyPath<FlowCell, Int64> & Sendable
  ) -> CellMeasure {
    CellMeasure(name: name, unit: unit, formula: formula, isOfOneTier: true) {
      Double($0.total[keyPath: field])
    }
  }

  static let cellMeasures: [CellMeasure] = [
    count(
      "visits", "visits",
      "Outpatient encounters begun by the region's residents anywhere, refills included, exams not.",
      \.visits),
    CellMeasure(
      name: "visits-per-head", unit: "visits per head", formula: "Visits over residents.",
      isOfOneTier: true
    ) { ratio($0.total.visits, Int64($0.residents)) },
    CellMeasure(
      name: "primary-visit-share", unit: "share",
      formula: "Visits at village, township and community tiers over all, out-of-area included.",
      isOfOneTier: false
    ) { ratio($0.primary.visits, $0.total.visits) },
    CellMeasure(
      name: "first-contact-primary-share", unit: "share",
      formula: "First visits of episodes at primary tiers over all first visits of episodes.",
      isOfOneTier: false
    ) { ratio($0.primary.firstContacts, $0.total.firstContacts) },
    CellMeasure(
      name: "in-region-visit-share", unit: "share",
      formula: "Visits at institutions of the region over all.", isOfOneTier: false
    ) { ratio($0.inRegion.visits, $0.total.visits) },
    count(
      "admissions", "admissions", "Beds granted for an acute phase, anywhere.", \.admissions),
    CellMeasure(
      name: "admissions-per-100", unit: "per 100", formula: "Admissions over residents, times 100.",
      isOfOneTier: true
    ) { ratio(100 * $0.total.admissions, Int64($0.residents)) },
    CellMeasure(
      name: "in-region-admission-share", unit: "share",
      formula: "Admissions to institutions of the region over all.", isOfOneTier: false
    ) { ratio($0.inRegion.admissions, $0.total.admissions) },
    count(
      "referrals-up", "referrals",
      "Registered upward referrals that were attended, counted where the patient came.",
      \.referralsUp),
    count(
      "referrals-down", "referrals",
      "Registered downward referrals attended: step-downs, and chronic patients handed down who came; counted where they came.",
      \.referralsDown),
    count(
      "step-downs", "step-downs",
      "Inpatients granted a recovery bed at a lower institution, counted there.", \.stepDowns),
    CellMeasure(
      name: "wait-minutes", unit: "minutes",
      formula: "Mean time from registration to the start of the first consult.", isOfOneTier: true
    ) { ratio($0.total.waited, $0.total.consults).map { $0 / 6e7 } },
    count("exams", "exams", "Exams ordered.", \.exams),
    count(
      "repeated-exams", "exams", "Of these, exams whose results the patient had brought along.",
      \.repeatedExams),
    count("expert-visits", "visits", "Visits seen by a rotating expert.", \.expertVisits),
    CellMeasure(
      name: "travel-minutes", unit: "minutes", formula: "Mean travel of a visit, there and back.",
      isOfOneTier: true
    ) { ratio($0.total.travelled, $0.total.visits).map { $0 / 60 } },
    CellMeasure(
      name: "out-of-pocket", unit: "CNY", formula: "What residents paid for visits and stays.",
      isOfOneTier: true
    ) { Double($0.total.patientsPaid) / 100 },
    CellMeasure(
      name: "out-of-pocket-per-head", unit: "CNY per head",
      formula: "What residents paid, over residents.", isOfOneTier: true
    ) { ratio($0.total.patientsPaid, Int64($0.residents)).map { $0 / 100 } },
    CellMeasure(
      name: "fund-spend", unit: "CNY", formula: "What insurance paid for visits and stays.",
      isOfOneTier: true
    ) { Double($0.total.fundPaid) / 100 },
    CellMeasure(
      name: "fund-spend-per-head", unit: "CNY per head",
      formula: "What insurance paid, over residents.", isOfOneTier: true
    ) { ratio($0.total.fundPaid, Int64($0.residents)).map { $0 / 100 } },
    CellMeasure(
      name: "drug-cover-spend", unit: "CNY",
      formula: "Of what insurance paid: by drug covers of chronic outpatients.", isOfOneTier: true
    ) { Double($0.total.drugCoverPaid) / 100 },
    CellMeasure(
      name: "major-illness-spend", unit: "CNY",
      formula: "Of what insurance paid: repaid by major-illness cover.", isOfOneTier: true
    ) { Double($0.total.repaid) / 100 },
    CellMeasure(
      name: "breach-penalties", unit: "CNY",
      formula: "What institutions paid back to the funds for breaches of a catalogue.",
      isOfOneTier: true
    ) { Double($0.total.penalties) / 100 },
  ]

  /// Measures of what institutions bill and receive; not told by the town of residents, because
  /// some of it, such as a surplus, belongs to no resident.
  static let paymentMeasures: [CellMeasure] = [
    CellMeasure(
      name: "billed", unit: "CNY", formula: "What institutions charged for visits and stays.",
      isOfOneTier: true
    ) { Double($0.total.billed) / 100 },
    CellMeasure(
      name: "revenue", unit: "CNY",
      formula: "What institutions received from patients and the fund's side, penalties taken off.",
      isOfOneTier: true
    ) {
      let total = $0.total
      return Double(
        total.patientsPaid + total.fundPaid + total.fundGained - total.penalties) / 100
    },
    CellMeasure(
      name: "fund-to-institutions", unit: "CNY",
      formula:
        "What institutions received from the fund and from budget accounts, shares included.",
      isOfOneTier: true
    ) { Double($0.total.fundPaid + $0.total.fundGained) / 100 },
    CellMeasure(
      name: "payment-gain", unit: "CNY",
      formula:
        "What institutions received from the fund's side less the fund's part of their bills.",
      isOfOneTier: true
    ) { Double($0.total.fundGained) / 100 },
    CellMeasure(
      name: "drug-share", unit: "share", formula: "Drugs over all that institutions billed.",
      isOfOneTier: true
    ) { ratio($0.total.drugsBilled, $0.total.billed) },
    CellMeasure(
      name: "exam-share", unit: "share", formula: "Exams over all that institutions billed.",
      isOfOneTier: true
    ) { ratio($0.total.examsBilled, $0.total.billed) },
    CellMeasure(
      name: "service-income-share", unit: "share",
      formula: "All that was billed but drugs and exams, over all.", isOfOneTier: true
    ) { ratio($0.total.servicesBilled, $0.total.billed) },
    count(
      "refused-admissions", "admissions",
      "Elective admissions refused because a budget ran out.", \.refused),
    count(
      "delayed-admissions", "admissions", "Of these, patients who came again later.", \.delayed),
    CellMeasure(
      name: "cost-shifted", unit: "CNY",
      formula: "What institutions moved out of what insurance covers, on to patients.",
      isOfOneTier: true
    ) { Double($0.total.shifted) / 100 },
  ]
  private static let paymentDimensions = ["", "tier", "period", "institution", "month"]

  /// Measures of the accounts of global budgets and pools of points.
  static let accountMeasures: [(name: String, unit: String, formula: String)] = [
    ("budget", "CNY", "Global budgets of the years begun, after the reserve."),
    ("budget-spend", "CNY", "What was paid from them for care, anywhere."),
    ("budget-balance", "CNY", "What is in the accounts; less than nothing is owed."),
    ("budget-surplus", "CNY", "Surplus of the years that ended."),
    ("budget-deficit", "CNY", "Deficit carried on by the last year that ended."),
    ("budget-pressure", "share", "Mean pressure on elective care, over months."),
    ("point-value", "CNY", "Value of a point in the last year that was settled."),
  ]

  /// A measure that is a function of what became of needs.
  struct NeedMeasure: Sendable {
    var name: String
    var unit: String
    var formula: String
    var value: @Sendable (NeedCell) -> Double?
  }

  static let needMeasures = ownNeedMeasures + sharedCareMeasures

  private static let ownNeedMeasures: [NeedMeasure] = [
    NeedMeasure(
      name: "needs", unit: "needs", formula: "Onsets, births and refills that fell due."
    ) { Double($0.arisen) },
    NeedMeasure(
      name: "forgone", unit: "needs", formula: "Needs for which no care was sought."
    ) { Double($0.forgone) },
    NeedMeasure(
      name: "unmet", unit: "needs",
      formula: "Needs that ended after some contact without being met, missed bookings included."
    ) { Double($0.unmet) },
    NeedMeasure(
      name: "diverted", unit: "visits",
      formula: "Visits that left a need open, after which the patient went on at once, elsewhere."
    ) { Double($0.diverted) },
    NeedMeasure(
      name: "put-off", unit: "visits",
      formula: "Visits that left a need open, with which the patient came again on a later day."
    ) { Double($0.putOff) },
    NeedMeasure(
      name: "referrals-advised", unit: "referrals",
      formula: "Patients advised to see a higher institution, without registration."
    ) { Double($0.advised) },
    NeedMeasure(
      name: "referrals-registered", unit: "referrals",
      formula: "Upward referrals accepted by the lead, attended or not."
    ) { Double($0.registered) },
    NeedMeasure(
      name: "referrals-missed", unit: "referrals",
      formula: "Registered upward referrals to which the patient did not come."
    ) { Double($0.registeredMissed) },
    NeedMeasure(
      name: "handed-down", unit: "patients",
      formula: "Chronic patients told by the lead to have their refills at a primary institution."
    ) { Double($0.handedDown) },
    NeedMeasure(
      name: "step-downs-offered", unit: "step-downs", formula: "Step-downs offered to patients."
    ) { Double($0.stepDownsOffered) },
    NeedMeasure(
      name: "leaked-admissions", unit: "admissions",
      formula: "Patients who gave up waiting for a bed and went elsewhere."
    ) { Double($0.leaked) },
    NeedMeasure(
      name: "bed-wait-days", unit: "days",
      formula: "Mean wait for an acute bed inside the region, over beds granted."
    ) { $0.bedsGranted == 0 ? nil : Double($0.bedWaited) / Double($0.bedsGranted) / 8.64e10 },
    NeedMeasure(
      name: "doctors-trained", unit: "doctors", formula: "Doctors who came back from training."
    ) { Double($0.trained) },
    NeedMeasure(
      name: "expert-days", unit: "days",
      formula: "Days on which an expert held a clinic at a member."
    ) { Double($0.expertDays) },
  ]

  /// Measures by income group, in models that tell incomes apart.
  static let incomeMeasures: [CellMeasure] = [
    count(
      "income-visits", "visits", "Outpatient visits of residents of an income group.", \.visits),
    CellMeasure(
      name: "income-out-of-pocket", unit: "CNY",
      formula: "What residents of an income group paid for visits and stays.", isOfOneTier: true
    ) { Double($0.total.patientsPaid) / 100 },
  ]

  /// Every measure, as `yilian schema` lists it.
  package static let catalogue = markingSums(listed)

  private static let listed: [MeasureDefinition] =
    cellMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
        dimensions: measure.isOfOneTier ? parts : wholes)
    }
    + (needMeasures + allianceMeasures + referralMeasures).map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
        dimensions: ["", "period"])
    }
    + paymentMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
        dimensions: paymentDimensions)
    }
    + stayMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
        dimensions: paymentDimensions + weekdayDimensions)
    }
    + accountMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula,
        window: "since the policy began", dimensions: [""])
    }
    + allianceStates
    + chronicMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula,
        window: "end of the run", dimensions: [""])
    }
    + pharmacyMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
        dimensions: ["", "period"])
    }
    + incomeMeasures.map { measure in
      MeasureDefinition(
        name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
        dimensions: ["income"])
    } + weekMeasures + transferMeasures + capacityMeasures + warmUpMeasures + [
      MeasureDefinition(
        name: "title-visits", unit: "visits",
        formula: "Outpatient visits at tiers with titles, by the doctor's title.",
        window: window, dimensions: ["title"]),
      MeasureDefinition(
        name: "visit-share", unit: "share", formula: "Visits of a tier over all visits.",
        window: window, dimensions: ["tier"]),
      MeasureDefinition(
        name: "admission-share", unit: "share", formula: "Admissions of a tier over all.",
        window: window, dimensions: ["tier"]),
      MeasureDefinition(
        name: "occupancy", unit: "share",
        formula: "Time-mean occupied over staffed beds, institutions of the region.",
        window: window, dimensions: ["", "tier", "period", "institution"] + weekdayDimensions),
      MeasureDefinition(
        name: "utilisation", unit: "share",
        formula: "Time doctors spent in consults over their rostered time in opening hours.",
        window: window, dimensions: ["", "tier", "period", "institution"] + weekdayDimensions),
      MeasureDefinition(
        name: "trust", unit: "0 to 1", formula: "Mean trust of residents in a tier.",
        window: "end of the run", dimensions: ["tier"]),
      MeasureDefinition(
        name: "skill", unit: "0 to 0.5",
        formula:
          "Skill that experts, teachers and training have left; the whole is the mean over institutions that policies send them to, or that send doctors to train.",
        window: "end of the run", dimensions: ["", "institution"]),
      MeasureDefinition(
        name: "logsum", unit: "logits",
        formula: "Mean expected utility of the best choice, when care may first be sought.",
        window: window, dimensions: ["care"]),
    ]

  /// The members of the dimension `care`: a class, and for all but refills a severity.
  static let careMembers: [(name: String, cell: Int)] = CareClass.allCases.flatMap { careClass in
    let first = careClass.row * SeverityBand.count
    if careClass == .refill { return [(careClass.name, first)] }
    return SeverityBand.allCases.map { ("\(careClass.name)-\($0.name)", first + $0.row) }
  }
}
