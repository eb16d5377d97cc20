// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// A mean over replications of something that is zero where there is no effect.
public struct PairedEffect: Hashable, Sendable, BitwiseCopyable {
  public var mean: Double
  /// Student's over replications; `nil` under two.
  public var interval: ConfidenceInterval?
  /// Chance of a mean so far from zero if there were no effect; `nil` under two replications. Values that
  /// are all zero give 1; all equal but not zero, 0.
  public var pValue: Double?

  /// - Parameter values: One a replication; not empty.
  public init(_ values: [Double], level: Double = 0.95) {
    guard let moments = SampleMoments(values) else { preconditionFailure("there are replications") }
    mean = moments.mean
    interval = ConfidenceInterval(moments, level: level)
    pValue = PairedContrast(of: values, against: values.map { _ in 0 }, level: level)?.pValue
  }

  /// The mean of a table of samples and replications.
  init(_ crossed: CrossedMean) {
    mean = crossed.mean
    interval = crossed.interval
  }
}
