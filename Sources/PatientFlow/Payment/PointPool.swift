// SPDX-License-Identifier: GPL-3.0-or-later

/// A regional budget for stays that is divided by points: what was earned in the year so far.
///
/// A case of weight 1 at the reference tier has 100 points. The fund advances points times an
/// assumed value, less what the patient paid; when the year ends the value of a point is
/// (budget + what patients paid) / points, and the difference is settled: so the fund pays the
/// budget, neither more nor less.
package struct PointPool: Sendable, Equatable {
  /// Rows of the institutions that are paid by it.
  package let institutions: [Int]
  /// CNY in a whole year.
  package let yearlyBudget: Money
  /// The budget of the year that runs.
  package private(set) var budget: Money
  /// By place in ``institutions``: thousandths of points, what patients paid within the price, and
  /// what was advanced.
  package private(set) var points: [Int64]
  package private(set) var patients: [Money]
  package private(set) var advanced: [Money]
  /// CNY a point of the last year that was settled; 0 before.
  package private(set) var pointValue = 0.0

  package init(institutions: [Int], yearlyBudget: Money, yearShare: Double) {
    self.institutions = institutions
    self.yearlyBudget = yearlyBudget
    budget = yearlyBudget.share(yearShare)
    points = Array(repeating: 0, count: institutions.count)
    patients = Array(repeating: .zero, count: institutions.count)
    advanced = Array(repeating: .zero, count: institutions.count)
  }

  package mutating func add(
    at institution: Int, points more: Int64, patientPaid: Money, advanced paid: Money
  ) {
    guard let place = institutions.firstIndex(of: institution) else { return }
    points[place] += more
    patients[place] += patientPaid
    advanced[place] += paid
  }

  /// What each institution is owed for the year in all, and the value of a point in CNY.
  ///
  /// Who took more from patients than its points are worth keeps that and gets nothing; the others
  /// share the budget. Of a year without a point nothing is owed.
  package func settlement() -> (owed: [Money], value: Double) {
    var isIn = points.map { $0 > 0 }
    while true {
      var sum: Int64 = 0
      var paid = Money.zero
      for place in points.indices where isIn[place] {
        sum += points[place]
        paid += patients[place]
      }
      guard sum > 0 else { return (points.map { _ in .zero }, 0) }
      let perPoint = Double((budget + paid).fen) / Double(sum)
      let owed = points.indices.map { place in
        isIn[place] ? perPoint * Double(points[place]) - Double(patients[place].fen) : 0
      }
      if let out = owed.firstIndex(where: { $0 < 0 }) {
        isIn[out] = false
        continue
      }
      return (budget.divided(by: owed), perPoint * 1000 / 100)
    }
  }

  /// Ends the year and begins the next.
  ///
  /// - Returns: what each institution gets beyond its advances; less than nothing is paid back.
  package mutating func endYear() -> [Money] {
    let (owed, value) = settlement()
    let differences = zip(owed, advanced).map { $0 - $1 }
    if value > 0 { pointValue = value }
    self = PointPool(institutions: institutions, yearlyBudget: yearlyBudget, pointValue: pointValue)
    return differences
  }

  private init(institutions: [Int], yearlyBudget: Money, pointValue: Double) {
    self.init(institutions: institutions, yearlyBudget: yearlyBudget, yearShare: 1)
    self.pointValue = pointValue
  }
}
