// SPDX-License-Identifier: GPL-3.0-or-later

/// A family of distributions in one parameterisation, to be drawn from with parameters that are
/// known only when the sample is: because they depend on the patient, say.
///
/// A ``Distribution`` is made once, and its parameters are checked once. Here they come with each
/// draw, so each draw checks them; nothing is allocated unless one is refused. The sample is the
/// same number, from the same words of the stream, as that of a ``SamplerTable`` with the
/// distribution of these parameters.
///
/// ```swift
/// var stream = RandomStream(root, Purpose("stay"), owner: 1007)
/// let days = try DistributionFamily.lognormal.draw([4 + 0.5 * severity, 3, 0, 0], &stream)
/// ```
public enum DistributionFamily: UInt8, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// `value`.
  case constant
  /// `mean`.
  case exponential
  /// `rate`.
  case exponentialByRate
  /// `low`, `high`.
  case uniform
  /// `low`, `mode`, `high`.
  case triangular
  /// `mean`, `standard-deviation`.
  case normal
  /// `mean`, `standard-deviation` before truncation; `lowest`, `highest`, infinite for none.
  case truncatedNormal
  /// `mean`, `standard-deviation` of the variable itself.
  case lognormal
  /// `median`, and `sigma` of the logarithm.
  case lognormalByMedian
  /// `mu`, `sigma` of the logarithm.
  case lognormalByLogarithm
  /// `shape`, `scale`.
  case gamma
  /// `shape`, `rate`.
  case gammaByRate
  /// `mean`, `standard-deviation`.
  case gammaByMean
  /// `stages`, a whole number; `mean` of the sum.
  case erlang
  /// `shape`, `scale`.
  case weibull
  /// `alpha`, `beta`, `low`, `high`.
  case beta
  /// `mean`.
  case poisson
  /// `probability`: the number of trials up to the first success.
  case geometric
  /// `trials`, a whole number; `probability`.
  case binomial
  /// `successes`, `probability`: the number of failures before the successes.
  case negativeBinomial
  /// `low`, `high`, whole numbers, both included.
  case uniformInteger

  /// As many parameters as a family has, in the order of ``slots``; the rest is not looked at.
  public typealias Parameters = InlineArray<4, Double>

  /// One parameter of a family.
  public struct Slot: Hashable, Sendable {
    /// As model files write it, such as "standard-deviation".
    public let name: String
    public let measure: Measure
  }

  /// What the number of a parameter counts.
  public enum Measure: Hashable, Sendable {
    /// The unit of the samples.
    case samples
    /// One over the unit of the samples.
    case perSample
    /// Nothing: a shape, a count, the spread of a logarithm.
    case plain
    /// The logarithm of a number in the unit of the samples.
    case logarithm
  }

  /// The distribution's name as model files write it; the same for all parameterisations.
  public var name: String {
    switch self {
    case .constant: "constant"
    case .exponential, .exponentialByRate: "exponential"
    case .uniform: "uniform"
    case .triangular: "triangular"
    case .normal, .truncatedNormal: "normal"
    case .lognormal, .lognormalByMedian, .lognormalByLogarithm: "lognormal"
    case .gamma, .gammaByRate, .gammaByMean: "gamma"
    case .erlang: "erlang"
    case .weibull: "weibull"
    case .beta: "beta"
    case .poisson: "poisson"
    case .geometric: "geometric"
    case .binomial: "binomial"
    case .negativeBinomial: "negative-binomial"
    case .uniformInteger: "uniform-integer"
    }
  }

  /// The parameters, in order.
  public var slots: [Slot] {
    func value(_ name: String) -> Slot { Slot(name: name, measure: .samples) }
    func plain(_ name: String) -> Slot { Slot(name: name, measure: .plain) }
    let rate = Slot(name: "rate", measure: .perSample)
    let moments = [value("mean"), value("standard-deviation")]
    return switch self {
    case .constant: [value("value")]
    case .exponential, .poisson: [value("mean")]
    case .exponentialByRate: [rate]
    case .uniform, .uniformInteger: [value("low"), value("high")]
    case .geometric: [plain("probability")]
    case .binomial: [plain("trials"), plain("probability")]
    case .negativeBinomial: [plain("successes"), plain("probability")]
    case .triangular: [value("low"), value("mode"), value("high")]
    case .normal, .lognormal, .gammaByMean: moments
    case .truncatedNormal: moments + [value("lowest"), value("highest")]
    case .lognormalByMedian: [value("median"), plain("sigma")]
    case .lognormalByLogarithm: [Slot(name: "mu", measure: .logarithm), plain("sigma")]
    case .gamma, .weibull: [plain("shape"), value("scale")]
    case .gammaByRate: [plain("shape"), rate]
    case .erlang: [plain("stages"), value("mean")]
    case .beta: [plain("alpha"), plain("beta"), value("low"), value("high")]
    }
  }

  /// The least a sample can be, whatever the parameters; −∞ where that hangs on them.
  ///
  /// 0 for families whose samples are never negative, as a duration must be.
  public var leastSample: Double {
    switch self {
    case .constant, .uniform, .triangular, .normal, .truncatedNormal, .beta, .uniformInteger:
      -.infinity
    default: 0
    }
  }
}
