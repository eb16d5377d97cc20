// SPDX-License-Identifier: GPL-3.0-or-later

extension OccupancyDistribution {
  /// The share of the time until `now` at levels above `limit`; `nil` when no time has passed.
  public func share(over limit: Int, at now: SimulationTime) -> Double? {
    let spans = spans(until: now)
    let total = spans.reduce(0, +)
    guard total > 0 else { return nil }
    return Double(spans.dropFirst(Swift.max(0, limit + 1)).reduce(0, +)) / Double(total)
  }

  /// The least level that was not exceeded for at least a share `probability` of the time until
  /// `now`; `nil` when no time has passed.
  ///
  /// - Precondition: `probability` lies in 0...1.
  public func quantile(_ probability: Double, at now: SimulationTime) -> Int? {
    precondition((0...1).contains(probability), "A probability lies in 0...1")
    let spans = spans(until: now)
    let total = spans.reduce(0, +)
    guard total > 0 else { return nil }
    let wanted = probability * Double(total)
    var below: Int64 = 0
    for (level, span) in spans.enumerated() {
      below += span
      if span > 0 && Double(below) >= wanted { return level }
    }
    return spans.count - 1
  }

  /// The time-weighted mean until `now`; `nil` when no time has passed.
  public func mean(at now: SimulationTime) -> Double? {
    let spans = spans(until: now)
    let total = spans.reduce(0, +)
    guard total > 0 else { return nil }
    let integral = spans.enumerated().reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
    return Double(integral) / Double(total)
  }

  private func spans(until now: SimulationTime) -> [Int64] {
    var counted = self
    counted.set(level, at: now)
    return counted.microsecondsAtLevel
  }
}
