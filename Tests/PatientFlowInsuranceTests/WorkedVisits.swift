// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

private typealias P = WorkedPlan

let workedVisits: [WorkedEpisode] = [
  WorkedEpisode(
    "village visit: 0.60 × 40.50", P.residents,
    [.visit(P.village, 4500, eligible: 4050, fund: 2430, patient: 2070)]),
  WorkedEpisode(
    "half a fen goes up: 0.60 × 22.5 fen = 13.5 fen", P.residents,
    [.visit(P.village, 25, eligible: 23, fund: 14, patient: 11)]),
  WorkedEpisode(
    "the nearest fen: 0.60 × 21.6 fen = 12.96 fen", P.residents,
    [.visit(P.village, 24, eligible: 22, fund: 13, patient: 11)]),
  WorkedEpisode(
    "township visit: 0.55 × 78.885 = 43.38675", P.residents,
    [.visit(P.township, 8765, eligible: 7889, fund: 4339, patient: 4426)]),
  WorkedEpisode(
    "rounded once: 0.60 × 40.5 fen = 24.3 fen, where 0.60 × 41 fen would give 25", P.residents,
    [.visit(P.village, 45, eligible: 41, fund: 24, patient: 21)]),
  WorkedEpisode(
    "the smallest bill: 0.54 fen is one fen", P.residents,
    [.visit(P.village, 1, eligible: 1, fund: 1, patient: 0)]),
  WorkedEpisode(
    "zero rate: the patient pays all", P.residents,
    [.visit(P.county, 12_000, eligible: 10_800, fund: 0, patient: 12_000)]),
  WorkedEpisode(
    "no rule for this tier: the patient pays all", P.residents,
    [.visit(P.outside, 12_000, eligible: 0, fund: 0, patient: 12_000)]),
  WorkedEpisode(
    "uninsured: the patient pays all", P.uninsured,
    [.visit(P.village, 4500, eligible: 0, fund: 0, patient: 4500)]),
  WorkedEpisode(
    "a bill of nothing", P.residents,
    [.visit(P.village, 0, eligible: 0, fund: 0, patient: 0)]),
  WorkedEpisode(
    "the ceiling of 300: 270, then 30 of 54, then nothing, then a new year", P.residents,
    [
      .visit(P.village, 50_000, eligible: 45_000, fund: 27_000, patient: 23_000),
      .visit(P.village, 10_000, eligible: 9000, fund: 3000, patient: 7000),
      .visit(P.village, 1000, eligible: 900, fund: 0, patient: 1000),
      .visit(P.village, 1000, year: 2, eligible: 900, fund: 540, patient: 460),
    ]),
  WorkedEpisode(
    "a higher ceiling elsewhere: 300 paid at the village, 200 more at the township", P.residents,
    [
      .visit(P.village, 100_000, eligible: 90_000, fund: 30_000, patient: 70_000),
      .visit(P.township, 100_000, eligible: 90_000, fund: 20_000, patient: 80_000),
      .visit(P.village, 1000, eligible: 900, fund: 0, patient: 1000),
    ]),
  WorkedEpisode(
    "the year's deductible of 1800 over three visits", P.employees,
    [
      .visit(
        P.township, 100_000, eligible: 90_000, deductible: 90_000, fund: 0, patient: 100_000),
      .visit(
        P.city, 150_000, eligible: 135_000, deductible: 90_000, fund: 31_500, patient: 118_500),
      .visit(P.township, 10_000, eligible: 9000, fund: 8100, patient: 1900),
    ]),
  WorkedEpisode(
    "a new year charges the deductible again", P.employees,
    [
      .visit(
        P.township, 300_000, eligible: 270_000, deductible: 180_000, fund: 81_000,
        patient: 219_000),
      .visit(
        P.township, 100_000, year: 2, eligible: 90_000, deductible: 90_000, fund: 0,
        patient: 100_000),
    ]),
  WorkedEpisode(
    "a fee of 50 of which the fund pays 40, deductible or not", P.employees,
    [
      .visit(
        P.city, 20_000, fee: 5000, eligible: 18_000, deductible: 18_000, fund: 4000,
        patient: 21_000)
    ]),
  WorkedEpisode(
    "a fee of 20: the fund pays no more than the fee", P.employees,
    [
      .visit(
        P.city, 10_000, fee: 2000, eligible: 9000, deductible: 9000, fund: 2000, patient: 10_000)
    ]),
  WorkedEpisode(
    "a fee where the fund pays none of it", P.employees,
    [
      .visit(
        P.township, 10_000, fee: 2000, eligible: 9000, deductible: 9000, fund: 0, patient: 12_000)
    ]),
  WorkedEpisode(
    "the fee's part is paid beyond the ceiling of 20,000", P.employees,
    [
      .visit(
        P.township, 3_000_000, eligible: 2_700_000, deductible: 180_000, fund: 2_000_000,
        patient: 1_000_000),
      .visit(P.city, 10_000, fee: 5000, eligible: 9000, fund: 4000, patient: 11_000),
    ]),
  WorkedEpisode(
    "the fee's part does not count against the ceiling", P.employees,
    [
      .visit(
        P.city, 200_000, fee: 5000, eligible: 180_000, deductible: 180_000, fund: 4000,
        patient: 201_000),
      .visit(
        P.township, 3_000_000, eligible: 2_700_000, fund: 2_000_000, patient: 1_000_000),
    ]),
  WorkedEpisode(
    "capital residents: 650, then half, up to 2000 a year", P.capitalResidents,
    [
      .visit(
        P.city, 100_000, eligible: 90_000, deductible: 65_000, fund: 12_500, patient: 87_500),
      .visit(P.city, 400_000, eligible: 360_000, fund: 180_000, patient: 220_000),
      .visit(P.city, 100_000, eligible: 90_000, fund: 7500, patient: 92_500),
    ]),
  WorkedEpisode(
    "the deductible ends on part of a fen: 722.23 × 0.9 = 650.007", P.capitalResidents,
    [
      .visit(P.city, 72_223, eligible: 65_001, deductible: 65_000, fund: 0, patient: 72_223),
      .visit(P.city, 100, eligible: 90, fund: 45, patient: 55),
    ]),
]
