// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Foundation
import OutputAnalysis
import Randomness

/// The inputs of a sample that move an outcome more than chance would have any of them.
///
/// With more inputs than points no regression on all of them exists, and the largest of many
/// correlations is large by chance. So inputs are taken up one by one, each time that with the largest
/// correlation with what is left of the outcome, as long as the largest correlation of outcomes in random
/// order is as large in at most 5 % of 999 orders. The chance of naming any input of an outcome that
/// hangs on none is then 5 %, whatever the number of inputs; after true ones have been taken up it is
/// about that.
///
/// Sources: Westfall and Young, *Resampling-Based Multiple Testing*, 1993, section 2.3 (the largest
/// statistic under permutation); Freedman and Lane, *J. Business Econ. Statist.* 1 (1983) 292–298 (of
/// residuals, once inputs have been taken up).
public struct InfluentialInputs: Sendable {
  public struct Input: Hashable, Sendable {
    /// Its column.
    public var index: Int
    /// Of the variance that the parameters make, what follows this input in a straight line.
    public var share: Estimate
    /// The change of the outcome as the input goes from 0 to 1.
    public var slope: Estimate
  }

  /// One that goes with the outcome no more than the largest of all would by chance.
  public struct Candidate: Hashable, Sendable {
    /// Its column.
    public var index: Int
    /// With what the inputs told from chance leave of the outcome, of what they leave of it itself.
    public var correlation: Double
  }

  /// Those that are told from chance, the largest share first.
  public let inputs: [Input]
  /// The next largest, in none of which more than chance is seen: what is worth looking at with more
  /// points; at most ``mostCandidates``.
  public let candidates: [Candidate]
  /// Of the variance that the parameters make, what all named inputs have together.
  public let share: Double

  /// Taken up at most, and never more than a quarter of the points.
  public static let most = 10
  public static let mostCandidates = 3
  private static let orders = 999
  private static let resamples = 400

  /// - Parameters:
  ///   - inputs: A row a point, coordinates of the unit interval.
  ///   - outcomes: A row a point, a column a replication.
  ///   - chance: Of naming an input of an outcome that hangs on none.
  public init(_ inputs: [[Double]], outcomes: [[Double]], seed: UInt64 = 1, chance: Double = 0.05) {
    precondition(inputs.count == outcomes.count, "each point has inputs and outcomes")
    let components = CrossedComponents(outcomes)
    var selection = Selection(inputs, components.drawMeans, seed: seed)
    let most = min(Self.most, inputs.count / 4)
    while selection.chosen.count < most,
      selection.takeBest(orders: Self.orders, chance: chance)
    {}
    let chosen = selection.chosen
    candidates = selection.nextLargest(Self.mostCandidates)
    guard !chosen.isEmpty,
      let fit = LinearFit(inputs.map { row in chosen.map { row[$0] } }, components.drawMeans)
    else {
      self.inputs = []
      share = 0
      return
    }
    func shares(_ fit: LinearFit, _ components: CrossedComponents) -> [Double] {
      let whole = max(components.parameterVariance, .leastNonzeroMagnitude)
      return fit.parts.map { min(1, max(0, $0) / whole) }
    }
    var resampled: [[Double]] = Array(repeating: [], count: chosen.count)
    for number in 0..<Self.resamples {
      var stream = RandomStream(
        RandomRoot(seed: seed, replication: 0), Purpose("uncertainty", "bootstrap"),
        owner: UInt64(number))
      let rows = inputs.indices.map { _ in Int(stream.below(UInt32(inputs.count))) }
      let components = CrossedComponents(rows.map { outcomes[$0] })
      guard components.parameterVariance > 0,
        let fit = LinearFit(
          rows.map { row in chosen.map { inputs[row][$0] } }, components.drawMeans)
      else { continue }
      for (place, share) in shares(fit, components).enumerated() {
        resampled[place].append(share)
      }
    }
    let quantile = gsl_cdf_tdist_Qinv(0.025, Double(inputs.count - chosen.count - 1))
    let own = shares(fit, components)
    self.inputs = chosen.indices.map { place in
      let half = quantile * fit.errors[place]
      return Input(
        index: chosen[place],
        share: Estimate(percentiles: resampled[place], value: own[place], confidence: 0.95),
        slope: Estimate(
          value: fit.slopes[place], low: fit.slopes[place] - half, high: fit.slopes[place] + half))
    }.sorted { ($1.share.value, $0.index) < ($0.share.value, $1.index) }
    share = min(1, own.reduce(0, +))
  }
}

/// Takes up inputs one by one.
private struct Selection {
  private(set) var chosen: [Int] = []
  /// What is left of each input, of length 1; empty of one that the chosen ones make up.
  private var columns: [[Double]]
  private var outcome: [Double]
  /// Of length 1, at right angles to each other: what has been taken up.
  private var directions: [[Double]] = []
  private let seed: UInt64

