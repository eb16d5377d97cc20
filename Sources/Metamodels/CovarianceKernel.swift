// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the correlation of two points falls with their distance, taken in lengths of its own along each
/// column.
///
/// Source: Rasmussen and Williams, *Gaussian Processes for Machine Learning*, 2006, section 4.2.
public enum CovarianceKernel: String, CaseIterable, Sendable {
  /// Twice differentiable: fits what bends at places, as queues do near saturation.
  case matern = "matern-5/2"
  /// Differentiable at will: less error than the other where the simulation is as smooth.
  case squaredExponential = "squared-exponential"

  /// The correlation at a squared distance.
  func correlation(_ squared: Double) -> Double {
    switch self {
    case .matern:
      let root = (5 * squared).squareRoot()
      return (1 + root + root * root / 3) * exp(-root)
    case .squaredExponential: return exp(-squared / 2)
    }
  }

  /// What the squared distance along a column is multiplied with in the derivative of the correlation by
  /// the logarithm of that column's length.
  func slope(_ squared: Double) -> Double {
    switch self {
    case .matern:
      let root = (5 * squared).squareRoot()
      return 5 / 3 * (1 + root) * exp(-root)
    case .squaredExponential: return exp(-squared / 2)
    }
  }
}
