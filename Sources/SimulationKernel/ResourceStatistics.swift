// SPDX-License-Identifier: GPL-3.0-or-later

/// What happened at one resource since the start, or since statistics were last reset.
///
/// Every request is accounted for:
/// `waitingAtReset + requests + interruptions = grants + resumptions + reneged + refused + waiting`.
/// A request for several resources at once counts at each of them.
public struct ResourceStatistics: Hashable, Sendable {
  /// Requests made.
  public var requests = 0
  /// Requests granted, at once or from the line.
  public var grants = 0
  /// Requests turned away because the waiting room was full.
  public var refused = 0
  /// Requests withdrawn from the line.
  public var reneged = 0
  /// Grants taken back for somebody more urgent.
  public var interruptions = 0
  /// Interrupted entities that were granted their units again.
  public var resumptions = 0
  /// Requests in the line now.
  public var waiting = 0
  /// Requests that were in the line when statistics were reset.
  public var waitingAtReset = 0

  /// Grants of requests made after the reset: those whose waits are in ``waitTotal``.
  public var observedGrants = 0
  /// Sum of the waits of these from request to grant, in microseconds. Waits to resume after an
  /// interruption are not among them.
  public var waitTotal: Int128 = 0
  /// The longest of these waits.
  public var longestWait = TimeSpan.zero

  /// The time observed.
  public var span = TimeSpan.zero
  /// Integral over time of the requests waiting, in request-microseconds.
  public var waitingIntegral: Int128 = 0
  /// Integral of the units held, in unit-microseconds.
  public var heldIntegral: Int128 = 0
  /// Integral of the units held, or of the capacity where less: units that finish after their
  /// capacity was cut are beyond the roster.
  public var heldWithinCapacityIntegral: Int128 = 0
  /// Integral of the capacity.
  public var capacityIntegral: Int128 = 0

  public init() {}

  /// `nil` when no observed request was granted.
  public var meanWaitInMinutes: Double? {
    observedGrants > 0 ? Double(waitTotal) / Double(observedGrants) / 6e7 : nil
  }

  /// Time-weighted mean of the requests waiting, not being served; `nil` over no time.
  public var meanWaiting: Double? { mean(waitingIntegral) }

  /// Time-weighted mean of the units held; `nil` over no time.
  public var meanHeld: Double? { mean(heldIntegral) }

  /// Unit-time held within capacity over unit-time of capacity; `nil` when there was none.
  public var utilisation: Double? {
    capacityIntegral > 0 ? Double(heldWithinCapacityIntegral) / Double(capacityIntegral) : nil
  }

  private func mean(_ integral: Int128) -> Double? {
    span.microseconds > 0 ? Double(integral) / Double(span.microseconds) : nil
  }
}
