// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Ways in which the delays of a model may be spread.
enum TimePattern: String, CaseIterable, Sendable {
  case constant
  case exponential
  /// A minute, or a month.
  case bimodal
  /// Nearly everything at a few instants.
  case bursts
  /// One in twenty lies thousands of years ahead.
  case farFuture
  /// Magnitudes from a microsecond to a century, each as likely.
  case everyMagnitude
  /// Minutes for a while, then months, then milliseconds.
  case changing
  /// Ever nearer, so that stretches fill up after they were divided.
  case nearing
  /// Crowds of a thousand, each at half the distance of the one before.
  case halving
  /// All at the present instant, for the most part.
  case now

  func delay(step: Int, now: Int64, _ generator: inout TestGenerator) -> Int64 {
    let minute = 60_000_000.0
    switch self {
    case .constant:
      return 1000
    case .exponential:
      return Int64(generator.exponential() * minute)
    case .bimodal:
      let mean = generator.chance(0.5) ? minute : 30 * 1440 * minute
      return Int64(generator.exponential() * mean)
    case .bursts:
      let grid: Int64 = 1_000_000
      return ((now / grid) + 1 + Int64(generator.below(3))) * grid - now
    case .farFuture:
      return generator.chance(0.05)
        ? 1 << 57 + Int64(generator.below(1000)) : Int64(generator.exponential() * minute)
    case .everyMagnitude:
      return Int64(generator.word() >> UInt64(12 + generator.below(52)))
    case .changing:
      let mean = [minute, 43_200 * minute, 0.0001 * minute][step / 7000 % 3]
      return Int64(generator.exponential() * mean)
    case .nearing:
      let mean = 43_200 * minute / Double(1 << (step / 1500 % 6 * 4))
      return Int64(generator.exponential() * mean)
    case .halving:
      let grid = Int64(1) << Int64(40 - step / 1000 % 30)
      return grid - now % grid + Int64(generator.below(2)) * Int64(generator.below(100))
    case .now:
      return generator.chance(0.97) ? 0 : Int64(generator.below(5))
    }
  }
}
