// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks parameters of one distribution, and names what is wrong.
struct ParameterCheck {
  private let distribution: String

  init(_ distribution: String) {
    self.distribution = distribution
  }

  func that(
    _ isAllowed: Bool, _ value: Double, _ parameter: String, _ allowed: @autoclosure () -> String
  ) throws(DistributionError) {
    guard isAllowed else {
      throw DistributionError(
        distribution: distribution, parameter: parameter, value: value, allowed: allowed())
    }
  }

  func finite(_ value: Double, _ parameter: String) throws(DistributionError) {
    try that(value.isFinite, value, parameter, "a finite number")
  }

  func positive(_ value: Double, _ parameter: String) throws(DistributionError) {
    try that(value.isFinite && value > 0, value, parameter, "a finite number greater than 0")
  }

  func count(_ count: Int, _ parameter: String) throws(DistributionError) {
    try that(1...1 << 24 ~= count, Double(count), parameter, "from 1 to 16777216")
  }

  /// Weights divided by their sum; equal shares for `nil`.
  func shares(_ weights: [Double]?, of count: Int) throws(DistributionError) -> [Double] {
    guard let weights else { return Array(repeating: 1 / Double(count), count: count) }
    try that(
      weights.count == count, Double(weights.count), "number of weights", "\(count), one for each")
    for (index, weight) in weights.enumerated() {
      try that(
        weight.isFinite && weight >= 0, weight, "weights[\(index)]", "a finite number of at least 0"
      )
    }
    let sum = weights.reduce(0, +)
    try that(sum.isFinite && sum > 0, sum, "sum of weights", "a finite number greater than 0")
    return weights.map { $0 / sum }
  }
}
