// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct LargeAndDeepFileTests {
  @Test("deep nesting is refused in one line", arguments: [500, 1500, 200_000])
  func deep(levels: Int) throws {
    let brackets = String(repeating: "[", count: levels)
    let model = try TemporaryModel(["model.yaml": "name: \(brackets)\n"])
    #expect(model.lines(model.document().faults).count == 1)
    let closed = brackets + String(repeating: "]", count: levels)
    let other = try TemporaryModel(["model.yaml": "name: \(closed)\n"])
    #expect(other.lines(other.document().faults).count == (levels < 1000 ? 0 : 1))
  }

  @Test("aliases inside aliases are not followed")
  func aliases() throws {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let model = try TemporaryModel(["model.yaml": text])
    #expect(model.lines(model.document().faults).count == 41 + 80)
  }

  @Test("a table of a hundred thousand rows is read whole")
  func largeTable() throws {
    var text = "id,count,share\n"
    for row in 0..<100_000 { text += "r\(row),\(row),0.5\n" }
    let model = try TemporaryModel([
      "model.yaml": "evidence: assumed\nrange-factor: [0.5, 2]\nt: {table: t.csv, key: id}\n",
      "t.csv": text,
    ])
    var sum = 0
    let faults = model.faults { section in
      for row in section.table("t").rows {
        sum += row.integer("count")
        _ = row.number("share", .share, in: 0...1)
      }
    }
    #expect(faults == [])
    #expect(sum == 99_999 * 50_000)
  }
}
