// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  func readCare() -> CareParameters {
    var care = CareParameters()
    let share = 0...1.0
    let days = 0...10_000.0
    care.trustLearning = model.number("trust-learning", .share, in: share)
    let results = model.section("results")
    care.resolvedResult = results.number("resolved", in: share)
    care.referredResult = results.number("referred", in: share)
    care.failedResult = results.number("failed", in: share)
    care.recognition = model.number("recognition", .share, in: share)
    care.defensiveReferral = model.number("defensive-referral", .share, in: share)
    let exams = model.section("repeat-exam")
    care.repeatExamUnrecognised = exams.number("without-recognition", .share, in: share)
    care.repeatExamRecognised = exams.number("with-recognition", .share, in: share)
    care.noShow = model.number("no-show", .share, in: share)
    care.skillScopeWeight = model.number("skill-scope-weight", in: 0...10)
    care.skillQualityWeight = model.number("skill-quality-weight", in: 0...10)
    care.skillLimit = model.number("skill-limit", in: 0...10)
    care.skillHalfLifeDays = model.number("skill-half-life", .days, in: 1...100_000)
    care.patienceDays = model.number("admission-patience", .days, in: 0.001...10_000)
    care.listedShare = model.number("listed-share", .share, in: share)
    care.listedLeastRecoveryDays = model.number("listed-least-recovery", .days, in: days)
    care.transferMinutes = model.number("transfer-time", .minutes, in: 0...100_000)
    care.returnDays = model.number("return-delay", .days, in: days)
    care.mostContacts = Int(model.number("most-contacts", in: 1...100).rounded())
    care.perceivedWaitWeight = model.number("perceived-wait-weight", .share, in: share)
    let refill = model.section("refill")
    care.refillDays = refill.number("interval", .days, in: 1...1000)
    care.refillSeekShare = refill.number("seek-share", .share, in: 0.001...0.999999)
    return care
  }
}
