// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

extension RandomStream {
  /// Lets GSL draw from this stream: the generator given to `body` is valid until `body` returns.
  ///
  /// Nothing is allocated; a draw that GSL makes is an indirect call.
  package mutating func withGSLGenerator<Result>(
    _ body: (UnsafePointer<gsl_rng>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &self) { stream in
      var generator = gsl_rng(type: GSLGeneratorType.shared, state: stream)
      return withUnsafePointer(to: &generator, body)
    }
  }
}

/// The type of generator that draws from the stream its state points to.
private enum GSLGeneratorType {
  /// Made once, never written again, never freed.
  nonisolated(unsafe) static let shared: UnsafePointer<gsl_rng_type> = {
    GSL.prepare()
    let name = StaticString("yilian")
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    type.initialize(
      to: gsl_rng_type(
        name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
        max: 0xFFFF_FFFF, min: 0, size: MemoryLayout<RandomStream>.size,
        set: { _, _ in },  // a stream is seeded by its key
        get: { state in
          UInt(state!.assumingMemoryBound(to: RandomStream.self).pointee.nextWord() >> 32)
        },
        get_double: { state in
          state!.assumingMemoryBound(to: RandomStream.self).pointee.uniform()
        }))
    return UnsafePointer(type)
  }()
}