  init(_ inputs: [[Double]], _ outcome: [Double], seed: UInt64) {
    columns = (inputs.first ?? []).indices.map { index in
      Self.unit(Self.centred(inputs.map { $0[index] }), least: 1e-12)
    }
    self.outcome = Self.centred(outcome)
    self.seed = seed
  }

  private static func centred(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  private static func unit(_ values: [Double], least: Double) -> [Double] {
    let length = dot(values, values).squareRoot()
    return length > least ? values.map { $0 / length } : []
  }

  private func best(_ outcome: [Double]) -> (index: Int, size: Double)? {
    var best: (index: Int, size: Double)?
    for (index, column) in columns.enumerated() where !column.isEmpty {
      let size = abs(Self.dot(column, outcome))
      if size > best?.size ?? -1 { best = (index, size) }
    }
    return best
  }

  /// Those left that go with what is left of the outcome most; none where nothing is left of it.
  func nextLargest(_ count: Int) -> [InfluentialInputs.Candidate] {
    let length = Self.dot(outcome, outcome).squareRoot()
    guard length > 0 else { return [] }
    let all = columns.enumerated().filter { !$0.element.isEmpty }.map { index, column in
      InfluentialInputs.Candidate(index: index, correlation: Self.dot(column, outcome) / length)
    }
    let sorted = all.sorted { (-abs($0.correlation), $0.index) < (-abs($1.correlation), $1.index) }
    return Array(sorted.prefix(count))
  }

  /// - Returns: Whether the best of those left is told from chance.
  mutating func takeBest(orders: Int, chance: Double) -> Bool {
    let length = Self.dot(outcome, outcome)
    guard length > 0, let found = best(outcome), found.size > 0 else { return false }
    var stream = RandomStream(
      RandomRoot(seed: seed, replication: 0), Purpose("uncertainty", "orders"),
      owner: UInt64(chosen.count))
    var asLarge = 0
    var shuffled = outcome
    let most = Int(chance * Double(orders + 1))
    for _ in 0..<orders {
      for last in stride(from: shuffled.count - 1, to: 0, by: -1) {
        shuffled.swapAt(last, Int(stream.below(UInt32(last + 1))))
      }
      // What an order has along the inputs taken up is not left to explain.
      let left = directions.reduce(length) { rest, direction in
        let along = Self.dot(direction, shuffled)
        return rest - along * along
      }
      let scale = left > 0 ? (length / left).squareRoot() : .infinity
      if let other = best(shuffled), other.size * scale >= found.size { asLarge += 1 }
      if asLarge + 1 > most { return false }
    }
    chosen.append(found.index)
    let direction = columns[found.index]
    columns[found.index] = []
    directions.append(direction)
    for index in columns.indices where !columns[index].isEmpty {
      let along = Self.dot(columns[index], direction)
      let left = zip(columns[index], direction).map { $0 - along * $1 }
      columns[index] = Self.unit(left, least: 1e-6)
    }
    let along = Self.dot(outcome, direction)
    outcome = zip(outcome, direction).map { $0 - along * $1 }
    return true
  }
}

/// Least squares on a few columns and a constant, by GSL.
private struct LinearFit {
  var slopes: [Double]
  var errors: [Double]
  /// The variance that each column makes: its slope squared times its own variance, less what the error
  /// of the slope adds to that on average.
  var parts: [Double]

  init?(_ rows: [[Double]], _ outcome: [Double]) {
    let (count, columns) = (rows.count, rows[0].count)
    guard count > columns + 2, let work = gsl_multifit_linear_alloc(count, columns + 1),
      let matrix = gsl_matrix_alloc(count, columns + 1), let y = gsl_vector_alloc(count),
      let result = gsl_vector_alloc(columns + 1),
      let covariance = gsl_matrix_alloc(columns + 1, columns + 1)
    else { return nil }
    defer {
      gsl_multifit_linear_free(work)
      gsl_matrix_free(matrix)
      gsl_vector_free(y)
      gsl_vector_free(result)
      gsl_matrix_free(covariance)
    }
    for (index, row) in rows.enumerated() {
      gsl_matrix_set(matrix, index, 0, 1)
      for (column, value) in row.enumerated() { gsl_matrix_set(matrix, index, column + 1, value) }
      gsl_vector_set(y, index, outcome[index])
    }
    var squares = 0.0
    guard gsl_multifit_linear(matrix, y, result, covariance, &squares, work) == Int32(GSL_SUCCESS)
    else { return nil }
    slopes = (1...columns).map { gsl_vector_get(result, $0) }
    errors = (1...columns).map { max(0, gsl_matrix_get(covariance, $0, $0)).squareRoot() }
    let variances = (0..<columns).map { column in
      SampleMoments(rows.map { $0[column] })!.variance
    }
    parts = zip(zip(slopes, errors), variances).map { fitted, variance in
      (fitted.0 * fitted.0 - fitted.1 * fitted.1) * variance
    }
  }
}
