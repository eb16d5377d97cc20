// SPDX-License-Identifier: GPL-3.0-or-later

/// What is counted of visits and stays in one cell of a table; whole numbers, so that no sum
/// depends on its order.
package struct FlowCell: BitwiseCopyable {
  package var visits: Int64 = 0
  package var firstContacts: Int64 = 0
  package var admissions: Int64 = 0
  package var stepDowns: Int64 = 0
  /// Registered referrals attended.
  package var referralsUp: Int64 = 0
  package var referralsDown: Int64 = 0
  package var consults: Int64 = 0
  /// Microseconds from registration to the first consult, of all consults begun.
  package var waited: Int64 = 0
  package var exams: Int64 = 0
  package var repeatedExams: Int64 = 0
  package var expertVisits: Int64 = 0
  /// Seconds of travel, there and back.
  package var travelled: Int64 = 0
  /// Fen.
  package var patientsPaid: Int64 = 0
  package var fundPaid: Int64 = 0
  /// Of what the fund paid: by drug covers, and repaid by major-illness cover.
  package var drugCoverPaid: Int64 = 0
  package var repaid: Int64 = 0
  /// Paid back to the fund by institutions.
  package var penalties: Int64 = 0
  /// Fen billed for drugs, for exams, and for all else: the income from services.
  package var drugsBilled: Int64 = 0
  package var examsBilled: Int64 = 0
  package var servicesBilled: Int64 = 0
  /// Fen that the institution received from the fund's side beyond the fund's part of its bills.
  package var fundGained: Int64 = 0
  /// Fen moved out of what insurance covers, on to patients.
  package var shifted: Int64 = 0
  /// Elective admissions refused for want of budget; and those of them that come again later.
  package var refused: Int64 = 0
  package var delayed: Int64 = 0
  /// Visits after a discharge to which a centre had asked.
  package var aftercareVisits: Int64 = 0
  /// Waits for an acute bed inside the region that ended in one, and their sum in microseconds.
  package var bedsGranted: Int64 = 0
  package var bedWaited: Int64 = 0
  /// Microseconds for which acute beds were held by patients who waited for a recovery bed below.
  package var blocked: Int64 = 0

  /// Fen charged for everything.
  var billed: Int64 { patientsPaid + fundPaid }

  static func += (cell: inout FlowCell, other: FlowCell) {
    cell.visits += other.visits
    cell.firstContacts += other.firstContacts
    cell.admissions += other.admissions
    cell.stepDowns += other.stepDowns
    cell.referralsUp += other.referralsUp
    cell.referralsDown += other.referralsDown
    cell.consults += other.consults
    cell.waited += other.waited
    cell.exams += other.exams
    cell.repeatedExams += other.repeatedExams
    cell.expertVisits += other.expertVisits
    cell.travelled += other.travelled
    cell.patientsPaid += other.patientsPaid
    cell.fundPaid += other.fundPaid
    cell.drugCoverPaid += other.drugCoverPaid
    cell.repaid += other.repaid
    cell.penalties += other.penalties
    cell.drugsBilled += other.drugsBilled
    cell.examsBilled += other.examsBilled
    cell.servicesBilled += other.servicesBilled
    cell.fundGained += other.fundGained
    cell.shifted += other.shifted
    cell.refused += other.refused
    cell.delayed += other.delayed
    cell.aftercareVisits += other.aftercareVisits
    cell.bedsGranted += other.bedsGranted
    cell.bedWaited += other.bedWaited
    cell.blocked += other.blocked
  }
}

