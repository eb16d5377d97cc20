// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// The library's settings, which hold for the whole process.
enum GSL {
  /// Makes GSL return its errors instead of aborting the process. Costs nothing after the first
  /// call, and may be called from several threads.
  static func prepare() { _ = isPrepared }

  private static let isPrepared: Bool = {
    gsl_set_error_handler_off()
    return true
  }()
}

/// GSL could not do what it was asked.
public struct GSLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// GSL's number of the error.
  public var code: Int32

  public init(code: Int32) { self.code = code }

  /// GSL's words for the error.
  public var description: String { "GSL: \(String(cString: gsl_strerror(code)))" }

  /// Throws unless `status`, which a GSL function returned, is success.
  package static func check(_ status: Int32) throws(GSLError) {
    if Int(status) != GSL_SUCCESS { throw GSLError(code: status) }
  }
}
