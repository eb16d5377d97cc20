// SPDX-License-Identifier: GPL-3.0-or-later

/// How care goes on once a patient is at the door.
package struct CareParameters: BitwiseCopyable, Sendable {
  /// How far one experience moves trust.
  package var trustLearning = 0.0
  /// What an experience is worth: resolved, referred well, failed.
  package var resolvedResult = 1.0
  package var referredResult = 0.0
  package var failedResult = 0.0
  /// Probability that a doctor sees that a need is beyond the scope.
  package var recognition = 1.0
  /// Probability of sending up what is within the scope.
  package var defensiveReferral = 0.0
  /// Probability that an exam brought along is repeated, with and without recognition.
  package var repeatExamUnrecognised = 1.0
  package var repeatExamRecognised = 0.0
  /// Probability that a booked patient does not come.
  package var noShow = 0.0
  /// Scope and quality per unit of skill; most skill; days in which it halves.
  package var skillScopeWeight = 0.0
  package var skillQualityWeight = 0.0
  package var skillLimit = 0.0
  package var skillHalfLifeDays = 365.0
  /// Mean days that an elective patient waits for a bed.
  package var patienceDays = 30.0
  /// Share of stays of a listed disease, and the recovery days it needs to be moved.
  package var listedShare = 0.0
  package var listedLeastRecoveryDays = 0.0
  /// Minutes to move a patient from one bed to another.
  package var transferMinutes = 0.0
  /// Mean days until a need that was not met comes back; contacts of an episode at most.
  package var returnDays = 1.0
  package var mostContacts = 1
  /// Days between refills.
  package var refillDays = 30.0
  /// Share that seeks a refill at the reference utility.
  package var refillSeekShare = 1.0
  /// Weight of the last day in what people believe of waits.
  package var perceivedWaitWeight = 0.1

  package init() {}
}
