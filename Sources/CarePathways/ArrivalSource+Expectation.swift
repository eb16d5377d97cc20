// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

extension ArrivalSource {
  /// The rate of a process that has one, with opening hours and seasons.
  func rateCurve(timeUnit: TimeSpan, weekStart: SimulationTime) -> RateCurve? {
    let base: RateCurve.Base
    switch process {
    case .poisson(let rate): base = .init(rate: rate / Double(timeUnit.microseconds))
    case .periodic(let period, let changes):
      base = .init(changes, timeUnit: timeUnit, origin: weekStart, period: period)
    case .rates(let changes, let period):
      base = .init(changes, timeUnit: timeUnit, origin: .zero, period: period)
    case .scheduled, .renewal, .recorded: return nil
    }
    return RateCurve(base: base, opening: opening, seasons: seasons, weekStart: weekStart)
  }

  /// The share of its arrivals that belong to a class, where a log does not say otherwise.
  public func share(of entityClass: String) -> Double {
    classes.filter { $0.name == entityClass }.reduce(0) { $0 + $1.share }
  }

  /// Mean number of entities that arrive from time 0 to an instant, or nearly that: a renewal process
  /// is taken to have its long-run rate from the beginning, and a source with a limit its mean up
  /// to it.
  ///
  /// - Parameters:
  ///   - instant: above time 0.
  ///   - timeUnit: the unit of rates.
  ///   - weekStart: an instant, at or before time 0, at which a week begins.
  ///   - entityClass: of this class alone; `nil`: of all.
  ///   - pathway: of those alone that take it; `nil`: of all.
  public func expectedEntities(
    until instant: SimulationTime, timeUnit: TimeSpan, weekStart: SimulationTime = .zero,
    of entityClass: String? = nil, on pathway: String? = nil
  ) -> Double {
    let end = min(instant, until ?? .distantFuture)
    let members = batch?.mean ?? 1
    let limit = most.map { Double($0) } ?? .infinity
    func share(_ ownClass: String?, _ ownPathway: String?) -> Double {
      guard pathway == nil || ownPathway ?? self.pathway == pathway else { return 0 }
      guard let entityClass else { return 1 }
      return ownClass.map { $0 == entityClass ? 1 : 0 } ?? self.share(of: entityClass)
    }
    let count: Double
    switch process {
    case .recorded(let rows, _):
      let come = rows.filter { $0.time < end }.sorted { $0.time < $1.time }.prefix(
        Int(min(limit, Double(rows.count))))
      return come.reduce(0) { $0 + share($1.entityClass, $1.pathway) } * members
    case .poisson, .periodic, .rates:
      count = rateCurve(timeUnit: timeUnit, weekStart: weekStart)?.expected(until: end) ?? 0
    case .renewal(let interval, _):
      count = (end - .zero) / timeUnit / interval.mean * (opening?.share ?? 1)
    case .scheduled(let times): count = Double(times.count { $0 < end })
    }
    return min(count, limit) * share(nil, nil) * members
  }
}
