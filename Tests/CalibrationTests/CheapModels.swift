// SPDX-License-Identifier: GPL-3.0-or-later
import Calibration
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Models that cost nothing, with run noise of which replications of one number share half.
enum CheapModel: String {
  /// Two inputs, told by three outputs.
  case identifiable
  /// Only the product of the two counts, but for run noise.
  case product
  /// Only a + 2 b counts; a third input has an output of its own.
  case sum

  var inputs: [FittedInput] {
    switch self {
    case .identifiable:
      [
        FittedInput(name: "a", low: 0.5, high: 2, isLogarithmic: true),
        FittedInput(name: "b", low: 1, high: 9),
      ]
    case .product:
      [
        FittedInput(name: "a", low: 0.5, high: 2, isLogarithmic: true),
        FittedInput(name: "b", low: 2, high: 8, isLogarithmic: true),
      ]
    case .sum:
      [
        FittedInput(name: "a", low: 0, high: 4), FittedInput(name: "b", low: 0, high: 2),
        FittedInput(name: "c", low: 1, high: 3),
      ]
    }
  }

  func outputs(_ x: [Double]) -> [Double] {
    switch self {
    case .identifiable: [x[0] * x[1].squareRoot(), x[1] - x[0], exp(-x[0]) * 5]
    case .product: [x[0] * x[1], (x[0] * x[1]).squareRoot() * 2]
    case .sum: [x[0] + 2 * x[1], x[2]]
    }
  }

  /// How far each target may be off.
  var deviations: [Double] {
    switch self {
    case .identifiable: [0.3, 0.6, 0.3]
    case .product: [0.2, 0.2]
    case .sum: [0.2, 0.1]
    }
  }

  static let noise = 0.1

  static func stream(_ purpose: String, _ owner: UInt64, _ episode: UInt64 = 0) -> RandomStream {
    RandomStream(
      RandomRoot(seed: 81, replication: 0), Purpose(purpose), owner: owner, episode: episode)
  }

  /// A problem whose truth is drawn from the prior, unless it is given, and whose targets are drawn about
  /// what it gives.
  func problem(
    repetition: UInt64, truth planted: [Double]? = nil, heldOut: Double? = nil,
    replications: Int = 4
  ) -> (truth: [Double], problem: CalibrationProblem) {
    var stream = Self.stream("truth", repetition)
    let truth = planted ?? inputs.map { $0.value(at: stream.uniform()) }
    var targets = zip(outputs(truth), deviations).enumerated().map { place, pair in
      CalibrationTarget(
        name: "t\(place + 1)", value: pair.0 + pair.1 * stream.normal(), standardDeviation: pair.1)
    }
    if let heldOut {
      targets.append(
        CalibrationTarget(name: "held", value: heldOut, standardDeviation: 0.3, isFitted: false))
    }
    let inputs = inputs
    let problem = CalibrationProblem(
      inputs: inputs, targets: targets, replications: replications, seed: 5 &+ repetition
    ) { points, replications in
      points.map { coordinates in
        var key: UInt64 = repetition
        for number in coordinates { key = key &* 31 &+ number.bitPattern }
        let x = zip(inputs, coordinates).map { $0.value(at: $1) }
        let clean = outputs(x) + (heldOut == nil ? [] : [x.reduce(0, +)])
        return clean.enumerated().map { k, mean in
          (0..<replications).map { replication in
            var luck = Self.stream("luck \(k)", repetition, UInt64(replication))
            var own = Self.stream("own \(k)", key, UInt64(replication))
            return mean + Self.noise * (luck.normal() + own.normal())
          }
        }
      }
    }
    return (truth, problem)
  }
}
