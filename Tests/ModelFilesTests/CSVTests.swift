// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct CSVTests {
  @Test("quoted fields, doubled quotation marks, line ends of either kind, comments, a byte mark")
  func readsFields() throws {
    let model = try TemporaryModel([
      "model.yaml": "t: {table: t.csv, key: id}\n",
      "t.csv":
        "\u{FEFF}# a comment\r\nid,text\r\n\r\na,\"x, \"\"y\"\"\r\nz\"\r\nb,  plain  \r\nc,\"\"\r\n",
    ])
    let faults = model.faults { section in
      let table = section.table("t")
      #expect(table.columns == ["id", "text"])
      #expect(table.keys == ["a", "b", "c"])
      #expect(table.rows[0].text("text") == "x, \"y\"\r\nz")
      #expect(table.rows[1].text("text") == "plain")
      #expect(table.rows[2].textIfPresent("text") == nil)
      #expect(table.rows[1].placeOf("text").line == 6)
      #expect(table.row("b")?.index == 1)
      #expect(table.row("d") == nil)
    }
    #expect(faults == [])
  }

  @Test("a table without a final line end keeps its last row")
  func lastRow() throws {
    let model = try TemporaryModel([
      "model.yaml": "t: {table: t.csv}\n", "t.csv": "id,text\na,1\nb,2",
    ])
    let faults = model.faults { section in
      #expect(section.table("t").rows.map { $0.text("text") } == ["1", "2"])
    }
    #expect(faults == [])
  }
}
