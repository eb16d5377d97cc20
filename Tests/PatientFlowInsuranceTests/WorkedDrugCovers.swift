// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

private typealias P = WorkedPlan

/// Refills of chronic patients.
let workedDrugCovers: [ClaimEpisode] = [
  ClaimEpisode(
    "two-disease drugs at the village: 0.60 beats the cover's 0.50, so the ordinary rule pays",
    P.residents,
    [
      .visit(
        P.village, 6000, drugs: 5000, conditions: 0b1, covers: 0b1,
        eligible: 5400, fund: 3240, patient: 2760)
    ]),
  ClaimEpisode(
    "at the county, where ordinary visits earn nothing: half of 50.00 of drugs", P.residents,
    [
      .visit(
        P.county, 6000, drugs: 5000, conditions: 0b1, covers: 0b1,
        eligible: 5900, cover: 2500, fund: 2500, patient: 3500)
    ]),
  ClaimEpisode(
    "a cap of 40 a month for one disease: 100.00 of drugs earn 40 and not 50", P.residents,
    [
      .visit(
        P.county, 12_000, drugs: 10_000, conditions: 0b1, covers: 0b1,
        eligible: 11_800, cover: 4000, fund: 4000, patient: 8000)
    ]),
  ClaimEpisode(
    "two diseases, twice the cap: 100.00 of drugs earn 50", P.residents,
    [
      .visit(
        P.county, 12_000, drugs: 10_000, conditions: 0b11, covers: 0b1,
        eligible: 11_800, cover: 5000, fund: 5000, patient: 7000)
    ]),
  ClaimEpisode(
    "the month's cap is used up by a second refill, and renewed the month after", P.residents,
    [
      .visit(
        P.county, 8000, drugs: 6000, conditions: 0b1, covers: 0b1, month: 3,
        eligible: 7800, cover: 3000, fund: 3000, patient: 5000),
      .visit(
        P.county, 8000, drugs: 6000, conditions: 0b1, covers: 0b1, month: 3,
        eligible: 7800, cover: 1000, fund: 1000, patient: 7000),
      .visit(
        P.county, 8000, drugs: 6000, conditions: 0b1, covers: 0b1, month: 3,
        eligible: 7200, fund: 0, patient: 8000),
      .visit(
        P.county, 8000, drugs: 6000, conditions: 0b1, covers: 0b1, month: 4,
        eligible: 7800, cover: 3000, fund: 3000, patient: 5000),
    ]),
  ClaimEpisode(
    "drugs for two months: the cap counts twice", P.residents,
    [
      .visit(
        P.county, 16_000, drugs: 14_000, conditions: 0b1, covers: 0b1, months: 2,
        eligible: 15_800, cover: 7000, fund: 7000, patient: 9000)
    ]),
  ClaimEpisode(
    "the cover's own ceiling of 400 a year, over twelve months and the turn of the year",
    P.residents,
    [
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 1,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 2,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 3,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 4,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 5,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 6,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 7,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 8,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 9,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 10,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 11,
        eligible: 9000, fund: 0, patient: 10_000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, month: 12,
        eligible: 9000, fund: 0, patient: 10_000),
      .visit(
        P.county, 10_000, drugs: 9000, conditions: 0b1, covers: 0b1, year: 2, month: 1,
        eligible: 9900, cover: 4000, fund: 4000, patient: 6000),
    ]),
  ClaimEpisode(
    "half a fen goes up: 0.50 × 0.25 yuan", P.residents,
    [
      .visit(
        P.county, 25, drugs: 25, conditions: 0b1, covers: 0b1,
        eligible: 25, cover: 13, fund: 13, patient: 12)
    ]),
  ClaimEpisode(
    "a condition that the cover does not name", P.residents,
    [
      .visit(
        P.county, 6000, drugs: 5000, conditions: 0b100, covers: 0b1,
        eligible: 5400, fund: 0, patient: 6000)
    ]),
  ClaimEpisode(
    "a cover that does not hold at the institution", P.residents,
    [
      .visit(
        P.county, 6000, drugs: 5000, conditions: 0b1, covers: 0b0,
        eligible: 5400, fund: 0, patient: 6000)
    ]),
  ClaimEpisode(
    "a cover of another scheme", P.uninsured,
    [
      .visit(
        P.county, 6000, drugs: 5000, conditions: 0b1, covers: 0b1,
        eligible: 0, fund: 0, patient: 6000)
    ]),
  ClaimEpisode(
    "at the township: 0.55 of the whole against half the drugs and 0.55 of the rest", P.residents,
    [
      .visit(
        P.township, 10_000, drugs: 4000, conditions: 0b1, covers: 0b1,
        eligible: 9400, cover: 2000, fund: 4970, patient: 5030)
    ]),
  ClaimEpisode(
    "when the ordinary ceiling of 500 is used up, the cover still pays", P.residents,
    [
      .visit(
        P.township, 100_000,
        eligible: 90_000, fund: 49_500, patient: 50_500),
      .visit(
        P.township, 10_000, drugs: 6000, conditions: 0b1, covers: 0b1,
        eligible: 9600, cover: 3000, fund: 3500, patient: 6500),
    ]),
  ClaimEpisode(
    "the last of the ordinary ceiling beside the cover", P.residents,
    [
      .visit(
        P.township, 98_000,
        eligible: 88_200, fund: 48_510, patient: 49_490),
      .visit(
        P.township, 10_000, drugs: 6000, conditions: 0b11, covers: 0b1,
        eligible: 9600, cover: 3000, fund: 4490, patient: 5510),
    ]),
  ClaimEpisode(
    "employees: 0.8 of 0.9 of the drugs, the rest towards the deductible of 1800", P.employees,
    [
      .visit(
        P.township, 20_000, drugs: 15_000, conditions: 0b1, covers: 0b10,
        eligible: 18_000, deductible: 4500, cover: 10_800, fund: 10_800, patient: 9200)
    ]),
  ClaimEpisode(
    "employees past the deductible: ordinary 0.90 × 0.9 beats 0.8 × 0.9", P.employees,
    [
      .visit(
        P.township, 300_000,
        eligible: 270_000, deductible: 180_000, fund: 81_000, patient: 219_000),
      .visit(
        P.township, 20_000, drugs: 15_000, conditions: 0b1, covers: 0b10,
        eligible: 18_000, fund: 16_200, patient: 3800),
    ]),
  ClaimEpisode(
    "of two covers the one that pays more: 0.7 for diabetes, until its 100 are used up",
    P.residents,
    [
      .visit(
        P.county, 9000, drugs: 8000, conditions: 0b10, covers: 0b101, month: 1,
        eligible: 8900, cover: 5600, fund: 5600, patient: 3400),
      .visit(
        P.county, 9000, drugs: 8000, conditions: 0b10, covers: 0b101, month: 2,
        eligible: 8900, cover: 4400, fund: 4400, patient: 4600),
      .visit(
        P.county, 9000, drugs: 8000, conditions: 0b10, covers: 0b101, month: 3,
        eligible: 8900, cover: 4000, fund: 4000, patient: 5000),
    ]),
  ClaimEpisode(
    "an institution that cannot settle: no cover either", P.residents,
    [
      .visit(
        P.county, 6000, drugs: 5000, conditions: 0b1, covers: 0b1, settles: false,
        eligible: 0, fund: 0, patient: 6000)
    ]),
]
