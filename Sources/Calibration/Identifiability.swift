// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What targets determine, told from the draws that they allow.
public struct Identifiability: Sendable {
  /// One input by itself.
  public struct Input: Hashable, Sendable {
    public var name: String
    /// The standard deviation of the draws over that of the prior: near 0 where targets determine the
    /// input, 1 where they say nothing of it.
    public var width: Double
  }

  /// Inputs that the targets do not tell apart: they may change together, and only combinations of them
  /// are determined.
  public struct Ridge: Hashable, Sendable {
    /// In the order of the inputs.
    public var inputs: [String]
    /// What is determined, such as `a · b`, `a / b^0.5` or `a + 2.5 b`; none where not even that is.
    public var determined: [String]
    /// How far the draws run along the ridge, and across it, in standard deviations of the prior.
    public var along: Double
    public var across: Double
  }

  /// Two inputs whose draws go together.
  public struct Correlation: Hashable, Sendable {
    public var first: String
    public var second: String
    public var value: Double
  }

  public let inputs: [Input]
  public let ridges: [Ridge]
  /// Those beyond ±0.5, the strongest first.
  public let correlations: [Correlation]
  /// Names of inputs of which targets say next to nothing, in no ridge.
  public let undetermined: [String]

  /// Widths beyond which an input is not determined, and a direction runs along a ridge.
  static let wide = 0.75
  static let long = 0.5
  /// Across a ridge draws spread at most so much of what they do along it.
  static let narrow = 0.4

  /// Looks along the eigenvectors of the draws' covariance, in units of the prior's deviations, both in
  /// the inputs and in their logarithms, and tells ridges where they are the narrower: a product is
  /// straight in logarithms only. No ridge is named, and nothing called undetermined, of draws that are worth
  /// fewer than 20, or that were made with a tolerance above 1: what these do not tell, targets may.
  ///
  /// Source: Raue and others, *Bioinformatics* 25 (2009) 1923–1929 (structural and practical
  /// identifiability); Brun, Reichert and Künsch, *Water Resour. Res.* 37 (2001) 1015–1030 (collinearity).
  public init(_ result: CalibrationResult) {
    let weights = result.draws.map(\.weight)
    let columns = result.inputs
    let linear = Self.whitened(result, isLogarithmic: { columns[$0].isLogarithmic })
    let covariance = WeightedDraws.covariance(linear.rows, weights)
    inputs = columns.indices.map {
      Input(name: columns[$0].name, width: max(0, covariance[$0][$0]).squareRoot())
    }
    var correlations: [Correlation] = []
    for a in columns.indices {
      for b in columns.indices where b > a {
        let size = (covariance[a][a] * covariance[b][b]).squareRoot()
        let value = size > 0 ? covariance[a][b] / size : 0
        if abs(value) > 0.5 {
          correlations.append(
            Correlation(first: columns[a].name, second: columns[b].name, value: value))
        }
      }
    }
    self.correlations = correlations.sorted { abs($0.value) > abs($1.value) }
    var ridges: [Ridge] = []
    let isTold =
      result.effectiveDraws >= 20
      && !result.cautions.contains { if case .tolerance = $0 { true } else { false } }
    if isTold {
      let isPositive = columns.map { $0.low > 0 }
      let logarithmic = Self.whitened(result, isLogarithmic: { isPositive[$0] })
      let candidates = [linear, logarithmic].map { Self.ridges($0, weights, columns) }
      func narrowness(_ ridges: [Ridge]) -> Double {
        ridges.map { $0.across / $0.along }.min() ?? .infinity
      }
      // Logarithms unless the inputs themselves are clearly straighter: powers read better.
      ridges =
        narrowness(candidates[0]) < 0.8 * narrowness(candidates[1]) ? candidates[0] : candidates[1]
    }
    self.ridges = ridges
    let inRidge = Set(ridges.flatMap(\.inputs))
    undetermined =
      isTold
      ? inputs.filter { $0.width > Self.wide && !inRidge.contains($0.name) }.map(\.name) : []
  }

  /// The draws in coordinates of mean 0 and deviation 1 under the prior.
  private struct Whitened {
    var rows: [[Double]]
    var isLogarithmic: [Bool]
    /// Of each coordinate, under the prior, in its own unit or that of its logarithm.
    var deviations: [Double]
  }

