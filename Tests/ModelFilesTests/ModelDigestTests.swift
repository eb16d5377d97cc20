// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct ModelDigestTests {
  /// The algorithm's published vectors are of plain bytes; ours add the byte 255 after each text.
  @Test("the digest is FNV-1a, with a byte 255 after each text")
  func vectors() {
    var empty: UInt64 = 0xcbf2_9ce4_8422_2325
    #expect(ModelDigest().text == "cbf29ce484222325")
    for byte in Array("foobar".utf8) { empty = (empty ^ UInt64(byte)) &* 0x100_0000_01b3 }
    #expect(empty == 0x8594_4171_f739_67e8)
    var digest = ModelDigest()
    digest.add("foobar")
    #expect(digest.value == (empty ^ 255) &* 0x100_0000_01b3)
  }

  @Test("where a text ends counts, and their order")
  func boundaries() {
    func digest(_ files: KeyValuePairs<String, String>) -> ModelDigest {
      ModelDigest(files.map { (file: $0.key, text: $0.value) })
    }
    #expect(digest(["a": "bc"]) != digest(["ab": "c"]))
    #expect(digest(["a": "b", "c": "d"]) != digest(["c": "d", "a": "b"]))
  }
}
