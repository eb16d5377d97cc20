// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Glibc
import InputAnalysis
import Randomness
import Testing

@Suite("fitting a distribution")
struct FitTests {
  /// How often a check may fail although the code is right, were its seed drawn anew.
  static let falsePositiveRate = 1e-6

  @Test("every family has a member here")
  func complete() {
    #expect(Set(Member.all.map(\.family)) == Set(FittedFamily.allCases))
  }

  /// The density as the slope of the distribution function that models draw from.
  @Test("the density is that of the model's distribution", arguments: Member.all)
  func density(_ member: Member) throws {
    let sample = planted(member.distribution, count: 500, seed: 3)
    let fit = try Fit(member.family, to: sample, bounds: member.bounds)
    for share in [0.05, 0.3, 0.6, 0.95] {
      let x = fit.distribution.quantile(share)
      if member.family.isOfCounts {
        let step = fit.distribution.cumulative(x) - fit.distribution.cumulative(x - 1)
        #expect(abs(fit.density(x) - step) <= 1e-9, "\(x)")
      } else {
        let h = 1e-5 * fit.distribution.standardDeviation
        let slope =
          (fit.distribution.cumulative(x + h) - fit.distribution.cumulative(x - h)) / (2 * h)
        #expect(abs(fit.density(x) - slope) <= 1e-4 * slope, "\(x)")
      }
    }
  }

  /// Twice the gain in log likelihood over the true parameters is chi-square with as many degrees of
  /// freedom as parameters (Wilks); where the data set the border, as of uniform distributions, with
  /// twice as many. A search that ends short of the peak makes the gain negative or a parameter's error
  /// too large: with one parameter, an error of 4.9 standard errors is found, with five, of 6.
  @Test("the likelihood is at its peak, near the true parameters", arguments: Member.all)
  func peak(_ member: Member) throws {
    let sample = planted(member.distribution, count: 4_000, seed: 5)
    let fit = try Fit(member.family, to: sample, bounds: member.bounds)
    let truth = member.family.logLikelihood(of: sample, member.parameters)
    let gain = 2 * (fit.logLikelihood - truth)
    let isRegular = ![.uniform, .triangular, .uniformInteger].contains(member.family)
    let freedom = Double(member.family.fittedCount * (isRegular ? 1 : 2))
    #expect(gain >= -1e-6)
    #expect(gain <= gsl_cdf_chisq_Qinv(Self.falsePositiveRate, freedom))
  }

  @Test("a step to either side of any parameter loses likelihood", arguments: Member.all)
  func steps(_ member: Member) throws {
    let sample = planted(member.distribution, count: 300, seed: 8)
    let fit = try Fit(member.family, to: sample, bounds: member.bounds)
    for (place, parameter) in member.family.parameters.enumerated() where parameter.isFitted {
      for factor in [0.98, 1.02] {
        var other = fit.parameters
        other[place] *= factor
        if ["stages", "trials"].contains(parameter.name) || member.family == .uniformInteger {
          other[place] = fit.parameters[place] + (factor < 1 ? -1 : 1)
          if member.family == .binomial { other[1] = sample.mean / other[0] }
        }
        #expect(
          member.family.logLikelihood(of: sample, other) <= fit.logLikelihood + 1e-7,
          "\(parameter.name) × \(factor)")
      }
    }
  }

  /// Standard errors by the Fisher information of each family; an estimate off by 9.8 of them is found
  /// surely, one off by 4.9 half the time.
  @Test("planted parameters are found within their intervals")
  func intervals() throws {
    let n = 50_000.0
    let z = gsl_cdf_ugaussian_Qinv(Self.falsePositiveRate / 2)
    func check(_ family: FittedFamily, _ errors: [Double]) throws {
      let member = try #require(Member.all.first { $0.family == family })
      let sample = planted(member.distribution, count: Int(n), seed: 21)
      let fit = try Fit(family, to: sample)
      for (place, error) in errors.enumerated() {
        let deviation = fit.parameters[place] - member.parameters[place]
        #expect(abs(deviation) <= z * error / n.squareRoot(), "\(family) \(place): \(deviation)")
      }
    }
    try check(.exponential, [12])
    try check(.normal, [7, 7 / (2 as Double).squareRoot()])
    try check(.lognormal, [8 * 0.6, 0.6 / (2 as Double).squareRoot()])
    try check(.weibull, [0.7797 * 1.6, 1.0530 * 9 / 1.6])
    let trigamma = gsl_sf_psi_1(2.5)
    try check(
      .gamma,
      [
        (2.5 / (2.5 * trigamma - 1)).squareRoot(),
        4 * (trigamma / (2.5 * trigamma - 1)).squareRoot(),
      ])
    try check(.poisson, [(4.2 as Double).squareRoot()])
    try check(.geometric, [0.3 * (0.7 as Double).squareRoot()])
    let erlang = try Fit(
      .erlang, to: planted(.erlang(stages: 3, mean: 12), count: 50_000, seed: 2))
    #expect(erlang.parameters[0] == 3)
    // The least of n values lies above the border by more than t with the probability e^(-n t/width).
    let uniform = try Fit(.uniform, to: planted(.uniform(low: 3, high: 11), count: 50_000, seed: 2))
    let reach = 8 * log(1 / Self.falsePositiveRate) / n
    #expect(uniform.parameters[0] >= 3 && uniform.parameters[0] <= 3 + reach)
    #expect(uniform.parameters[1] <= 11 && uniform.parameters[1] >= 11 - reach)
  }

  @Test("a time stays a time: no fitted end lies below 0 unless a value does")
  func nonnegative() throws {
    let times: [Double] = [0, 0.2, 0.3, 0.5, 0.9, 1.4, 2.2, 3.1, 4.8, 7.5]
    #expect(try Fit(.triangular, to: Sample(times)).parameters[0] == 0)
    #expect(try Fit(.triangular, to: Sample(times)).parameters[1] == 0)
    let narrow = Sample([0, 2, 3, 3.5, 4, 4.2, 5, 6])
    #expect(try Fit(.normal, to: narrow).distribution.isNonnegative)
    let shifted = try Fit(.triangular, to: Sample(times.map { $0 - 3 }))
    #expect(shifted.parameters[0] < -3)
  }

  @Test("what no member of a family fits best is refused with the reason")
  func refusals() {
    func reason(_ family: FittedFamily, _ values: [Double]) -> NoFit? {
      do {
        _ = try Fit(family, to: Sample(values))
        return nil
      } catch { return error }
    }
    let waits: [Double] = [0, 1, 2, 5, 9]
    for family in [FittedFamily.lognormal, .gamma, .erlang, .weibull, .lognormals] {
      #expect(reason(family, waits) == .needsPositive, "\(family)")
    }
    #expect(reason(.exponential, [-1, 2, 3]) == .needsNonnegative)
    #expect(reason(.beta, [0.1, 0.2, 0.7]) == .needsBounds)
    #expect(reason(.geometric, waits) == .needsFromOne)
    #expect(reason(.geometric, [1, 1, 1]) == .needsFromOne)
    #expect(reason(.normal, [0, 0, 0, 0, 0, 10]) == .variesTooMuch)
    #expect(reason(.hyperexponential, [4, 5, 6]) == .variesTooLittle)
    #expect(reason(.negativeBinomial, [4, 5, 6]) == .variesTooLittle)
    #expect(reason(.binomial, [0, 0, 9]) == .variesTooMuch)
    #expect(reason(.gamma, [3, 3, 3]) == .notFound)
  }
}
