// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

private typealias P = WorkedPlan

/// Breaches of a catalogue, places that cannot settle, charges moved out of the catalogue.
let workedBreaches: [ClaimEpisode] = [
  ClaimEpisode(
    "a breach that loses half the rate of 0.75", P.residents,
    [
      .stay(
        P.county, 500_000, rateCut: 0.5,
        eligible: 450_000, deductible: 50_000, fund: 150_000, patient: 350_000)
    ]),
  ClaimEpisode(
    "a breach that loses the whole rate: the deductible still counts as paid", P.residents,
    [
      .stay(
        P.county, 500_000, rateCut: 1.0,
        eligible: 450_000, deductible: 50_000, fund: 0, patient: 500_000),
      .stay(
        P.city, 1_000_000, stage: .transferUp,
        eligible: 900_000, deductible: 50_000, fund: 527_000, patient: 473_000),
    ]),
  ClaimEpisode(
    "a breach for which the hospital pays back a fifth", P.residents,
    [
      .stay(
        P.county, 500_000, penaltyShare: 0.2,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000, penalty: 60_000)
    ]),
  ClaimEpisode(
    "both: half of the rate, and a fifth of what is left of it", P.residents,
    [
      .stay(
        P.county, 333_333, rateCut: 0.5, penaltyShare: 0.2,
        eligible: 300_000, deductible: 50_000, fund: 93_750, patient: 239_583, penalty: 18_750)
    ]),
  ClaimEpisode(
    "payments after a breach do not mount up towards major-illness cover", P.residents,
    [
      .stay(
        P.outside, 20_000_000, rateCut: 0.5,
        eligible: 18_000_000, deductible: 180_000, fund: 3_564_000, patient: 16_436_000),
      .stay(
        P.city, 2_000_000, referred: true,
        eligible: 1_800_000, deductible: 100_000, fund: 1_054_000, patient: 946_000),
    ]),
  ClaimEpisode(
    "a breach at an outpatient clinic", P.employees,
    [
      .visit(
        P.city, 300_000, fee: 5000, rateCut: 0.3,
        eligible: 270_000, deductible: 180_000, fund: 48_100, patient: 256_900)
    ]),
  ClaimEpisode(
    "a place that cannot settle: the patient pays all, the fee too", P.employees,
    [
      .visit(
        P.city, 20_000, fee: 5000, settles: false,
        eligible: 0, fund: 0, patient: 25_000),
      .visit(
        P.township, 200_000,
        eligible: 180_000, deductible: 180_000, fund: 0, patient: 200_000),
    ]),
  ClaimEpisode(
    "a stay where nobody settles opens a spell without a deductible", P.residents,
    [
      .stay(
        P.township, 100_000, settles: false,
        eligible: 0, fund: 0, patient: 100_000),
      .stay(
        P.county, 500_000,
        eligible: 450_000, deductible: 50_000, fund: 300_000, patient: 200_000),
    ]),
  ClaimEpisode(
    "a tenth of a stay moved out of the catalogue: 0.75 × (4050 − 500)", P.residents,
    [
      .stay(
        P.county, 500_000, outsideCatalogue: 50_000,
        eligible: 405_000, deductible: 50_000, fund: 266_250, patient: 233_750)
    ]),
  ClaimEpisode(
    "all of it moved out", P.residents,
    [
      .stay(
        P.county, 500_000, outsideCatalogue: 500_000,
        eligible: 0, fund: 0, patient: 500_000)
    ]),
  ClaimEpisode(
    "a seventh of a visit moved out, in odd fen", P.residents,
    [
      .visit(
        P.township, 8765, outsideCatalogue: 1252,
        eligible: 6762, fund: 3719, patient: 5046)
    ]),
]
