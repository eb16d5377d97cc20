// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// The purposes for which a region draws random numbers, by name.
///
/// A draw is keyed by purpose, owner (the source of the need, or the resident), episode (the
/// number of the need) and variate (the contact within the episode), and by nothing that a policy
/// could change: so scenarios share their random numbers.
enum Draw {
  static let onsetGap = Purpose("onset-gap")
  static let onsetResident = Purpose("onset-resident")
  static let onsetRisk = Purpose("onset-risk")
  static let severity = Purpose("severity")
  static let seek = Purpose("seek")
  static let institution = Purpose("institution")
  static let morningDelay = Purpose("morning-delay")
  static let attendance = Purpose("attendance")
  static let registration = Purpose("registration-time")
  static let firstConsult = Purpose("first-consult-time")
  static let secondConsult = Purpose("second-consult-time")
  static let examNeed = Purpose("exam-need")
  static let examTime = Purpose("exam-time")
  static let examCentre = Purpose("exam-centre")
  static let examReading = Purpose("exam-reading-time")
  static let remoteRequest = Purpose("remote-consult-request")
  static let remoteConsult = Purpose("remote-consult-time")
  static let drugStock = Purpose("drug-stock")
  static let admission = Purpose("admission")
  static let defensive = Purpose("defensive-referral")
  static let joining = Purpose("alliance-joining")
  static let record = Purpose("shared-record")
  static let recognition = Purpose("recognition")
  static let registered = Purpose("registered-referral")
  static let referralAcceptance = Purpose("referral-acceptance")
  static let handDown = Purpose("hand-down")
  static let aftercare = Purpose("aftercare")
  static let visitBill = Purpose("visit-bill")
  static let returnDelay = Purpose("return-delay")
  static let bedNotice = Purpose("bed-notice")
  static let patience = Purpose("admission-patience")
  static let acuteStay = Purpose("acute-stay")
  static let recoveryStay = Purpose("recovery-stay")
  static let listed = Purpose("listed-disease")
  static let offer = Purpose("step-down-offer")
  static let acceptance = Purpose("step-down-acceptance")
  static let catalogue = Purpose("disease-catalogue")
  static let refusal = Purpose("budget-refusal")
  static let firstRefill = Purpose("first-refill")
  static let post = Purpose("post")
  static let gatekeeping = Purpose("gatekeeping")
  static let title = Purpose("doctor-title")
  static let pharmacy = Purpose("retail-pharmacy")
  static let longPrescription = Purpose("long-prescription")
}
