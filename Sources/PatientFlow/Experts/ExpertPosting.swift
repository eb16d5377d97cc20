// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Experts of a lead hospital work at its members on days of a calendar: what every lever that
/// sends experts comes to.
package struct ExpertPosting: Sendable {
  package enum Work: UInt8, BitwiseCopyable, Sendable {
    /// Sees outpatients.
    case clinic
    /// Operates: treats, in the member's own beds, what the member could not.
    case surgery
    /// Teaches, and sees nobody.
    case teaching
  }

  package var lead: Int
  package var members: [Int]
  package var work: Work
  /// Expert days at each member on a weekday, as planned and complied with.
  package var perWeekday: Double
  /// Half-days a day.
  package var sessions: Double
  /// Patients a half-day.
  package var sessionCapacity: Double
  package var qualityGain = 0.0
  package var scopeGain = 0.0
  package var skillPerDay = 0.0
  package var knownShare = 0.0
  package var knownAfter = 1.0
  /// What the experts are for; `nil`: all needs but refills.
  package var specialty: Specialty?
  /// Whether the expert lives at the member while posted, and travels no day.
  package var staysThere = false
  /// `nil`: they go as planned.
  package var willingness: WillingnessRule?
  /// The day the policy began.
  package var startDay = 0

  /// How many days ahead the calendar is fixed, and a patient looks for an expert's day.
  package static let horizon = 7
  /// Weekdays in a month.
  package static let weekdaysPerMonth = 365.25 * 5 / 7 / 12

  package init(
    lead: Int, members: [Int], work: Work, daysPerMonth: Double, sessions: Double,
    sessionCapacity: Double
  ) {
    self.lead = lead
    self.members = members
    self.work = work
    perWeekday = min(1, daysPerMonth / ExpertPosting.weekdaysPerMonth)
    self.sessions = sessions
    self.sessionCapacity = sessionCapacity
  }

  /// Share of residents who know the calendar so many days after it began.
  package func share(knowingAfter days: Double) -> Double {
    days <= 0 ? 0 : knownShare * (1 - exp(-days / knownAfter))
  }
}

/// A lever that sends experts, and does nothing else.
package protocol SendsExperts: Lever {
  var posting: ExpertPosting { get }
}

extension SendsExperts {
  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.experts.append(posting)
  }
}

/// When an expert leaves his hospital, begins and ends at the member, and is back: microseconds
/// from midnight.
///
/// The travel is out of his day: with t one way, a day of D between the lead's opening and closing
/// and sessions of D/2 he is away for min(D, sessions + 2t), and at the member 2t less.
package struct ExpertDay: Hashable, BitwiseCopyable, Sendable {
  package var leaves: Int64
  package var arrives: Int64
  package var departs: Int64
  package var returns: Int64
  /// Time at the member over the sessions planned.
  package var kept: Double

  /// - Parameters:
  ///   - sessions: half-days.
  ///   - travel: minutes one way.
  package init(opensHour: Double, closesHour: Double, sessions: Double, travel: Double) {
    let hour = 3.6e9
    let day = (closesHour - opensHour) * hour
    let planned = sessions * day / 2
    let way = travel * 6e7
    let atMember = max(0, min(planned, day - 2 * way))
    leaves = Int64((opensHour * hour).rounded())
    arrives = leaves + Int64(way.rounded())
    departs = arrives + Int64(atMember.rounded())
    returns = departs + Int64(way.rounded())
    kept = planned > 0 ? atMember / planned : 0
  }

  /// Whether there is any time left at the member.
  package var isWorthTheWay: Bool { departs > arrives }
}
