// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

@Suite("Purpose")
struct PurposeTests {
  @Test("is the FNV-1a hash of the name's UTF-8 bytes")
  func knownAnswers() {
    // The first three are from the authors' test vectors.
    #expect(Purpose("").rawValue == 0xCBF2_9CE4_8422_2325)
    #expect(Purpose("a").rawValue == 0xAF63_DC4C_8601_EC8C)
    #expect(Purpose("foobar").rawValue == 0x8594_4171_F739_67E8)
    #expect(Purpose("service time").rawValue == 0x01C5_1376_D0EB_EF8D)
    #expect(Purpose("门诊").rawValue == 0x2C16_CAF7_CD9B_25C0)
    #expect(Purpose("ab", "c").rawValue == 0xFDF3_A083_EF9B_C024)
  }

  @Test("keeps the parts of a name apart")
  func parts() {
    #expect(Purpose("ab", "c") != Purpose("a", "bc"))
    #expect(Purpose("ab", "c") != Purpose("abc"))
    #expect(Purpose("a", "") != Purpose("a"))
    #expect(Purpose("ab", "c") == Purpose(parts: ["ab", "c"]))
    #expect(Purpose(parts: ["ab"]) == Purpose("ab"))
  }

  @Test("differs between the names that a large region would make")
  func distinctNames() {
    var seen: Set<Purpose> = []
    let kinds = ["arrival", "consult", "exam", "stay", "travel", "choice", "onset", "recovery"]
    for kind in kinds {
      for town in 0..<400 {
        for condition in 0..<100 { seen.insert(Purpose(kind, "town-\(town)", "c\(condition)")) }
      }
    }
    #expect(seen.count == kinds.count * 400 * 100)
  }
}
