// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Something wrong with a source of arrivals.
public struct ArrivalFault: Error, Hashable, Sendable {
  public var source: String
  public var reason: Reason

  public enum Reason: Hashable, Sendable {
    case duplicateSource
    case unknownPathway(String, known: [String])
    case unknownClass(String, known: [String])
    case unknownAttribute(String, known: [String])
    case noClasses
    case shareOutOfRange(Double)
    case sharesSumTo(Double)
    case rateOutOfRange(Double)
    /// No rate of the period is above 0.
    case noRate
    /// Offsets must begin at 0 or later, ascend, and stay below the period.
    case offsetsOutOfOrder
    /// Instants must not be negative and not descend.
    case timesOutOfOrder
    /// An interval can be negative, or has a mean below a microsecond.
    case intervalsOutOfRange
    /// What remains of an interval is known for some families only.
    case noStationaryInterval(String)
    /// A batch must have a whole number of members, from 1.
    case batchOutOfRange
    /// Hours in which nobody can ever come.
    case neverOpen
    /// A given instant outside the opening hours.
    case timeOutsideOpening(SimulationTime)
    /// Seasons change rates; the process has none.
    case seasonsWithoutRate
    /// A recorded priority must be 0...15.
    case priorityOutOfRange(Int)
    /// A row must have a value for each attribute.
    case attributesMissing
    case limitOutOfRange
  }

  public init(source: String, reason: Reason) {
    self.source = source
    self.reason = reason
  }
}

/// All faults of a network's sources.
public struct ArrivalFaults: Error, Hashable, Sendable {
  public var faults: [ArrivalFault]

  public init(_ faults: [ArrivalFault]) { self.faults = faults }
}

extension ArrivalSource {
  /// Everything wrong with the source, in order.
  func faults(
    in program: PathwayProgram, timeUnit: TimeSpan, weekStart: SimulationTime
  ) -> [ArrivalFault] {
    var reasons: [ArrivalFault.Reason] = []
    if program.pathway(named: pathway) == nil {
      reasons.append(.unknownPathway(pathway, known: program.pathways))
    }
    if classes.isEmpty { reasons.append(.noClasses) }
    for part in classes {
      if !program.classes.contains(part.name) {
        reasons.append(.unknownClass(part.name, known: program.classes))
      }
      if !(0...1).contains(part.share) { reasons.append(.shareOutOfRange(part.share)) }
    }
    let sum = classes.reduce(0) { $0 + $1.share }
    if !classes.isEmpty, abs(sum - 1) > 1e-9 * Double(classes.count) {
      reasons.append(.sharesSumTo(sum))
    }
    if case .recorded(let rows, let attributes) = process {
      reasons += Self.faults(of: rows, attributes, in: program)
    }
    return reasons.map { ArrivalFault(source: name, reason: $0) }
      + faults(timeUnit: timeUnit, weekStart: weekStart)
  }

  /// Everything wrong with the source but its names and shares, in order.
  public func faults(timeUnit: TimeSpan, weekStart: SimulationTime) -> [ArrivalFault] {
    var reasons = process.faults(timeUnit: timeUnit)
    if let batch, !batch.isWhole || batch.support.lowerBound < 1 {
      reasons.append(.batchOutOfRange)
    }
    if let opening {
      if opening.spans.isEmpty {
        reasons.append(.neverOpen)
      } else if let time = process.times.first(where: {
        !opening.isOpen(at: $0, weekStart: weekStart)
      }) {
        reasons.append(.timeOutsideOpening(time))
      }
    }
    if let seasons {
      if !process.hasRate { reasons.append(.seasonsWithoutRate) }
      if let wrong = seasons.factors.first(where: { !($0 >= 0 && $0.isFinite) }) {
        reasons.append(.rateOutOfRange(wrong))
      } else if seasons.factors.allSatisfy({ $0 == 0 }) {
        reasons.append(.noRate)
      }
    }
    if until ?? .distantFuture < .zero || most == 0 { reasons.append(.limitOutOfRange) }
    return reasons.map { ArrivalFault(source: name, reason: $0) }
  }

  private static func faults(
    of rows: [ArrivalProcess.RecordedArrival], _ attributes: [String],
    in program: PathwayProgram
  ) -> [ArrivalFault.Reason] {
    var reasons: [ArrivalFault.Reason] = []
    for name in Set(rows.compactMap(\.pathway)).sorted() where program.pathway(named: name) == nil {
      reasons.append(.unknownPathway(name, known: program.pathways))
    }
    for name in Set(rows.compactMap(\.entityClass)).sorted()
    where !program.classes.contains(name) {
      reasons.append(.unknownClass(name, known: program.classes))
    }
    for name in attributes where !program.rare.attributes.contains(name) {
      reasons.append(.unknownAttribute(name, known: program.rare.attributes))
    }
    if let wrong = rows.compactMap(\.priority).first(where: { $0 > 15 }) {
      reasons.append(.priorityOutOfRange(Int(wrong)))
    }
    if rows.contains(where: { $0.attributes.count != attributes.count }) {
      reasons.append(.attributesMissing)
    }
    return reasons
  }
}

extension ArrivalProcess {
  /// Whether it has a rate, which seasons can change.
  public var hasRate: Bool {
    switch self {
    case .poisson, .periodic, .rates: true
    case .scheduled, .renewal, .recorded: false
    }
  }

  /// The instants that are given one by one.
  var times: [SimulationTime] {
    switch self {
    case .scheduled(let times): times
    case .recorded(let rows, _): rows.map(\.time)
    case .poisson, .periodic, .rates, .renewal: []
    }
  }

  fileprivate func faults(timeUnit: TimeSpan) -> [ArrivalFault.Reason] {
    switch self {
    case .poisson(let rate):
      return rate > 0 && rate.isFinite ? [] : [.rateOutOfRange(rate)]
    case .scheduled(let times):
      let isOrdered = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
      return isOrdered && (times.first ?? .zero) >= .zero ? [] : [.timesOutOfOrder]
    case .periodic(let period, let changes): return Self.faults(of: changes, period: period)
    case .rates(let changes, let period): return Self.faults(of: changes, period: period)
    case .renewal(let interval, let first):
      var reasons: [ArrivalFault.Reason] = []
      let isTooShort = interval.mean * Double(timeUnit.microseconds) < 1
      if !interval.isNonnegative || isTooShort { reasons.append(.intervalsOutOfRange) }
      switch first {
      case .interval: break
      case .stationary:
        if interval.isNonnegative, interval.mean > 0, interval.lengthBiased == nil {
          reasons.append(.noStationaryInterval(interval.name))
        }
      case .own(let own): if !own.isNonnegative { reasons.append(.intervalsOutOfRange) }
      }
      return reasons
    case .recorded(let rows, _):
      return rows.allSatisfy { $0.time >= .zero } ? [] : [.timesOutOfOrder]
    }
  }

  private static func faults(
    of changes: [RateChange], period: TimeSpan?
  ) -> [ArrivalFault.Reason] {
    var reasons: [ArrivalFault.Reason] = changes.map(\.rate)
      .filter { !($0 >= 0 && $0.isFinite) }.map { .rateOutOfRange($0) }
    let offsets = changes.map(\.offset)
    if !offsets.allSatisfy({ $0 >= .zero && $0 < period ?? TimeSpan(microseconds: .max) })
      || !zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 })
    {
      reasons.append(.offsetsOutOfOrder)
    }
    if !changes.contains(where: { $0.rate > 0 }) { reasons.append(.noRate) }
    return reasons
  }
}
