// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness

/// Functions of the unit cube whose indices are known, and noise of the kinds that replications have.
enum PlantedModel {
  /// Ishigami and Homma, 1990, with a = 7 and b = 0.1 over −π … π.
  static func ishigami(_ point: [Double]) -> Double {
    let x = point.map { .pi * (2 * $0 - 1) }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
  }

  /// In closed form: V₁ = ½ (1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = b²π⁸ · 8/225.
  static var ishigamiIndices: (first: [Double], total: [Double], variance: Double) {
    let b = 0.1
    let main = [pow(1 + b * pow(Double.pi, 4) / 5, 2) / 2, 49.0 / 8, 0]
    let both = b * b * pow(Double.pi, 8) * 8 / 225
    let variance = main[0] + main[1] + both
    return (
      main.map { $0 / variance },
      [(main[0] + both) / variance, main[1] / variance, both / variance], variance
    )
  }

  static let gCoefficients = [0.0, 1, 4.5, 9, 99]

  /// Sobol's g-function: ∏ (|4x − 2| + a) / (1 + a).
  static func g(_ point: [Double]) -> Double {
    zip(point, gCoefficients).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
  }

  /// In closed form: V_i = 1 / (3 (1 + a)²), V = ∏ (1 + V_i) − 1, S_Ti = V_i ∏_{j≠i} (1 + V_j) / V.
  static var gIndices: (first: [Double], total: [Double]) {
    let parts = gCoefficients.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = parts.reduce(1) { $0 * (1 + $1) }
    return (
      parts.map { $0 / (product - 1) }, parts.map { $0 / (1 + $0) * product / (product - 1) }
    )
  }

  /// Noise of replications: a luck common to all points, one that hangs on the second factor, both as
  /// common random numbers have them, and one of each run's own.
  struct Noise {
    var common: Double
    var sloped: Double
    var own: Double
    var replications: Int

    func trial(_ number: Int) -> Trial { Trial(self, number) }
  }

  /// One repetition of a study, with its luck.
  struct Trial {
    private let noise: Noise
    private let number: Int
    private let luck: [(shift: Double, slope: Double)]

    fileprivate init(_ noise: Noise, _ number: Int) {
      self.noise = noise
      self.number = number
      luck = (1...noise.replications).map { replication in
        var stream = RandomStream(
          RandomRoot(seed: UInt64(number), replication: UInt32(replication)), Purpose("luck"),
          owner: 0)
        return (noise.common * stream.normal(), noise.sloped * stream.normal())
      }
    }

    /// A point's values in all replications.
    func values(of output: Double, at point: [Double], owner: Int) -> [Double] {
      luck.enumerated().map { replication, luck in
        var value = output + luck.shift
        if point.count > 1 { value += luck.slope * point[1] }
        guard noise.own > 0 else { return value }
        var stream = RandomStream(
          RandomRoot(seed: UInt64(number), replication: UInt32(replication + 1)),
          Purpose("own"), owner: UInt64(owner))
        return value + noise.own * stream.normal()
      }
    }
  }

  /// Points drawn independently, without any evenness.
  static func points(_ count: Int, columns: Int, trial: Int) -> [[Double]] {
    (0..<count).map { number in
      var stream = RandomStream(
        RandomRoot(seed: UInt64(trial), replication: 0), Purpose("points"), owner: UInt64(number))
      return (0..<columns).map { _ in stream.uniform() }
    }
  }
}
