// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// When the entities of one source arrive.
public enum ArrivalProcess: Hashable, Sendable {
  /// Independently of one another, so many per unit of the network's time.
  case poisson(rate: Double)
  /// At these instants, which do not descend.
  case scheduled([SimulationTime])
  /// Independently of one another, at a rate that is constant between changes and recurs with the
  /// period: a week that begins with the model's weeks, or any other span from there.
  case periodic(period: TimeSpan, [RateChange])

  /// From `offset` into the period on, `rate` per unit of the network's time.
  public struct RateChange: Hashable, Sendable {
    public var offset: TimeSpan
    public var rate: Double

    public init(offset: TimeSpan, rate: Double) {
      self.offset = offset
      self.rate = rate
    }
  }
}

/// A stream of arrivals: when, on which pathway, as what.
public struct ArrivalSource: Hashable, Sendable {
  /// A class and the share of arrivals that belong to it.
  public struct ClassShare: Hashable, Sendable {
    public var name: String
    public var share: Double

    public init(_ name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// Names the source, and with it the random numbers of its arrivals.
  public var name: String
  public var process: ArrivalProcess
  public var pathway: String
  /// Shares that sum to 1.
  public var classes: [ClassShare]

  public init(
    name: String, process: ArrivalProcess, pathway: String, classes: [ClassShare]
  ) {
    self.name = name
    self.process = process
    self.pathway = pathway
    self.classes = classes
  }
}

/// Something wrong with a source of arrivals.
public struct ArrivalFault: Error, Hashable, Sendable {
  public var source: String
  public var reason: Reason

  public enum Reason: Hashable, Sendable {
    case duplicateSource
    case unknownPathway(String, known: [String])
    case unknownClass(String, known: [String])
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
  func faults(in program: PathwayProgram) -> [ArrivalFault] {
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
    reasons += process.faults
    return reasons.map { ArrivalFault(source: name, reason: $0) }
  }
}

extension ArrivalProcess {
  fileprivate var faults: [ArrivalFault.Reason] {
    switch self {
    case .poisson(let rate):
      return rate > 0 && rate.isFinite ? [] : [.rateOutOfRange(rate)]
    case .scheduled(let times):
      let isOrdered = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
      return isOrdered && (times.first ?? .zero) >= .zero ? [] : [.timesOutOfOrder]
    case .periodic(let period, let changes):
      var reasons: [ArrivalFault.Reason] = changes.map(\.rate)
        .filter { !($0 >= 0 && $0.isFinite) }.map { .rateOutOfRange($0) }
      let offsets = changes.map(\.offset)
      if !offsets.allSatisfy({ $0 >= .zero && $0 < period })
        || !zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 })
      {
        reasons.append(.offsetsOutOfOrder)
      }
      if !changes.contains(where: { $0.rate > 0 }) { reasons.append(.noRate) }
      return reasons
    }
  }
}
