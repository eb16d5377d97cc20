// SPDX-License-Identifier: GPL-3.0-or-later

/// What happened at one resource since the start, or since statistics were last reset.
///
/// Every request is accounted for: `waitingAtReset + requests + interruptions` equals
/// `grants + resumptions + reneged + refused + servedElsewhere + waiting`.
/// A request for several resources at once counts at each of them. A request for one of several
/// counts at the one that served it at once, or else at each in whose line it stood, or else at each
/// that refused it.
public struct ResourceStatistics: Hashable, Sendable {
  /// Requests made.
  public var requests = 0
  /// Requests granted, at once or from the line.
  public var grants = 0
  /// Requests turned away because the waiting room was full.
  public var refused = 0
  /// Requests withdrawn from the line.
  public var reneged = 0
  /// Requests for one of several resources that left this line because another served them; their
  /// waits count there.
  public var servedElsewhere = 0
  /// Grants taken back for somebody more urgent, or at the end of a shift.
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
  /// Integral of the units held within the roster: not of those held beyond a capacity that was
  /// cut, nor of those that an earlier shift still holds. See ``overtimeIntegral``.
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

  /// Integral of the units held in overtime, in unit-microseconds: beyond a capacity that was cut
  /// (``ShiftEnd/handOver``), or by a shift that is over (``ShiftEnd/finish``).
  public var overtimeIntegral: Int128 { heldIntegral - heldWithinCapacityIntegral }

  /// Time-weighted mean of the units held in overtime; `nil` over no time.
  public var meanOvertime: Double? { mean(overtimeIntegral) }

  /// Unit-time held within capacity over unit-time of capacity; `nil` when there was none.
  public var utilisation: Double? {
    capacityIntegral > 0 ? Double(heldWithinCapacityIntegral) / Double(capacityIntegral) : nil
  }

  private func mean(_ integral: Int128) -> Double? {
    span.microseconds > 0 ? Double(integral) / Double(span.microseconds) : nil
  }
}
