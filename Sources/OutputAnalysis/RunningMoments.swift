// SPDX-License-Identifier: GPL-3.0-or-later

/// Mean and variance of what is added one by one (Welford).
struct RunningMoments: Sendable, BitwiseCopyable {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  /// Of a sample; zero under two values.
  var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
  }
}
