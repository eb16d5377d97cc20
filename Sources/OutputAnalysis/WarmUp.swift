// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of the start of a run to leave out, so that the empty beginning does not bias a mean.
public enum WarmUp {
  /// The truncation that makes the marginal standard error smallest, on batch means (MSER-5).
  ///
  /// For each number *d* of leading batches left out, the statistic is the sum of squared
  /// deviations of what remains over the square of their number; the smallest wins. The last tenth
  /// of the batches, and at least five, are never left alone: few values can agree by chance.
  ///
  /// - Parameters:
  ///   - series: Observations in order of time, such as waits of successive patients, or means by
  ///     day; for several replications, the mean over them (``meanOverReplications(_:)``).
  ///   - batchSize: Observations averaged into one batch; a remainder at the end is left out.
  /// - Returns: Observations to leave out at the start, a multiple of `batchSize`; `nil` when the
  ///   best truncation falls beyond the first half: the run is too short, make it longer.
  /// - Complexity: O(*n*).
  ///
  /// Source: White, Cobb and Spratt, *Proc. Winter Simulation Conf.* 2000, 755–760.
  public static func mser(_ series: [Double], batchSize: Int = 5) -> Int? {
    precondition(batchSize >= 1, "a batch holds at least one observation")
    let batches = batchMeans(of: series, batchSize: batchSize)
    let kept = max(5, batches.count / 10)
    guard batches.count >= 2 * kept else { return nil }
    var count = 0.0
    var mean = 0.0
    var squares = 0.0
    var best = (statistic: Double.infinity, truncation: 0)
    // From the end backwards, so that one pass serves every truncation.
    for truncation in batches.indices.reversed() {
      count += 1
      let deviation = batches[truncation] - mean
      mean += deviation / count
      squares += deviation * (batches[truncation] - mean)
      let statistic = squares / (count * count)
      if Int(count) > kept, statistic <= best.statistic {
        best = (statistic, truncation)
      }
    }
    guard 2 * best.truncation <= batches.count else { return nil }
    return best.truncation * batchSize
  }

  /// The longest warm-up that any of several measures asks for; `nil` as soon as one asks for a
  /// longer run.
  public static func longest(_ truncations: [Int?]) -> Int? {
    var longest = 0
    for truncation in truncations {
      guard let truncation else { return nil }
      longest = max(longest, truncation)
    }
    return longest
  }

  /// Welch's curve: the mean over replications, smoothed by a centred moving average.
  ///
  /// Near the start the window shrinks to what lies on the left, so that the curve begins at the
  /// first observation. Draw it, and let the warm-up end where it becomes level; choose the
  /// smallest window that makes it smooth.
  ///
  /// - Parameters:
  ///   - replications: One series each, in order of time; the shortest sets the length.
  ///   - window: Observations on either side; at least 0.
  /// - Returns: One value per instant up to `window` before the end; empty when the series are no
  ///   longer than the window.
  ///
  /// Source: Welch, in Lavenberg (ed.), *Computer Performance Modeling Handbook*, 1983, 268–328;
  /// Law, *Simulation Modeling and Analysis*, 5th ed., 2015, §9.5.1.
  public static func welchMovingAverage(of replications: [[Double]], window: Int) -> [Double] {
    precondition(window >= 0, "a window is not negative")
    let means = meanOverReplications(replications)
    guard means.count > window else { return [] }
    return (0..<(means.count - window)).map { instant in
      let reach = min(window, instant)
      var sum = 0.0
      for index in (instant - reach)...(instant + reach) { sum += means[index] }
      return sum / Double(2 * reach + 1)
    }
  }

  /// The mean over replications at each instant, up to the end of the shortest.
  public static func meanOverReplications(_ replications: [[Double]]) -> [Double] {
    let length = replications.map(\.count).min() ?? 0
    return (0..<length).map { instant in
      var sum = 0.0
      for replication in replications { sum += replication[instant] }
      return sum / Double(replications.count)
    }
  }

  private static func batchMeans(of series: [Double], batchSize: Int) -> [Double] {
    (0..<(series.count / batchSize)).map { batch in
      var sum = 0.0
      for index in (batch * batchSize)..<((batch + 1) * batchSize) { sum += series[index] }
      return sum / Double(batchSize)
    }
  }
}
