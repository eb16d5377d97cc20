// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
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
  /// Independently of one another, at a rate that is constant between changes. Offsets count from
  /// time 0, before the first of them nobody comes, and the last rate holds; with `every`, all
  /// begins anew after such a span.
  case rates([RateChange], every: TimeSpan? = nil)
  /// One after the other, with independent intervals, in the network's time, of one distribution.
  case renewal(Distribution, first: FirstInterval = .interval)
  /// As a log says, which may be in any order.
  case recorded([RecordedArrival], attributes: [String] = [])

  /// From `offset` into the period on, `rate` per unit of the network's time.
  public struct RateChange: Hashable, Sendable {
    public var offset: TimeSpan
    public var rate: Double

    public init(offset: TimeSpan, rate: Double) {
      self.offset = offset
      self.rate = rate
    }
  }

  /// From time 0 to the first arrival of a renewal process.
  public enum FirstInterval: Hashable, Sendable {
    /// An interval like all others, which begins at time 0.
    case interval
    /// What remains of an interval that has long been running.
    case stationary
    /// A distribution of its own.
    case own(Distribution)
  }

  /// A row of a log: whatever is `nil` follows from the source.
  public struct RecordedArrival: Hashable, Sendable {
    public var time: SimulationTime
    public var entityClass: String?
    /// 0...15, lower is more urgent.
    public var priority: UInt8?
    public var pathway: String?
    /// In the order of the log's attributes; `nil` where the model gives the value.
    public var attributes: [Double?]

    public init(
      _ time: SimulationTime, entityClass: String? = nil, priority: UInt8? = nil,
      pathway: String? = nil, attributes: [Double?] = []
    ) {
      self.time = time
      self.entityClass = entityClass
      self.priority = priority
      self.pathway = pathway
      self.attributes = attributes
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
  /// Outside these hours nobody comes: rates are 0, and an interval of a renewal process stands
  /// still. `nil`: it is always open.
  public var opening: OpeningHours?
  /// Factors of the rates; `nil`: 1 all year.
  public var seasons: SeasonalFactors?
  /// How many come at an arrival: whole numbers from 1; `nil`: one.
  public var batch: Distribution?
  /// From this instant on nobody comes.
  public var until: SimulationTime?
  /// After so many arrivals, batches counted once, nobody comes.
  public var most: UInt64?

  public init(
    name: String, process: ArrivalProcess, pathway: String, classes: [ClassShare],
    opening: OpeningHours? = nil, seasons: SeasonalFactors? = nil, batch: Distribution? = nil,
    until: SimulationTime? = nil, most: UInt64? = nil
  ) {
    self.name = name
    self.process = process
    self.pathway = pathway
    self.classes = classes
    self.opening = opening
    self.seasons = seasons
    self.batch = batch
    self.until = until
    self.most = most
  }
}

/// Which entity of a source one is, packed into the number that keys its random numbers.
///
/// The first member of the n-th arrival has the number n, whatever the batches: a change of batch
/// sizes adds or takes members, and changes the draws of no other.
public struct ArrivalNumber: Hashable, Sendable {
  /// From 1; in a log, the row.
  public var arrival: UInt64
  /// Within the batch, from 0.
  public var member: UInt64

  /// More members than a batch may have.
  static let memberLimit = 1 << 24
  static let arrivalBits: UInt64 = 40

  public init(arrival: UInt64, member: UInt64 = 0) {
    self.arrival = arrival
    self.member = member
  }

  /// The number of an entity's ``Entity/episode``.
  public init(episode: UInt64) {
    arrival = episode & (1 << Self.arrivalBits - 1)
    member = episode >> Self.arrivalBits
  }

  public var episode: UInt64 { member << Self.arrivalBits | arrival }
}
