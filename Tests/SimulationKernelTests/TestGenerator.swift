// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers for schedules in tests: Steele, Lea and Flood's SplitMix64.
struct TestGenerator {
  var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func word() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int {
    Int(word().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// In the open interval (0, 1).
  mutating func uniform() -> Double {
    (Double(word() >> 12) + 0.5) * 0x1p-52
  }

  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// With mean one, from comparisons alone, so that no test hangs on a mathematics library.
  ///
  /// Source: J. von Neumann, "Various techniques used in connection with random digits", 1951.
  mutating func exponential() -> Double {
    var whole = 0.0
    while true {
      let first = uniform()
      var last = first
      var isAccepted = false
      repeat {
        isAccepted.toggle()
        let next = uniform()
        if next >= last { break }
        last = next
      } while true
      if isAccepted { return whole + first }
      whole += 1
    }
  }
}
