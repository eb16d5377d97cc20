// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// A fit, with how likely so bad a one is by chance and how far its parameters may be off.
///
/// Both by the parametric bootstrap: samples as large as the data are drawn from the fitted
/// distribution, the family is fitted to each anew, and the measures of fit and the parameters are
/// looked at. Since each sample has its own parameters, as the data have, the p-values allow for
/// parameters having been fitted, which those of the tables of Kolmogorov and Smirnov do not.
///
/// Source: Stute, Gonzáles Manteiga and Presedo Quindimil, *Bootstrap based goodness-of-fit tests*,
/// Metrika 40, 1993.
public struct FitAssessment: Sendable {
  public let fit: Fit
  /// Shares of the samples whose measure is at least that of the data, the data themselves counted;
  /// `nil` where the measure is, or where fewer than half of the samples could be fitted.
  public let kolmogorovSmirnov: Double?
  public let andersonDarling: Double?
  public let chiSquare: Double?
  /// For each parameter the range of the middle 95 % of the samples', widened to hold the fitted value.
  public let ranges: [ClosedRange<Double>]
  /// Samples drawn and fitted.
  public let samples: Int

  /// - Parameters:
  ///   - samples: how many to draw; the least p-value is one over one more.
  ///   - seed: of the random numbers, which belong to the family, the sample and the value's place.
  ///   - goOn: asked before each sample; `false` ends it with what there is.
  public init(
    of fit: Fit, count: Int, bounds: ClosedRange<Double>? = nil, samples: Int, seed: UInt64,
    goOn: () -> Bool = { true }
  ) {
    self.fit = fit
    var table = SamplerTable()
    let sampler = table.add(fit.distribution)
    let purpose = Purpose("fit", fit.family.rawValue)
    var refitted: [Fit] = []
    refitted.reserveCapacity(samples)
    for number in 0..<samples where goOn() {
      let root = RandomRoot(seed: seed, replication: UInt32(number + 1))
      let values = (0..<count).map { place in
        var stream = RandomStream(root, purpose, owner: UInt64(place))
        return table.sample(sampler, &stream)
      }
      if let fit = try? Fit(
        fit.family, to: Sample(values), bounds: bounds, start: fit.parameters)
      {
        refitted.append(fit)
      }
    }
    self.samples = refitted.count
    let isEnough = 2 * refitted.count >= samples && samples > 0
    func share(_ measure: (GoodnessOfFit) -> Double?) -> Double? {
      guard isEnough, let observed = measure(fit.goodness) else { return nil }
      let others = refitted.compactMap { measure($0.goodness) }
      let asFar = others.count { $0 >= observed }
      return Double(asFar + 1) / Double(others.count + 1)
    }
    kolmogorovSmirnov = share(\.kolmogorovSmirnov)
    andersonDarling = share(\.andersonDarling)
    chiSquare = share(\.chiSquare)
    ranges = fit.parameters.indices.map { place in
      let fitted = fit.parameters[place]
      let others = refitted.map { $0.parameters[place] }.sorted()
      guard isEnough, fit.family.parameters[place].isFitted else { return fitted...fitted }
      let low = others[Int(0.025 * Double(others.count))]
      let high = others[min(others.count - 1, Int(0.975 * Double(others.count)))]
      return min(low, fitted)...max(high, fitted)
    }
  }
}
