// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// GSL's search for a minimum without derivatives (Nelder and Mead, `nmsimplex2`).
enum Simplex {
  /// What the callback of C reads its function from.
  private final class Function {
    let value: ([Double]) -> Double
    init(_ value: @escaping ([Double]) -> Double) { self.value = value }
  }

  /// The point of the least value near a first one.
  ///
  /// Infinite values are borders. The search begins anew once where it ended, since a simplex may
  /// collapse before it arrives.
  ///
  /// - Parameter step: The length of the first simplex's sides.
  static func minimum(
    from start: [Double], step: Double, _ value: (([Double]) -> Double)
  ) -> [Double] {
    withoutActuallyEscaping(value) { value in
      let first = search(from: start, step: step, value)
      return search(from: first, step: step / 10, value)
    }
  }

  private static func search(
    from start: [Double], step: Double, _ value: @escaping ([Double]) -> Double
  ) -> [Double] {
    gsl_set_error_handler_off()
    let count = start.count
    guard let point = gsl_vector_alloc(count), let sides = gsl_vector_alloc(count),
      let minimizer = gsl_multimin_fminimizer_alloc(cgsl_nelder_mead(), count)
    else { preconditionFailure("no memory for \(count) numbers") }
    defer {
      gsl_vector_free(point)
      gsl_vector_free(sides)
      gsl_multimin_fminimizer_free(minimizer)
    }
    for (place, number) in start.enumerated() { gsl_vector_set(point, place, number) }
    gsl_vector_set_all(sides, step)
    let box = Function(value)
    var function = gsl_multimin_function()
    function.n = count
    function.params = Unmanaged.passUnretained(box).toOpaque()
    function.f = { vector, context in
      guard let vector, let context else { return .infinity }
      let function = Unmanaged<Function>.fromOpaque(context).takeUnretainedValue()
      let value = function.value((0..<vector.pointee.size).map { gsl_vector_get(vector, $0) })
      // GSL refuses a simplex with a corner that is no number or infinite.
      return value.isFinite ? value : 1e300
    }
    return withExtendedLifetime(box) {
      guard gsl_multimin_fminimizer_set(minimizer, &function, point, sides) == 0 else {
        return start
      }
      for _ in 0..<2_000 {
        guard gsl_multimin_fminimizer_iterate(minimizer) == 0,
          gsl_multimin_fminimizer_size(minimizer) > 1e-9
        else { break }
      }
      guard let best = gsl_multimin_fminimizer_x(minimizer) else { return start }
      return (0..<count).map { gsl_vector_get(best, $0) }
    }
  }
}
