// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// GSL's settings, which hold for the whole process.
enum GSL {
  /// Makes GSL return its errors, where it would otherwise end the process. Costs nothing after the
  /// first call, and may be called from several threads.
  static func prepare() { _ = isPrepared }

  private static let isPrepared: Bool = {
    _ = gsl_set_error_handler_off()
    return true
  }()

  /// A value that GSL computed from arguments that it must be able to deal with.
  static func finite(_ value: @autoclosure () -> Double) -> Double {
    prepare()
    let value = value()
    precondition(value.isFinite, "GSL found no finite value for these arguments")
    return value
  }
}
