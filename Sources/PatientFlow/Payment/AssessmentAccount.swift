// SPDX-License-Identifier: GPL-3.0-or-later

/// What was withheld for a performance assessment and what was achieved, in the year so far.
package struct AssessmentAccount: Sendable, Equatable {
  /// What one institution did in the year.
  package struct Record: Hashable, Sendable {
    package var withheld = Money.zero
    /// Registered referrals up attended that it sent, and patients moved or handed down that it
    /// sent or, below, received.
    package var up: Int64 = 0
    package var down: Int64 = 0
    /// Fen.
    package var drugs: Int64 = 0
    package var billed: Int64 = 0

    package init() {}

    package var drugShare: Double { billed == 0 ? 0 : Double(drugs) / Double(billed) }
  }

  package let rule: PerformanceAssessment
  package private(set) var startDay: Int
  package var records: [Record]

  package init(_ rule: PerformanceAssessment, startDay: Int) {
    self.rule = rule
    self.startDay = startDay
    records = Array(repeating: Record(), count: rule.institutions.count)
  }

  package static func == (left: AssessmentAccount, right: AssessmentAccount) -> Bool {
    left.startDay == right.startDay && left.records == right.records
  }

  /// The score of each institution after so much of a year.
  package func scores(yearShare: Double) -> [Double] {
    records.map { rule.score($0, yearShare: yearShare) }
  }

  /// What is returned to and awarded each institution, and what goes back to the fund.
  ///
  /// Score times what was withheld is returned. The rest of all is awarded by grade, in parts of
  /// what was withheld times the grade's share; if nobody earns an award it goes back.
  package func settlement(yearShare: Double) -> (paid: [Money], toFund: Money) {
    let scores = scores(yearShare: yearShare)
    var paid = zip(records, scores).map { $0.withheld.share($1) }
    let withheld = records.reduce(Money.zero) { $0 + $1.withheld }
    let rest = withheld - paid.reduce(.zero, +)
    let weights = zip(records, scores).map {
      Double($0.withheld.fen) * rule.awardShare(score: $1)
    }
    guard rest > .zero, weights.contains(where: { $0 > 0 }) else { return (paid, rest) }
    for (place, award) in rest.divided(by: weights).enumerated() { paid[place] += award }
    return (paid, .zero)
  }

  /// Begins the next year.
  package mutating func beginYear(on day: Int) {
    startDay = day
    for place in records.indices { records[place] = Record() }
  }

  /// CNY that one more referral down, and up, is worth to an institution at its rate of
  /// withholding so far, while its target is not reached.
  package func worth(at institution: Int, on day: Int) -> (down: Double, up: Double) {
    guard day > startDay, let place = rule.institutions.firstIndex(of: institution) else {
      return (0, 0)
    }
    let yearShare = Double(day - startDay) / 365
    let yearly = records[place].withheld.inYuan / yearShare
    let weights = rule.downWeight + rule.upWeight + rule.drugWeight
    guard weights > 0 else { return (0, 0) }
    func worth(_ weight: Double, _ done: Int64, _ target: Double) -> Double {
      target > 0 && Double(done) < target * yearShare ? yearly * weight / weights / target : 0
    }
    return (
      worth(rule.downWeight, records[place].down, rule.downTarget),
      worth(rule.upWeight, records[place].up, rule.upTarget)
    )
  }
}
