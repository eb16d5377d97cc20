// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness

/// Outcomes of known origin: a value a draw and replication, made of parts whose variances are known.
struct PlantedOutcome {
  enum Shape { case normal, uniform, exponential }

  var mean = 0.0
  /// Standard deviations of what the parameters, the run noise of all draws, and that of one draw do.
  var parameters = 1.0
  var common = 0.5
  var own = 1.0
  var shape = Shape.normal
  /// Tells outcomes with equal numbers apart.
  var name = "effect"

  func values(draws: Int, replications: Int, case number: Int) -> [[Double]] {
    let effects = self.effects(draws: draws, case: number)
    return outcomes(of: effects, replications: replications, case: number)
  }

  /// The true effect of each draw.
  func effects(draws: Int, case number: Int) -> [Double] {
    (0..<draws).map { draw in
      mean + parameters * deviate("parameters", number, draw, shape)
    }
  }

  func outcomes(of effects: [Double], replications: Int, case number: Int) -> [[Double]] {
    effects.enumerated().map { draw, effect in
      (0..<replications).map { replication in
        effect + common * deviate("common", number, replication, .normal)
          + own * deviate("own", number, draw * 1000 + replication, .normal)
      }
    }
  }

  /// Of mean 0 and variance 1.
  private func deviate(_ part: String, _ number: Int, _ index: Int, _ shape: Shape) -> Double {
    var stream = RandomStream(
      RandomRoot(seed: 77, replication: 0), Purpose("planted", name, part), owner: UInt64(number),
      episode: UInt64(index))
    switch shape {
    case .normal:
      // Box and Muller.
      return (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
    case .uniform: return (stream.uniform() - 0.5) * 12.0.squareRoot()
    case .exponential: return -log(stream.uniform()) - 1
    }
  }
}
