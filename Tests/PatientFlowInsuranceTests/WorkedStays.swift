// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

private typealias P = WorkedPlan

private let townshipStay = WorkedBill.stay(
  P.township, 100_000, eligible: 90_000, deductible: 15_000, fund: 63_750, patient: 36_250)
private let countyStay = WorkedBill.stay(
  P.county, 500_000, eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000)
private let employeeCityStay = WorkedBill.stay(
  P.city, 1_000_000, eligible: 900_000, deductible: 80_000, fund: 697_000, patient: 303_000)

let workedStays: [WorkedEpisode] = [
  WorkedEpisode(
    "township stay: 0.85 × (1800 − 150)", P.residents,
    [
      .stay(
        P.township, 200_000, eligible: 180_000, deductible: 15_000, fund: 140_250,
        patient: 59_750)
    ]),
  WorkedEpisode("county stay: 0.75 × (4500 − 500)", P.residents, [countyStay]),
  WorkedEpisode(
    "city stay: 0.62 × (18,000 − 1000)", P.residents,
    [
      .stay(
        P.city, 2_000_000, referred: true, eligible: 1_800_000, deductible: 100_000,
        fund: 1_054_000, patient: 946_000)
    ]),
  WorkedEpisode(
    "out of area, referred: 0.55", P.residents,
    [
      .stay(
        P.outside, 3_000_000, referred: true, eligible: 2_700_000, deductible: 180_000,
        fund: 1_386_000, patient: 1_614_000)
    ]),
  WorkedEpisode(
    "out of area, not referred: 0.40", P.residents,
    [
      .stay(
        P.outside, 3_000_000, eligible: 2_700_000, deductible: 180_000, fund: 1_008_000,
        patient: 1_992_000)
    ]),
  WorkedEpisode(
    "a bill within the deductible", P.residents,
    [.stay(P.county, 30_000, eligible: 27_000, deductible: 27_000, fund: 0, patient: 30_000)]),
  WorkedEpisode(
    "0.3 fen beyond the deductible: 0.255 fen, nothing", P.residents,
    [.stay(P.township, 16_667, eligible: 15_000, deductible: 15_000, fund: 0, patient: 16_667)]),
  WorkedEpisode(
    "1.2 fen beyond the deductible: 1.02 fen, one", P.residents,
    [.stay(P.township, 16_668, eligible: 15_001, deductible: 15_000, fund: 1, patient: 16_667)]),
  WorkedEpisode(
    "up from township to county: 500 − 150 is due", P.residents,
    [
      townshipStay,
      .stay(
        P.county, 600_000, .transferUp, eligible: 540_000, deductible: 35_000, fund: 378_750,
        patient: 221_250),
    ]),
  WorkedEpisode(
    "up twice: 150, 350, 500, together the city's 1000", P.residents,
    [
      townshipStay,
      .stay(
        P.county, 600_000, .transferUp, eligible: 540_000, deductible: 35_000, fund: 378_750,
        patient: 221_250),
      .stay(
        P.city, 2_000_000, .transferUp, eligible: 1_800_000, deductible: 50_000, fund: 1_085_000,
        patient: 915_000),
    ]),
  WorkedEpisode(
    "up from a stay that did not use its deductible: 500 − 90 is due", P.residents,
    [
      .stay(P.township, 10_000, eligible: 9000, deductible: 9000, fund: 0, patient: 10_000),
      .stay(
        P.county, 500_000, .transferUp, eligible: 450_000, deductible: 41_000, fund: 306_750,
        patient: 193_250),
    ]),
  WorkedEpisode(
    "down, continuous: nothing is due", P.residents,
    [
      countyStay,
      .stay(
        P.township, 80_000, .transferDown, eligible: 72_000, deductible: 0, fund: 61_200,
        patient: 18_800),
    ]),
  WorkedEpisode(
    "down and up again, continuous: what was paid above still counts", P.residents,
    [
      countyStay,
      .stay(
        P.township, 80_000, .transferDown, eligible: 72_000, deductible: 0, fund: 61_200,
        patient: 18_800),
      .stay(
        P.city, 200_000, .transferUp, eligible: 180_000, deductible: 50_000, fund: 80_600,
        patient: 119_400),
    ]),
  WorkedEpisode(
    "down, recharged: the township's 200 is due again", P.employees,
    [
      employeeCityStay,
      .stay(
        P.township, 80_000, .transferDown, eligible: 72_000, deductible: 20_000, fund: 47_840,
        patient: 32_160),
    ]),
  WorkedEpisode(
    "down, recharged, on a small bill", P.employees,
    [
      employeeCityStay,
      .stay(
        P.township, 10_000, .transferDown, eligible: 9000, deductible: 9000, fund: 0,
        patient: 10_000),
    ]),
  WorkedEpisode(
    "up, employees: 800 − 500 is due", P.employees,
    [
      .stay(
        P.county, 400_000, eligible: 360_000, deductible: 50_000, fund: 272_800, patient: 127_200),
      .stay(
        P.city, 1_000_000, .transferUp, eligible: 900_000, deductible: 30_000, fund: 739_500,
        patient: 260_500),
    ]),
  WorkedEpisode(
    "up after a recharge: 800 and 200 are paid, the county's 500 is not due", P.employees,
    [
      employeeCityStay,
      .stay(
        P.township, 80_000, .transferDown, eligible: 72_000, deductible: 20_000, fund: 47_840,
        patient: 32_160),
      .stay(
        P.county, 100_000, .transferUp, eligible: 90_000, deductible: 0, fund: 79_200,
        patient: 20_800),
    ]),
  WorkedEpisode(
    "a second spell owes its deductible anew", P.residents, [townshipStay, townshipStay]),
  WorkedEpisode(
    "a new spell after a transfer: only its own stays count", P.residents,
    [
      countyStay, townshipStay,
      .stay(
        P.county, 600_000, .transferUp, eligible: 540_000, deductible: 35_000, fund: 378_750,
        patient: 221_250),
    ]),
  WorkedEpisode(
    "later admissions of a year owe half, the first of the next year all", P.capitalResidents,
    [
      .stay(
        P.city, 1_000_000, eligible: 900_000, deductible: 130_000, fund: 539_000,
        patient: 461_000),
      .stay(
        P.city, 1_000_000, eligible: 900_000, deductible: 65_000, fund: 584_500,
        patient: 415_500),
      .stay(
        P.city, 1_000_000, year: 2, eligible: 900_000, deductible: 130_000, fund: 539_000,
        patient: 461_000),
    ]),
  WorkedEpisode(
    "the inpatient ceiling of 170,000", P.capitalResidents,
    [
      .stay(
        P.city, 30_000_000, eligible: 27_000_000, deductible: 130_000, fund: 17_000_000,
        patient: 13_000_000),
      .stay(
        P.city, 1_000_000, eligible: 900_000, deductible: 65_000, fund: 0, patient: 1_000_000),
      .stay(
        P.city, 1_000_000, year: 2, eligible: 900_000, deductible: 130_000, fund: 539_000,
        patient: 461_000),
    ]),
  WorkedEpisode(
    "a spell over the turn of the year: what was paid before it counts", P.residents,
    [
      townshipStay,
      .stay(
        P.county, 600_000, .transferUp, year: 2, eligible: 540_000, deductible: 35_000,
        fund: 378_750, patient: 221_250),
    ]),
  WorkedEpisode(
    "a spell over the turn of the year: the new year's ceiling pays", P.capitalResidents,
    [
      .stay(
        P.city, 30_000_000, eligible: 27_000_000, deductible: 130_000, fund: 17_000_000,
        patient: 13_000_000),
      .stay(
        P.city, 1_000_000, .transferUp, year: 2, eligible: 900_000, deductible: 0, fund: 630_000,
        patient: 370_000),
    ]),
  WorkedEpisode(
    "visits and stays have ceilings of their own", P.residents,
    [
      .visit(P.village, 100_000, eligible: 90_000, fund: 30_000, patient: 70_000),
      countyStay,
      .visit(P.village, 1000, eligible: 900, fund: 0, patient: 1000),
    ]),
  WorkedEpisode(
    "the deductible of visits is not that of stays", P.employees,
    [
      .visit(
        P.township, 300_000, eligible: 270_000, deductible: 180_000, fund: 81_000,
        patient: 219_000),
      employeeCityStay,
    ]),
]
