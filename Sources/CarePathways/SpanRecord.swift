// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Spans of time by cell, kept as far as quantiles of them and shares above limits are asked for.
///
/// A cell is a class, say, or a class at a resource; cells are added up when results are wanted.
struct SpanRecord: Sendable {
  /// What is asked for.
  struct Wanted: Hashable, Sendable {
    /// Whether anything is.
    var isOn = false
    var quantiles = false
    /// Ascending, each once.
    var limits: [TimeSpan] = []
  }

  let wanted: Wanted
  let cellCount: Int
  private var counts: [Int64]
  /// Spans above each limit, by cell, then limit: counted one by one, hence exact.
  private var above: [Int64]
  private var sketches: [QuantileSketch]

  init(_ wanted: Wanted, cells: Int) {
    self.wanted = wanted
    cellCount = wanted.isOn ? cells : 0
    counts = Array(repeating: 0, count: cellCount)
    above = Array(repeating: 0, count: cellCount * wanted.limits.count)
    sketches = Array(repeating: QuantileSketch(), count: wanted.quantiles ? cellCount : 0)
  }

  mutating func add(_ span: TimeSpan, to cell: Int) {
    counts[cell] += 1
    for (place, limit) in wanted.limits.enumerated() where span > limit {
      above[cell * wanted.limits.count + place] += 1
    }
    if wanted.quantiles { sketches[cell].record(span) }
  }

  mutating func reset() { self = Self(wanted, cells: cellCount) }

  func count(_ cells: [Int]) -> Int64 { cells.reduce(0) { $0 + counts[$1] } }

  /// Spans longer than one of the limits wanted.
  func count(_ cells: [Int], over limit: TimeSpan) -> Int64 {
    guard let place = wanted.limits.firstIndex(of: limit) else {
      preconditionFailure("a limit that was not asked for before the run")
    }
    return cells.reduce(0) { $0 + above[$1 * wanted.limits.count + place] }
  }

  func quantile(_ probability: Double, _ cells: [Int]) -> TimeSpan? {
    var whole = QuantileSketch()
    for cell in cells { whole.merge(sketches[cell]) }
    return whole.quantile(probability)
  }
}
