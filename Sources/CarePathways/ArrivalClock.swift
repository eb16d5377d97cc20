// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// A source's process, compiled: what the next arrival follows from.
///
/// Rates that change are met exactly, by inversion: the n-th arrival lies where the integral of the
/// rate reaches the sum of the first n exponential draws (Çinlar, *Introduction to Stochastic
/// Processes*, 1975, §4.7). So a change of rates moves arrivals, and changes no draw.
struct ArrivalClock: Sendable {
  enum Kind: UInt8, Sendable {
    case poisson, periodic
    /// Whatever takes more than a draw and a rate: told apart by ``Timing``.
    case special
  }

  enum Timing: Sendable {
    case poisson, periodic
    case curve(RateCurve)
    case renewal(Renewal)
    /// Instants in order.
    case listed([SimulationTime])
  }

  struct Renewal: Sendable {
    var interval: SamplerIndex
    var first: SamplerIndex
    /// Whether the first interval is a uniform part of what `first` draws.
    var isFirstPartial: Bool
    /// Microseconds per unit of the network's time.
    var scale: Double
    var opening: OpeningHours?
  }

  let kind: Kind
  let timing: Timing
  /// Mean microseconds between arrivals of a Poisson process.
  let meanInterval: Double
  let periodic: PeriodicRate
  let until: SimulationTime
  let most: UInt64

  /// Where a source stands between two arrivals.
  struct Position: BitwiseCopyable, Sendable {
    /// Arrivals so far.
    var count: UInt64 = 0
    /// The start of the current period, in microseconds.
    var periodStart: Int64 = 0
    /// Arrivals expected from there to the latest one.
    var level = 0.0
    var segment: Int32 = 0
  }

  /// - Parameter samplers: where the distributions of intervals are put.
  init(
    _ source: ArrivalSource, timeUnit: TimeSpan, weekStart: SimulationTime,
    _ samplers: inout SamplerTable
  ) {
    let timing = Self.timing(source, timeUnit: timeUnit, weekStart: weekStart, &samplers)
    self.timing = timing
    until = source.until ?? .distantFuture
    most = source.most ?? .max
    let isPlain = source.batch == nil && source.until == nil && source.most == nil
    switch timing {
    case .poisson where isPlain: kind = .poisson
    case .periodic where isPlain: kind = .periodic
    default: kind = .special
    }
    let microseconds = Double(timeUnit.microseconds)
    if case .poisson(let rate) = source.process {
      meanInterval = microseconds / rate
    } else {
      meanInterval = 0
    }
    if case .periodic(let span, let changes) = source.process {
      periodic = PeriodicRate(changes, period: span, timeUnit: timeUnit)
    } else {
      periodic = PeriodicRate([], period: .zero, timeUnit: timeUnit)
    }
  }

  private static func timing(
    _ source: ArrivalSource, timeUnit: TimeSpan, weekStart: SimulationTime,
    _ samplers: inout SamplerTable
  ) -> Timing {
    switch source.process {
    case .scheduled(let times): return .listed(times)
    case .recorded(let rows, _): return .listed(rows.map(\.time).sorted())
    case .renewal(let interval, let first):
      let index = samplers.add(interval)
      var renewal = Renewal(
        interval: index, first: index, isFirstPartial: false,
        scale: Double(timeUnit.microseconds), opening: source.opening)
      switch first {
      case .interval: break
      case .own(let own): renewal.first = samplers.add(own)
      case .stationary:
        guard let biased = interval.lengthBiased else {
          preconditionFailure("a stationary interval passed the check but is unknown")
        }
        renewal.first = samplers.add(biased)
        renewal.isFirstPartial = true
      }
      return .renewal(renewal)
    case .poisson where source.opening == nil && source.seasons == nil: return .poisson
    case .periodic where source.opening == nil && source.seasons == nil: return .periodic
    case .poisson, .periodic, .rates:
      guard let curve = source.rateCurve(timeUnit: timeUnit, weekStart: weekStart) else {
        preconditionFailure("a process with a rate has a curve of it")
      }
      return .curve(curve)
    }
  }

  /// Where the source stands at an instant, having had no arrival.
  func position(at time: SimulationTime, weekStart: SimulationTime) -> Position {
    guard case .periodic = timing else { return Position() }
    return periodic.position(at: time, weekStart: weekStart)
  }
}
