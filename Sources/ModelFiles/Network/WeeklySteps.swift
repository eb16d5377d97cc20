// SPDX-License-Identifier: GPL-3.0-or-later

/// A quantity that is constant between changes and recurs each week, added up from spans: shifts
/// of staff, rates of arrival.
struct WeeklySteps {
  /// Amount added at a minute of the week; a span adds it where it begins and takes it where it
  /// ends.
  private var spans: [(minutes: Range<Int>, amount: Double)] = []

  var isEmpty: Bool { spans.isEmpty }

  mutating func add(_ amount: Double, during hours: WeeklyHours) {
    for minutes in hours.minutesOfWeek { spans.append((minutes, amount)) }
  }

  /// The amount from each change on, in order, the first at minute 0 of Monday.
  var changes: [(minuteOfWeek: Int, amount: Double)] {
    let edges = Set([0] + spans.flatMap { [$0.minutes.lowerBound, $0.minutes.upperBound] })
      .filter { $0 < 7 * 1440 }.sorted()
    var changes: [(minuteOfWeek: Int, amount: Double)] = []
    for edge in edges {
      let amount = spans.filter { $0.minutes.contains(edge) }.reduce(0) { $0 + $1.amount }
      if changes.isEmpty || changes.last!.amount != amount { changes.append((edge, amount)) }
    }
    return changes
  }
}
