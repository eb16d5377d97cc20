// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

private typealias P = WorkedPlan

/// Transfers in and out of a group, and deductibles that are charged again.
let workedSpells: [ClaimEpisode] = [
  ClaimEpisode(
    "up inside the group: the difference of 350 is due", P.residents,
    [
      .stay(
        P.township, 100_000,
        eligible: 90_000, deductible: 15_000, fund: 63_750, patient: 36_250),
      .stay(
        P.county, 600_000, stage: .transferUp,
        eligible: 540_000, deductible: 35_000, fund: 378_750, patient: 221_250),
    ]),
  ClaimEpisode(
    "up to a hospital of another group: a new admission, 500 in full", P.residents,
    [
      .stay(
        P.township, 100_000,
        eligible: 90_000, deductible: 15_000, fund: 63_750, patient: 36_250),
      .stay(
        P.county, 600_000, stage: .transferUp, isInsideGroup: false,
        eligible: 540_000, deductible: 50_000, fund: 367_500, patient: 232_500),
    ]),
  ClaimEpisode(
    "down inside the group: nothing is due", P.residents,
    [
      .stay(
        P.county, 500_000,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000),
      .stay(
        P.township, 80_000, stage: .transferDown,
        eligible: 72_000, fund: 61_200, patient: 18_800),
    ]),
  ClaimEpisode(
    "down to another group's: a new admission, 150 in full", P.residents,
    [
      .stay(
        P.county, 500_000,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000),
      .stay(
        P.township, 80_000, stage: .transferDown, isInsideGroup: false,
        eligible: 72_000, deductible: 15_000, fund: 48_450, patient: 31_550),
    ]),
  ClaimEpisode(
    "outside the group and on from there: the new spell's own 150 counts", P.residents,
    [
      .stay(
        P.county, 500_000,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000),
      .stay(
        P.township, 80_000, stage: .transferDown, isInsideGroup: false,
        eligible: 72_000, deductible: 15_000, fund: 48_450, patient: 31_550),
      .stay(
        P.county, 400_000, stage: .transferUp,
        eligible: 360_000, deductible: 35_000, fund: 243_750, patient: 156_250),
    ]),
  ClaimEpisode(
    "recharged on the way up: 500, then the city's 800 in full", P.employees,
    [
      .stay(
        P.county, 400_000,
        eligible: 360_000, deductible: 50_000, fund: 272_800, patient: 127_200),
      .stay(
        P.city, 1_000_000, stage: .transferUp,
        eligible: 900_000, deductible: 80_000, fund: 697_000, patient: 303_000),
    ]),
  ClaimEpisode(
    "recharged both ways: 500, 800 and 200", P.employees,
    [
      .stay(
        P.county, 400_000,
        eligible: 360_000, deductible: 50_000, fund: 272_800, patient: 127_200),
      .stay(
        P.city, 1_000_000, stage: .transferUp,
        eligible: 900_000, deductible: 80_000, fund: 697_000, patient: 303_000),
      .stay(
        P.township, 50_000, stage: .transferDown,
        eligible: 45_000, deductible: 20_000, fund: 23_000, patient: 27_000),
    ]),
  ClaimEpisode(
    "recharged within the same tier: 500 twice", P.employees,
    [
      .stay(
        P.county, 400_000,
        eligible: 360_000, deductible: 50_000, fund: 272_800, patient: 127_200),
      .stay(
        P.county, 400_000, stage: .transferUp,
        eligible: 360_000, deductible: 50_000, fund: 272_800, patient: 127_200),
    ]),
  ClaimEpisode(
    "a move that a scheme does not follow counts as an admission: the later deductible of 650",
    P.capitalResidents,
    [
      .stay(
        P.city, 1_000_000,
        eligible: 900_000, deductible: 130_000, fund: 539_000, patient: 461_000),
      .stay(
        P.city, 500_000,
        eligible: 450_000, deductible: 65_000, fund: 269_500, patient: 230_500),
    ]),
  ClaimEpisode(
    "down over the turn of the year: nothing is due, and the new year's ceiling pays", P.residents,
    [
      .stay(
        P.county, 500_000,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000),
      .stay(
        P.township, 80_000, stage: .transferDown, year: 2,
        eligible: 72_000, fund: 61_200, patient: 18_800),
      .stay(
        P.county, 500_000, year: 2,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000),
    ]),
]
