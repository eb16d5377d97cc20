// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import OutputAnalysis

/// What varies an outcome that was seen at every pair of a draw of the parameters and a replication.
///
/// The outcome of draw *i* and replication *r* is y = μ + a_i + b_r + e_ir. All draws of a replication
/// share their random numbers, so b is what run noise does to all draws alike, e what it does to one.
/// The components are those of the analysis of variance of two crossed random factors with one value a
/// cell: with D draws, R replications and the mean squares S of draws, replications and the rest,
/// σ²_e = S_e, σ²_a = (S_a − S_e) ÷ R, σ²_b = (S_b − S_e) ÷ D, each at least 0.
///
/// Source: Searle, Casella and McCulloch, *Variance Components*, 1992, section 4.6 (the two-way crossed
/// classification, random model); Sun, Apley and Staum, *Operations Research* 59 (2011) 998–1007, on
/// taking run noise out of the variance of parameters.
public struct CrossedComponents: Hashable, Sendable {
  public let draws: Int
  public let replications: Int
  public let mean: Double
  /// Of each draw, over its replications.
  public let drawMeans: [Double]
  /// The mean squares of draws, replications and the rest.
  package let drawSquare: Double
  package let replicationSquare: Double
  package let restSquare: Double

  /// - Parameter values: A row a draw, a column a replication; two of each at least.
  public init(_ values: [[Double]]) {
    draws = values.count
    replications = values.first?.count ?? 0
    precondition(draws >= 2 && replications >= 2, "components need two draws and two replications")
    precondition(values.allSatisfy { $0.count == values[0].count }, "the draws are crossed")
    let (rows, columns) = (Double(draws), Double(replications))
    let drawMeans = values.map { SampleMoments($0)!.mean }
    let replicationMeans = values[0].indices.map { column in
      SampleMoments(values.map { $0[column] })!.mean
    }
    let mean = SampleMoments(drawMeans)!.mean
    var rest = 0.0
    for (row, own) in zip(values, drawMeans) {
      for (value, other) in zip(row, replicationMeans) {
        let left = (value - own) - (other - mean)
        rest += left * left
      }
    }
    self.drawMeans = drawMeans
    self.mean = mean
    drawSquare = columns * SampleMoments(drawMeans)!.variance
    replicationSquare = rows * SampleMoments(replicationMeans)!.variance
    restSquare = rest / ((rows - 1) * (columns - 1))
  }

  /// σ²_a: what the parameters do.
  public var parameterVariance: Double { parameterVariance(isBounded: true) }

  /// - Parameter isBounded: Whether an estimate below 0 is taken as 0, which is too large on average.
  func parameterVariance(isBounded: Bool) -> Double {
    let square = drawSquare - restSquare
    return (isBounded ? max(0, square) : square) / Double(replications)
  }
  /// σ²_b: what run noise does to all draws alike.
  public var commonNoiseVariance: Double {
    max(0, replicationSquare - restSquare) / Double(draws)
  }
  /// σ²_e: what run noise does to one draw.
  public var ownNoiseVariance: Double { restSquare }
  /// Of one replication.
  public var noiseVariance: Double { commonNoiseVariance + ownNoiseVariance }

  var drawFreedom: Double { Double(draws - 1) }
  var replicationFreedom: Double { Double(replications - 1) }
  var restFreedom: Double { drawFreedom * replicationFreedom }

  /// Whether the outcome hangs on the parameters at all: the chance of draws that differ so much if they
  /// were alike (F test).
  public var parameterChance: Double {
    guard restSquare > 0 else { return drawSquare > 0 ? 0 : 1 }
    return gsl_cdf_fdist_Q(drawSquare / restSquare, drawFreedom, restFreedom)
  }

  /// The mean over draws and replications with its interval, which counts the error of both: its
  /// variance is σ²_a ÷ D + σ²_b ÷ R + σ²_e ÷ DR, or (S_a + S_b − S_e) ÷ DR, on the degrees of freedom
  /// of Satterthwaite (*Biometrics Bulletin* 2 (1946) 110–114). Where S_e is the largest by chance, the
  /// larger of S_a and S_b stands for their sum.
  public func meanInterval(level: Double = 0.95) -> (low: Double, high: Double) {
    let sum = drawSquare + replicationSquare - restSquare
    let larger = max(drawSquare, replicationSquare)
    let square = max(sum, larger)
    guard square > 0 else { return (mean, mean) }
    let freedom: Double
    if sum > larger {
      freedom =
        sum * sum
        / (drawSquare * drawSquare / drawFreedom
          + replicationSquare * replicationSquare / replicationFreedom
          + restSquare * restSquare / restFreedom)
    } else {
      freedom = drawSquare > replicationSquare ? drawFreedom : replicationFreedom
    }
    let half =
      gsl_cdf_tdist_Qinv((1 - level) / 2, max(1, freedom))
      * (square / Double(draws * replications)).squareRoot()
    return (mean - half, mean + half)
  }
}
