// SPDX-License-Identifier: GPL-3.0-or-later

/// The families that fit a sample, best first.
public struct FitComparison: Sendable {
  /// By which families are ranked: the least value is best.
  public enum Criterion: String, CaseIterable, Sendable { case aic, bic }

  public let sample: Sample
  public let criterion: Criterion
  /// Best first.
  public let fits: [FitAssessment]
  /// Families without a member that fits best, in the order in which they were tried.
  public let refused: [(family: FittedFamily, reason: NoFit)]

  /// Fits the families.
  ///
  /// - Parameters:
  ///   - families: those to try.
  ///   - bounds: the ends of `beta`.
  ///   - samples: bootstrap samples for each.
  ///   - goOn: asked again and again with the share that is done; `false` ends the bootstrap with what
  ///     there is.
  public init(
    of sample: Sample, families: [FittedFamily], bounds: ClosedRange<Double>? = nil,
    criterion: Criterion = .aic, samples: Int, seed: UInt64, goOn: (Double) -> Bool = { _ in true }
  ) {
    self.sample = sample
    self.criterion = criterion
    var found: [Fit] = []
    var refused: [(family: FittedFamily, reason: NoFit)] = []
    for family in families {
      do { found.append(try Fit(family, to: sample, bounds: bounds)) } catch {
        refused.append((family, error))
      }
    }
    self.refused = refused
    found.sort {
      ($0.value(of: criterion), $0.family.rawValue) < ($1.value(of: criterion), $1.family.rawValue)
    }
    var done = 0.0
    let all = Double(max(1, found.count * samples))
    fits = found.map { fit in
      FitAssessment(of: fit, count: sample.count, bounds: bounds, samples: samples, seed: seed) {
        done += 1
        return goOn((done - 1) / all)
      }
    }
  }

  /// A family with fewer parameters whose criterion is less than ``tellingDifference`` above the best:
  /// the one with the fewest, of several the better. `nil` where there is none.
  public var simpler: FitAssessment? {
    guard let best = fits.first?.fit else { return nil }
    // Fits are in order: of those with as few parameters the first is the better.
    return fits.filter {
      $0.fit.family.fittedCount < best.family.fittedCount
        && $0.fit.value(of: criterion) - best.value(of: criterion) < Self.tellingDifference
    }.min { $0.fit.family.fittedCount < $1.fit.family.fittedCount }
  }

  /// Differences of a criterion that are smaller say little.
  ///
  /// Source: Burnham and Anderson, *Model Selection and Multimodel Inference*, 2nd ed., 2002, §2.6.
  public static let tellingDifference = 2.0

  /// The families of values that are counts, or that are measured.
  public static func families(ofCounts: Bool) -> [FittedFamily] {
    FittedFamily.allCases.filter { $0.isOfCounts == ofCounts }
  }
}

extension Fit {
  public func value(of criterion: FitComparison.Criterion) -> Double {
    switch criterion {
    case .aic: aic
    case .bic: bic
    }
  }
}
