// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// Four schemes whose rules make round figures to work with by hand; the eligible share is 0.90.
enum WorkedPlan {
  static let residents: UInt8 = 0
  static let employees: UInt8 = 1
  static let uninsured: UInt8 = 2
  static let capitalResidents: UInt8 = 3

  static let village: UInt8 = 0
  static let township: UInt8 = 1
  static let county: UInt8 = 2
  static let city: UInt8 = 3
  static let outside: UInt8 = 4

  static let plan: InsurancePlan = {
    var plan = InsurancePlan(schemes: 4, tiers: 5)
    func add(
      _ scheme: UInt8, _ kind: CareKind, _ tier: UInt8, referred: [Bool] = [false, true],
      deductible: Double, later: Double? = nil, rate: Double, ceiling: Double, feePaid: Double = 0
    ) {
      for referred in referred {
        plan[scheme: scheme, kind: kind, tier: tier, referred: referred] = BenefitRule(
          deductible: Money(yuan: deductible), laterDeductible: later.map { Money(yuan: $0) },
          rate: BillShare(rate), annualCeiling: Money(yuan: ceiling), feePaid: Money(yuan: feePaid))
      }
    }

    add(residents, .outpatient, village, deductible: 0, rate: 0.60, ceiling: 300)
    add(residents, .outpatient, township, deductible: 0, rate: 0.55, ceiling: 500)
    add(residents, .outpatient, county, deductible: 0, rate: 0, ceiling: 500)
    add(residents, .inpatient, township, deductible: 150, rate: 0.85, ceiling: 150_000)
    add(residents, .inpatient, county, deductible: 500, rate: 0.75, ceiling: 150_000)
    add(residents, .inpatient, city, deductible: 1000, rate: 0.62, ceiling: 150_000)
    add(
      residents, .inpatient, outside, referred: [true], deductible: 1800, rate: 0.55,
      ceiling: 150_000)
    add(
      residents, .inpatient, outside, referred: [false], deductible: 1800, rate: 0.40,
      ceiling: 150_000)
    plan[downTransferOf: residents] = .continuous

    add(employees, .outpatient, township, deductible: 1800, rate: 0.90, ceiling: 20_000)
    add(
      employees, .outpatient, city, deductible: 1800, rate: 0.70, ceiling: 20_000, feePaid: 40)
    add(employees, .inpatient, township, deductible: 200, rate: 0.92, ceiling: 300_000)
    add(employees, .inpatient, county, deductible: 500, rate: 0.88, ceiling: 300_000)
    add(employees, .inpatient, city, deductible: 800, rate: 0.85, ceiling: 300_000)
    plan[downTransferOf: employees] = .recharged

    add(capitalResidents, .outpatient, city, deductible: 650, rate: 0.50, ceiling: 2000)
    add(
      capitalResidents, .inpatient, city, deductible: 1300, later: 650, rate: 0.70,
      ceiling: 170_000)
    return plan
  }()
}
