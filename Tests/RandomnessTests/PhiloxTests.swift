// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

@Suite("Philox4x64-10")
struct PhiloxTests {
  @Test("known answers of Random123 (kat_vectors, philox4x64 10)")
  func knownAnswers() {
    let ones = UInt64.max
    #expect(
      Philox.block(Philox.Words(0, 0, 0, 0), lowKey: 0, highKey: 0)
        == Philox.Words(
          0x1655_4D9E_CA36_314C, 0xDB20_FE9D_672D_0FDC, 0xD7E7_72CE_E186_176B,
          0x7E68_B68A_EC7B_A23B))
    #expect(
      Philox.block(Philox.Words(ones, ones, ones, ones), lowKey: ones, highKey: ones)
        == Philox.Words(
          0x87B0_92C3_013F_E90B, 0x438C_3C67_BE8D_0224, 0x9CC7_D7C6_9CD7_77B6,
          0xA09C_AEBF_594F_0BA0))
  }
}