/// What becomes of needs, in one period.
package struct NeedCell: BitwiseCopyable {
  /// Onsets and due refills of people who could seek care.
  package var arisen: Int64 = 0
  /// Of these, went; and did not go at all.
  package var sought: Int64 = 0
  package var forgone: Int64 = 0
  /// Ended without being met after at least one contact, and booked visits nobody came to.
  package var unmet: Int64 = 0
  package var met: Int64 = 0
  /// Contacts that left a need open, after which the patient went on at once, or came again later; and
  /// all contacts begun after the first of an episode.
  package var diverted: Int64 = 0
  package var putOff: Int64 = 0
  package var furtherContacts: Int64 = 0
  /// Sent up without registration; by a referral that the lead accepted; not attended.
  package var advised: Int64 = 0
  package var registered: Int64 = 0
  package var registeredMissed: Int64 = 0
  /// Referrals offered to a lead; of these refused because there was no slot soon enough, or as such.
  package var referralsOffered: Int64 = 0
  package var referralsWithoutSlot: Int64 = 0
  package var referralsDeclined: Int64 = 0
  /// Of the patients whom members sent up without registration: who went to the lead or to a member,
  /// elsewhere, or to nobody.
  package var advisedInside: Int64 = 0
  package var advisedOutside: Int64 = 0
  package var advisedNowhere: Int64 = 0
  /// First consults of who came by a green channel, and their waits in microseconds.
  package var channelConsults: Int64 = 0
  package var channelWaited: Int64 = 0
  /// Discharged patients whom their own centre asked to come; not attended; over, attended or not.
  package var aftercareAgreed: Int64 = 0
  package var aftercareMissed: Int64 = 0
  package var aftercareEnded: Int64 = 0
  package var handedDown: Int64 = 0
  /// Stays with a listed disease and a place below; and of these, offered it.
  package var stepDownsEligible: Int64 = 0
  package var stepDownsOffered: Int64 = 0
  /// Of these, by the patient's answer.
  package var stepDownsAccepted: Int64 = 0
  package var stepDownsDeclined: Int64 = 0
  package var leaked: Int64 = 0
  package var expertDays: Int64 = 0
  /// Thousandths of the expert days that were planned, and days taken back for want of doctors.
  package var expertDaysPlanned: Int64 = 0
  package var expertDaysCancelled: Int64 = 0
  /// Microseconds of doctors' time that leads gave and members had, of experts who are back.
  package var expertTimeTaken: Int64 = 0
  package var expertTimeReceived: Int64 = 0
  /// Fen.
  package var expertAllowances: Int64 = 0
  package var allianceSubsidies: Int64 = 0
  /// Doctors back from training.
  package var trained: Int64 = 0
  /// Waits for a bed inside the region that ended in one, and their sum in microseconds.
  package var bedsGranted: Int64 = 0
  package var bedWaited: Int64 = 0
  /// Onsets that are likelier in people with hypertension out of control.
  package var complications: Int64 = 0
  /// Residents who signed with a family doctor; refill visits that were follow-ups, and those that a
  /// specialist of the lead joined.
  package var contractsSigned: Int64 = 0
  package var followUps: Int64 = 0
  package var teamFollowUps: Int64 = 0
  /// Exams sent to a shared centre, and reports of it; microseconds from exam to report; patients who came
  /// again on another day for the result of an exam or of a remote consult.
  package var examsSentAway: Int64 = 0
  package var reports: Int64 = 0
  package var reportTime: Int64 = 0
  package var calledBack: Int64 = 0
  /// Remote consults asked for; not asked for because the wait was too long; such that
  /// brought the need within scope; microseconds of waits for their begin and of consults.
  package var remoteAsked: Int64 = 0
  package var remoteDeclined: Int64 = 0
  package var remoteResolved: Int64 = 0
  package var remoteWaited: Int64 = 0
  package var remoteTime: Int64 = 0
  /// Days of doctors who were kept out of a clinic by duties elsewhere.
  package var dutyDays: Int64 = 0
  /// Sum and number of the logsums seen, by care class and severity band.
  package var logsums: InlineArray<9, Double> = InlineArray(repeating: 0)
  package var logsumCounts: InlineArray<9, Int64> = InlineArray(repeating: 0)
}

/// How soon emergencies of one need were seen by a doctor able to treat them, in one period.
package struct EmergencyCell: BitwiseCopyable {
  package var seen: Int64 = 0
  /// Microseconds from the onset to the doctor, of all of them.
  package var taken: Int64 = 0
}
