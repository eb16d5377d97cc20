// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// What one series of a study of the warm-up says.
public struct WarmUpFinding: Sendable {
  /// A point of Welch's curve.
  public struct CurvePoint: Hashable, Sendable {
    /// In time units: the end of the span it is the mean of.
    public var time: Double
    /// Over replications.
    public var mean: Double
    /// Smoothed; `nil` so near the end that the window does not fit.
    public var welch: Double?
  }

  public var measure: String
  public var dimension: String
  public var member: String
  public var unit: String
  /// Whether the series has a value for each entity or request; else for each interval.
  public var isByObservation: Bool
  /// Values of the series: as many as the replication with fewest has.
  public var count: Int
  /// Values to leave out; `nil` when the run is too short to tell.
  public var truncation: Int?
  /// When the last of them was known, in time units.
  public var warmUp: Double?
  /// Mean over replications of all values, and of those that are kept.
  public var wholeMean: Double
  public var keptMean: Double?
  public var curve: [CurvePoint]
}

/// The series of replications, added up.
struct WarmUpSums {
  private struct Ordered {
    var values: [Double]
    var times: [Double]
    var replications = 1
  }
  private struct ByInterval {
    var sums: [Double]
    var counts: [Int]
  }
  private var order: [WarmUpRecording.Name] = []
  private var ordered: [WarmUpRecording.Name: Ordered] = [:]
  private var byInterval: [WarmUpRecording.Name: ByInterval] = [:]

  mutating func add(_ record: WarmUpRecording.Record) {
    for (name, values, times) in record.ordered {
      guard var sum = ordered[name] else {
        order.append(name)
        ordered[name] = Ordered(values: values, times: times)
        continue
      }
      ordered[name] = nil
      let count = min(sum.values.count, values.count)
      sum.values.removeLast(sum.values.count - count)
      sum.times.removeLast(sum.times.count - count)
      for place in 0..<count {
        sum.values[place] += values[place]
        sum.times[place] += times[place]
      }
      sum.replications += 1
      ordered[name] = sum
    }
    for (name, values) in record.byInterval {
      if byInterval[name] == nil {
        order.append(name)
        let none = Array(repeating: 0, count: values.count)
        byInterval[name] = ByInterval(sums: none.map(Double.init), counts: none)
      }
      for (place, value) in values.enumerated() {
        guard let value else { continue }
        byInterval[name]!.sums[place] += value
        byInterval[name]!.counts[place] += 1
      }
    }
  }

  /// A finding for each series that has any value.
  ///
  /// - Parameters:
  ///   - interval: The length of one, in time units.
  ///   - batchSize: Values of a batch of MSER.
  func findings(
    interval: Double, batchSize: Int, units: (String) -> String
  ) -> [WarmUpFinding] {
    order.compactMap { name in
      let unit = units(name.measure)
      if let sum = ordered[name] {
        let count = Double(sum.replications)
        return Self.finding(
          name, unit, values: sum.values.map { $0 / count }, times: sum.times.map { $0 / count },
          batchSize: batchSize, isByObservation: true)
      }
      // An interval in which no replication has a value tells nothing.
      let sum = byInterval[name]!
      let places = sum.sums.indices.filter { sum.counts[$0] > 0 }
      return Self.finding(
        name, unit, values: places.map { sum.sums[$0] / Double(sum.counts[$0]) },
        times: places.map { Double($0 + 1) * interval }, batchSize: batchSize,
        isByObservation: false)
    }
  }

  private static func finding(
    _ name: WarmUpRecording.Name, _ unit: String, values: [Double], times: [Double],
    batchSize: Int, isByObservation: Bool
  ) -> WarmUpFinding? {
    // As where nobody ever leaves.
    guard !values.isEmpty else { return nil }
    let truncation = WarmUp.mser(values, batchSize: batchSize)
    func mean(_ values: ArraySlice<Double>) -> Double {
      values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
    return WarmUpFinding(
      measure: name.measure, dimension: name.dimension, member: name.member, unit: unit,
      isByObservation: isByObservation, count: values.count, truncation: truncation,
      warmUp: truncation.map { $0 == 0 ? 0 : times[$0 - 1] }, wholeMean: mean(values[...]),
      keptMean: truncation.map { mean(values[$0...]) }, curve: curve(values, times))
  }

  /// At most ``WarmUpStudy/curvePoints`` points, and Welch's window a twentieth of them to each side.
  private static func curve(_ values: [Double], _ times: [Double]) -> [WarmUpFinding.CurvePoint] {
    guard !values.isEmpty else { return [] }
    let size = (values.count + WarmUpStudy.curvePoints - 1) / WarmUpStudy.curvePoints
    let means = (0..<values.count / size).map { group in
      values[group * size..<(group + 1) * size].reduce(0, +) / Double(size)
    }
    let welch = WarmUp.welchMovingAverage(of: [means], window: max(1, means.count / 20))
    return means.enumerated().map { place, mean in
      WarmUpFinding.CurvePoint(
        time: times[(place + 1) * size - 1], mean: mean,
        welch: welch.indices.contains(place) ? welch[place] : nil)
    }
  }
}
