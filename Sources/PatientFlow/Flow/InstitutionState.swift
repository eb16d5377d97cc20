// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What changes at an institution in the course of a run.
package struct InstitutionState: BitwiseCopyable {
  /// Skill that experts have left behind, 0 to the limit.
  package var skill = 0.0
  /// What people believe of the wait for a doctor (minutes) and for a bed (days).
  package var perceivedWait = 0.0
  package var perceivedBedWait = 0.0
  /// Today's consults and beds, from which that belief is renewed at midnight.
  var consults: Int64 = 0
  var waited: Int64 = 0
  var beds: Int64 = 0
  var bedWaited: Int64 = 0
  /// Days until a free slot, as of now.
  package var slotWaitDays = 0
  /// The next day with an expert and a free slot of his within the horizon, or −1.
  package var expertDay = -1

  /// Takes up what was seen today and begins a new day. Without a patient nobody learns anything.
  mutating func endDay(weight: Double) {
    if consults > 0 {
      perceivedWait += weight * (Double(waited) / Double(consults) / 6e7 - perceivedWait)
    }
    if beds > 0 {
      perceivedBedWait +=
        weight * (Double(bedWaited) / Double(beds) / Double(microsecondsPerDay) - perceivedBedWait)
    }
    (consults, waited, beds, bedWaited) = (0, 0, 0, 0)
  }
}

/// What an institution is worth to anybody today, but for the tier, the way and the bill: put
/// together once a day, and when a slot wait changes, because it is read at every choice.
struct SiteAppeal: BitwiseCopyable {
  /// Utility of the waits: for a visit, and for a stay.
  var visit = 0.0
  var stay = 0.0
  /// The institution's half of the quality that people see.
  var quality = 0.0
}

/// The bills that people expect of a tier at the prices that the model states.
struct TierOutlook: BitwiseCopyable {
  var visitBill: Money
  var stayBill: Money

  init(_ profile: TierProfile) {
    visitBill = Money.bill(yuan: profile.expectedVisitBill)
    stayBill = Money.bill(yuan: profile.expectedStayBill)
  }
}

/// Lengths of service of a tier, made ready for drawing.
struct ServiceTimes: BitwiseCopyable {
  var consult: LogTime
  var secondConsult: LogTime
  var exam: LogTime
  var acute: LogTime
  var recovery: LogTime
  var bill: LogTime

  init(_ profile: TierProfile) {
    consult = LogTime(mean: profile.consultMinutes, variation: profile.consultVariation)
    secondConsult = LogTime(
      mean: profile.secondConsultMinutes, variation: profile.consultVariation)
    exam = LogTime(mean: profile.examMinutes, variation: profile.examVariation)
    acute = LogTime(mean: profile.acuteDays, variation: profile.acuteVariation)
    recovery = LogTime(mean: profile.recoveryDays, variation: profile.recoveryVariation)
    bill = LogTime(mean: profile.visitBill, variation: profile.visitBillVariation)
  }
}
