// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

@Suite("Philox4x64-10")
struct PhiloxTests {
  @Test("agrees with the known answers of Random123 (kat_vectors, philox4x64 10)")
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
    #expect(
      Philox.block(
        Philox.Words(
          0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0,
          0x082E_FA98_EC4E_6C89),
        lowKey: 0x4528_21E6_38D0_1377, highKey: 0xBE54_66CF_34E9_0C6C)
        == Philox.Words(
          0xA528_F454_03E6_1D95, 0x38C7_2DBD_566E_9788, 0xA5A1_610E_72FD_18B5,
          0x57BD_43B5_E52B_7FE6))
  }

  @Test("agrees with numpy 2.4.6 over a thousand words of one key")
  func numpyWords() {
    // Philox(counter=[0, 1, 2, 3] less 1, key=[42, 0]).random_raw(1000): numpy adds 1 first.
    var sum: UInt64 = 0
    var last: UInt64 = 0
    for number in 0..<UInt64(250) {
      let words = Philox.block(Philox.Words(number, 1, 2, 3), lowKey: 42, highKey: 0)
      sum ^= words.first ^ words.second ^ words.third ^ words.fourth
      last = words.fourth
    }
    #expect(sum == 0x7D56_41FD_F4E1_73FC)
    #expect(last == 0x655E_3FB6_2139_BBF4)
  }
}
