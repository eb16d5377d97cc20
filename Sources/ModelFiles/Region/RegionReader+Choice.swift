// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  func readConstants() -> TierConstants {
    var constants = TierConstants()
    let table = model.table("constants")
    expectRows(Self.tierNames, in: table, kind: "tier")
    for tier in Tier.allCases {
      guard let row = table.row(tier.name) else { continue }
      for careClass in CareClass.allCases {
        constants[careClass, tier] = row.number(careClass.name)
      }
    }
    return constants
  }

  func readChoice() -> ChoiceParameters {
    var choice = ChoiceParameters()
    let unwelcome = -1000...0.0
    choice.moneyOutpatient = model.number("money-outpatient", ModelUnit("1/CNY"), in: unwelcome)
    choice.moneyInpatient = model.number("money-inpatient", ModelUnit("1/CNY"), in: unwelcome)
    readMoneyForm(into: &choice)
    choice.travel = model.number("travel", .perMinute, in: unwelcome)
    choice.wait = model.number("wait", .perMinute, in: unwelcome)
    choice.waitDays = model.number("wait-days", .perDay, in: unwelcome)
    let welcome = 0...1000.0
    let quality = model.section("quality")
    choice.qualityMild = quality.number("mild", in: welcome)
    choice.qualityModerate = quality.number("moderate", in: welcome)
    choice.qualitySevere = quality.number("severe", in: welcome)
    choice.drugs = model.number("drugs", in: welcome)
    choice.contract = model.number("contract", in: welcome)
    choice.habit = model.number("habit", in: welcome)
    choice.nestScale = model.number("nest-scale", in: 0.01...1)
    choice.fullGapMoneyWeight = model.number("full-gap-price-weight", .share, in: 0...1)
    choice.hospitalAfterAdvice = model.number("hospital-after-advice", in: welcome)

    let drift = model.section("drift")
    choice.driftOfVisits = drift.number("visits", .perYear, in: -10...10)
    choice.driftOfAdmissions = drift.number("admissions", .perYear, in: -10...10)
    readSeeking(model.section("seek"), into: &choice)
    return choice
  }

  /// Absent, money counts as what the person pays.
  private func readMoneyForm(into choice: inout ChoiceParameters) {
    let words = MoneyForm.allCases.map(\.rawValue)
    if let word = model.textIfPresent("money-form", oneOf: words) {
      choice.moneyForm = MoneyForm(rawValue: word) ?? .cost
    }
    if let rate = model.numberIfPresent("reimbursement-rate", in: 0...1000) { choice.rate = rate }
    guard choice.moneyForm == .share else { return }
    if !model.has("reimbursement-rate") {
      model.fault(
        "money-form", "is share, and no reimbursement-rate is stated",
        "add reimbursement-rate: the utility of a rate of 1")
    }
    for (key, weight) in [
      ("money-outpatient", choice.moneyOutpatient), ("money-inpatient", choice.moneyInpatient),
    ] where weight == 0 {
      model.fault(
        key, "is 0, and money-form is share", "write a negative weight, or money-form: cost")
    }
  }

  private func readSeeking(_ seek: ModelSection, into choice: inout ChoiceParameters) {
    choice.seekSlope = seek.number("slope", in: 0...1000)
    choice.seekSlopeInpatient = seek.number("slope-inpatient", in: 0...1000)
    choice.seekSevereFactor = seek.number("severe-factor", in: 0...1)
    let reference = seek.section("reference-logsum")
    for careClass in CareClass.allCases {
      // A refill has no severity.
      guard careClass != .refill else {
        choice[referenceLogsum: careClass, .mild] = reference.number(careClass.name)
        continue
      }
      let bands = reference.section(careClass.name)
      for band in SeverityBand.allCases {
        choice[referenceLogsum: careClass, band] = bands.number(band.name)
      }
    }
  }
}
