// SPDX-License-Identifier: GPL-3.0-or-later

extension CalibrationProblem {
  /// Fits by one of the methods.
  ///
  /// - Parameter points: How many may be simulated; see ``leastPoints(_:)``.
  public func fitted(by method: CalibrationMethod, points: Int) throws -> CalibrationResult {
    switch method {
    case .nelderMead: try nelderMead(points: points)
    case .rejection: try rejection(points: points)
    case .sequential: try sequential(points: points)
    case .historyMatching: try historyMatching(points: points)
    }
  }

  /// Beyond so many points a method gains nothing, or takes longer for itself than the model does.
  public func mostPoints(_ method: CalibrationMethod) -> Int {
    method == .historyMatching ? 4 * Self.mostModelled(inputs: inputs.count) : 100_000
  }

  /// Under so many points a method says nothing.
  public func leastPoints(_ method: CalibrationMethod) -> Int {
    switch method {
    case .nelderMead: 14 * inputs.count + 10
    case .rejection: 80
    case .sequential: 120
    case .historyMatching: 2 * inputs.count + 4
    }
  }
}
