// SPDX-License-Identifier: GPL-3.0-or-later

/// The quantile of the triangular distribution, for asking and for sampling.
struct Triangular {
  let low: Double
  let mode: Double
  let high: Double

  /// Grows with `p`; exact at both ends.
  func quantile(_ p: Double) -> Double {
    let width = high - low
    return p * width < mode - low
      ? low + (p * width * (mode - low)).squareRoot()
      : high - ((1 - p) * width * (high - mode)).squareRoot()
  }
}
