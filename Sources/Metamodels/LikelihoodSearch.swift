// SPDX-License-Identifier: GPL-3.0-or-later

// GSL names its algorithms by global variables, which it never writes.
@preconcurrency import CGSL
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The search for a ``GaussianProcess``'s parameters of greatest restricted likelihood.
struct LikelihoodSearch {
  /// The best parameters of all starts; `nil` when none led anywhere.
  let best: KrigingEquations.Parameters?

  /// Bounds of logarithms: lengths in widths of the columns; variances in that of the outputs.
  private static let lengthBounds = (log(0.03), log(30.0))
  private static let varianceBounds = (log(1e-4), log(1e4))
  private static let noiseBounds = (log(1e-8), log(4.0))

  /// What the callbacks of C read.
  private final class Target {
    let equations: KrigingEquations
    init(_ equations: KrigingEquations) { self.equations = equations }

    private var bounds: [(Double, Double)] {
      Array(repeating: LikelihoodSearch.lengthBounds, count: equations.columns)
        + [LikelihoodSearch.varianceBounds]
        + (equations.hasUnknownNoise ? [LikelihoodSearch.noiseBounds] : [])
    }

    /// Parameters from coordinates without bounds.
    func parameters(_ free: [Double]) -> KrigingEquations.Parameters {
      let values = zip(free, bounds).map { number, bound in
        exp((bound.0 + bound.1) / 2 + (bound.1 - bound.0) / 2 * tanh(number))
      }
      let columns = equations.columns
      return KrigingEquations.Parameters(
        lengths: Array(values[..<columns]), variance: values[columns],
        noise: equations.hasUnknownNoise ? values[columns + 1] : nil)
    }

    func value(_ free: [Double]) -> Double {
      equations.solution(parameters(free))?.minusLogLikelihood ?? 1e100
    }

    func valueAndGradient(_ free: [Double]) -> (Double, [Double]) {
      guard let solution = equations.solution(parameters(free)) else {
        return (1e100, free.map { _ in 0 })
      }
      let gradient = zip(equations.gradient(solution), zip(free, bounds)).map { slope, place in
        let (number, bound) = place
        return slope * (bound.1 - bound.0) / 2 * (1 - tanh(number) * tanh(number))
      }
      return (solution.minusLogLikelihood, gradient)
    }
  }

  init(_ equations: KrigingEquations, seed: UInt64, starts: Int) {
    gsl_set_error_handler_off()
    let target = Target(equations)
    let size = equations.columns + 1 + (equations.hasUnknownNoise ? 1 : 0)
    var found: (value: Double, place: [Double])?
    for start in 0..<max(1, starts) {
      var stream = RandomStream(
        RandomRoot(seed: seed, replication: 0), Purpose("metamodel", "start"), owner: UInt64(start))
      // The first is in the middle: lengths about the width of the columns, variance of the outputs.
      let place = (0..<size).map { _ in start == 0 ? 0 : 1.2 * (2 * stream.uniform() - 1) }
      let end = Self.climb(from: place, target)
      if end.value < found?.value ?? 1e99 { found = end }
    }
    best = found.map { target.parameters($0.place) }
  }

  private static func climb(from start: [Double], _ target: Target) -> (
    value: Double, place: [Double]
  ) {
    let count = start.count
    guard let point = gsl_vector_alloc(count),
      let minimizer = gsl_multimin_fdfminimizer_alloc(
        gsl_multimin_fdfminimizer_vector_bfgs2, count)
    else { preconditionFailure("no memory for \(count) numbers") }
    defer {
      gsl_vector_free(point)
      gsl_multimin_fdfminimizer_free(minimizer)
    }
    for (place, number) in start.enumerated() { gsl_vector_set(point, place, number) }
    var function = gsl_multimin_function_fdf()
    function.n = count
    function.params = Unmanaged.passUnretained(target).toOpaque()
    function.f = { vector, context in
      guard let vector, let context else { return 1e100 }
      return Unmanaged<Target>.fromOpaque(context).takeUnretainedValue().value(numbers(of: vector))
    }
    function.df = { vector, context, slopes in
      guard let vector, let context, let slopes else { return }
      let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
      for (place, slope) in target.valueAndGradient(numbers(of: vector)).1.enumerated() {
        gsl_vector_set(slopes, place, slope)
      }
    }
    function.fdf = { vector, context, value, slopes in
      guard let vector, let context, let value, let slopes else { return }
      let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
      let (height, gradient) = target.valueAndGradient(numbers(of: vector))
      value.pointee = height
      for (place, slope) in gradient.enumerated() { gsl_vector_set(slopes, place, slope) }
    }
    return withExtendedLifetime(target) {
      guard gsl_multimin_fdfminimizer_set(minimizer, &function, point, 0.3, 0.1) == 0 else {
        return (1e100, start)
      }
      for _ in 0..<60 {
        guard gsl_multimin_fdfminimizer_iterate(minimizer) == 0,
          gsl_multimin_test_gradient(gsl_multimin_fdfminimizer_gradient(minimizer), 1e-3) != 0
        else { break }
      }
      guard let place = gsl_multimin_fdfminimizer_x(minimizer) else { return (1e100, start) }
      return (gsl_multimin_fdfminimizer_minimum(minimizer), numbers(of: place))
    }
  }
}

private func numbers(of vector: UnsafePointer<gsl_vector>) -> [Double] {
  (0..<vector.pointee.size).map { gsl_vector_get(vector, $0) }
}
