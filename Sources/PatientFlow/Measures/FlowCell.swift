// SPDX-License-Identifier: GPL-3.0-or-later

/// What is counted of visits and stays in one cell of a table; whole numbers, so that no sum
/// depends on its order.
struct FlowCell: BitwiseCopyable {
  var visits: Int64 = 0
  var firstContacts: Int64 = 0
  var admissions: Int64 = 0
  var stepDowns: Int64 = 0
  /// Registered referrals attended.
  var referralsUp: Int64 = 0
  var referralsDown: Int64 = 0
  var consults: Int64 = 0
  /// Microseconds from registration to the first consult, of all consults begun.
  var waited: Int64 = 0
  var exams: Int64 = 0
  var repeatedExams: Int64 = 0
  var expertVisits: Int64 = 0
  /// Seconds of travel, there and back.
  var travelled: Int64 = 0
  /// Fen.
  var patientsPaid: Int64 = 0
  var fundPaid: Int64 = 0

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
  }
}

/// What becomes of needs, in one period.
struct NeedCell: BitwiseCopyable {
  /// Onsets and due refills of people who could seek care.
  var arisen: Int64 = 0
  /// Of these, went; and did not go at all.
  var sought: Int64 = 0
  var forgone: Int64 = 0
  /// Ended without being met after at least one contact, and booked visits nobody came to.
  var unmet: Int64 = 0
  var met: Int64 = 0
  /// Sent up without registration; registered and offered; not attended.
  var advised: Int64 = 0
  var registered: Int64 = 0
  var registeredMissed: Int64 = 0
  var handedDown: Int64 = 0
  var stepDownsOffered: Int64 = 0
  var leaked: Int64 = 0
  var expertDays: Int64 = 0
  /// Waits for a bed inside the region that ended in one, and their sum in microseconds.
  var bedsGranted: Int64 = 0
  var bedWaited: Int64 = 0
  /// Sum and number of the logsums seen, by care class and severity band.
  var logsums: InlineArray<9, Double> = InlineArray(repeating: 0)
  var logsumCounts: InlineArray<9, Int64> = InlineArray(repeating: 0)
}
