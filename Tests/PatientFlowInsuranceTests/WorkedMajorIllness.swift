// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

private typealias P = WorkedPlan

/// Years of dear stays.
let workedMajorIllness: [ClaimEpisode] = [
  ClaimEpisode(
    "under the threshold of 10,000 nothing is repaid", P.residents,
    [
      .stay(
        P.county, 2_000_000,
        eligible: 1_800_000, deductible: 50_000, fund: 1_312_500, patient: 687_500)
    ]),
  ClaimEpisode(
    "a stay whose own payments pass the threshold: 0.60 beyond 10,000", P.residents,
    [
      .stay(
        P.city, 5_000_000, referred: true,
        eligible: 4_500_000, deductible: 100_000, repaid: 463_200, fund: 3_191_200,
        patient: 1_808_800)
    ]),
  ClaimEpisode(
    "two stays mount up: the second is repaid what passes the threshold", P.residents,
    [
      .stay(
        P.city, 2_000_000, referred: true,
        eligible: 1_800_000, deductible: 100_000, fund: 1_054_000, patient: 946_000),
      .stay(
        P.city, 2_000_000, referred: true,
        eligible: 1_800_000, deductible: 100_000, repaid: 295_200, fund: 1_349_200, patient: 650_800
      ),
    ]),
  ClaimEpisode(
    "both bands: 0.60 up to 50,000 and 0.70 beyond", P.residents,
    [
      .stay(
        P.outside, 20_000_000,
        eligible: 18_000_000, deductible: 180_000, repaid: 6_510_400, fund: 13_638_400,
        patient: 6_361_600)
    ]),
  ClaimEpisode(
    "a new year begins at nothing", P.residents,
    [
      .stay(
        P.city, 2_000_000, referred: true,
        eligible: 1_800_000, deductible: 100_000, fund: 1_054_000, patient: 946_000),
      .stay(
        P.city, 2_000_000, referred: true, year: 2,
        eligible: 1_800_000, deductible: 100_000, fund: 1_054_000, patient: 946_000),
    ]),
  ClaimEpisode(
    "what the inpatient ceiling leaves mounts up, too", P.residents,
    [
      .stay(
        P.outside, 40_000_000, referred: true,
        eligible: 36_000_000, deductible: 180_000, repaid: 13_600_000, fund: 28_600_000,
        patient: 11_400_000)
    ]),
  ClaimEpisode(
    "the same year in three bills is repaid the same: 0.60 of 3.33 beyond", P.residents,
    [
      .stay(
        P.city, 2_941_176, referred: true,
        eligible: 2_647_058, deductible: 100_000, repaid: 40_729, fund: 1_619_905,
        patient: 1_321_271),
      .stay(
        P.township, 33_333, referred: true, stage: .transferDown,
        eligible: 30_000, repaid: 2700, fund: 28_200, patient: 5133),
      .stay(
        P.township, 33_333, referred: true, stage: .transferDown,
        eligible: 30_000, repaid: 2700, fund: 28_200, patient: 5133),
      .stay(
        P.township, 33_334, referred: true, stage: .transferDown,
        eligible: 30_001, repaid: 2700, fund: 28_201, patient: 5133),
    ]),
  ClaimEpisode(
    "residents' visits do not mount up", P.residents,
    [
      .stay(
        P.city, 2_500_000, referred: true,
        eligible: 2_250_000, deductible: 100_000, fund: 1_333_000, patient: 1_167_000),
      .visit(
        P.county, 300_000,
        eligible: 270_000, fund: 0, patient: 300_000),
    ]),
  ClaimEpisode(
    "employees' visits do: half beyond 5000", P.employees,
    [
      .visit(
        P.township, 200_000,
        eligible: 180_000, deductible: 180_000, fund: 0, patient: 200_000),
      .stay(
        P.city, 2_000_000,
        eligible: 1_800_000, deductible: 80_000, repaid: 9000, fund: 1_471_000, patient: 529_000),
      .visit(
        P.city, 100_000, fee: 5000,
        eligible: 90_000, repaid: 13_500, fund: 80_500, patient: 24_500),
    ]),
  ClaimEpisode(
    "the repayment's ceiling of 300,000", P.residents,
    [
      .stay(
        P.outside, 80_000_000,
        eligible: 72_000_000, deductible: 180_000, repaid: 30_000_000, fund: 45_000_000,
        patient: 35_000_000),
      .stay(
        P.outside, 80_000_000,
        eligible: 72_000_000, deductible: 180_000, fund: 0, patient: 80_000_000),
    ]),
]