  private static func whitened(
    _ result: CalibrationResult, isLogarithmic: (Int) -> Bool
  ) -> Whitened {
    let flags = result.inputs.indices.map(isLogarithmic)
    let moments = zip(result.inputs, flags).map { input, flag in
      priorMoments(input, isLogarithmic: flag)
    }
    let rows = result.draws.map { draw in
      draw.coordinates.indices.map { k in
        let value = result.inputs[k].value(at: draw.coordinates[k])
        return ((flags[k] ? log(value) : value) - moments[k].mean) / moments[k].deviation
      }
    }
    return Whitened(rows: rows, isLogarithmic: flags, deviations: moments.map(\.deviation))
  }

  private static func priorMoments(
    _ input: FittedInput, isLogarithmic: Bool
  ) -> (mean: Double, deviation: Double) {
    let steps = 400
    let values = (0..<steps).map { step in
      let value = input.value(at: (Double(step) + 0.5) / Double(steps))
      return isLogarithmic ? log(value) : value
    }
    let mean = values.reduce(0, +) / Double(steps)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(steps)
    return (mean, variance.squareRoot())
  }

  private static func ridges(
    _ draws: Whitened, _ weights: [Double], _ columns: [FittedInput]
  ) -> [Ridge] {
    let covariance = WeightedDraws.covariance(draws.rows, weights)
    var ridges: [Ridge] = []
    for part in WeightedDraws.eigen(covariance) where max(0, part.value).squareRoot() > long {
      let members = columns.indices.filter { abs(part.vector[$0]) > 0.3 }
      guard members.count > 1 else { continue }
      let own = WeightedDraws.eigen(members.map { a in members.map { covariance[a][$0] } })
      let along = max(0, own[0].value).squareRoot()
      let tight = own.filter { max(0, $0.value).squareRoot() < narrow * along }
      guard !tight.isEmpty, along > long else { continue }
      let names = members.map { columns[$0].name }
      // The same inputs may be long in several directions: they are one ridge.
      if ridges.contains(where: { Set($0.inputs).isSuperset(of: names) }) { continue }
      ridges.append(
        Ridge(
          inputs: names,
          determined: tight.reversed().map { combination($0.vector, members, draws, columns) },
          along: along, across: max(0, own[own.count - 1].value).squareRoot()))
    }
    return ridges
  }

  /// A direction as a product of powers, or as a sum; in logarithms and plain numbers together, as a sum
  /// of both.
  private static func combination(
    _ vector: [Double], _ members: [Int], _ draws: Whitened, _ columns: [FittedInput]
  ) -> String {
    var powers = zip(vector, members).map { $0 / draws.deviations[$1] }
    // What counts is how far each moves the combination, which the vector tells.
    let used = vector.indices.filter { abs(vector[$0]) > 0.15 }
    guard let first = used.first else { return columns[members[0]].name }
    let scale = powers[first]
    powers = powers.map { $0 / scale }
    if used.allSatisfy({ draws.isLogarithmic[members[$0]] }) {
      var text = ""
      for k in used {
        let size = rounded(abs(powers[k]))
        let factor = columns[members[k]].name + (size == "1" ? "" : "^\(size)")
        text += text.isEmpty ? factor : powers[k] < 0 ? " / \(factor)" : " · \(factor)"
      }
      return text
    }
    var text = ""
    for k in used {
      let name = columns[members[k]].name
      let term = draws.isLogarithmic[members[k]] ? "log \(name)" : name
      let size = rounded(abs(powers[k]))
      let factor = size == "1" ? term : "\(size) \(term)"
      text += text.isEmpty ? factor : powers[k] < 0 ? " − \(factor)" : " + \(factor)"
    }
    return text
  }

  /// Two significant digits; what is within 15 % of 1 is 1, as no ridge tells more.
  private static func rounded(_ number: Double) -> String {
    if abs(number - 1) < 0.15 { return "1" }
    guard number > 0 else { return "0" }
    let place = pow(10, (log10(number)).rounded(.down) - 1)
    let value = (number / place).rounded() * place
    let digits = max(0, 1 - Int(log10(number).rounded(.down)))
    let unit = pow(10, Double(digits))
    let text = "\((value * unit).rounded() / unit)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
