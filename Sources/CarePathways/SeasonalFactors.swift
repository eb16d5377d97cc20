// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Factors by which rates of arrival differ within the year, constant from day to day.
public struct SeasonalFactors: Hashable, Sendable {
  /// A calendar year of the simulated time.
  public struct Year: Hashable, Sendable {
    public var start: SimulationTime
    public var isLeap: Bool

    public init(start: SimulationTime, isLeap: Bool) {
      self.start = start
      self.isLeap = isLeap
    }
  }

  /// From a day of the year on, 0 being 1 January, a factor; the first day is 0.
  struct Change: Hashable, Sendable {
    var day: Int
    var factor: Double
  }

  let years: [Year]
  let common: [Change]
  let leap: [Change]

  static let day: Int64 = 86_400_000_000

  /// Factors by day.
  ///
  /// - Parameters:
  ///   - days: a factor for each day of a leap year, of which 29 February is number 59.
  ///   - years: the years in order without gaps, the first at or before time 0; after the last of
  ///     them nobody arrives.
  public init(days: [Double], years: [Year]) {
    precondition(days.count == 366, "a leap year has 366 days")
    precondition((years.first?.start ?? .zero) <= .zero && !years.isEmpty, "years begin at time 0")
    self.years = years
    leap = Self.changes(days)
    var days = days
    days.remove(at: 59)
    common = Self.changes(days)
  }

  /// All factors there are.
  var factors: [Double] { leap.map(\.factor) }

  /// The factor that holds at an instant not before time 0, and until when.
  func factor(at time: Int64) -> (factor: Double, until: Int64) {
    let place = years.partitionPoint { $0.start.microseconds <= time } - 1
    let year = years[place]
    let end = year.start.microseconds + (year.isLeap ? 366 : 365) * Self.day
    if time >= end { return (0, .max) }
    let changes = year.isLeap ? leap : common
    let into = (time - year.start.microseconds) / Self.day
    let next = changes.partitionPoint { Int64($0.day) <= into }
    return (
      changes[next - 1].factor,
      next < changes.count
        ? year.start.microseconds + Int64(changes[next].day) * Self.day : end
    )
  }

  private static func changes(_ days: [Double]) -> [Change] {
    var changes: [Change] = []
    for (day, factor) in days.enumerated() where changes.last?.factor != factor {
      changes.append(Change(day: day, factor: factor))
    }
    return changes
  }
}

extension Array {
  /// The place of the first element that does not satisfy a condition, where those that do come
  /// first.
  func partitionPoint(_ isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
