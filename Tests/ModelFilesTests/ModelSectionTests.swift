// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct ModelSectionTests {
  @Test("scalars are what their key makes of them")
  func typedByKey() throws {
    let model = try TemporaryModel([
      "model.yaml": """
      time: 10:00
      no: no
      version: 1.10
      zeros: 007
      norway: NO
      date: 2020-07-23
      octal: "0o7"
      """
    ])
    let faults = model.faults { section in
      #expect(section.text("time") == "10:00")
      #expect(section.flag("no") == false)
      #expect(section.text("version") == "1.10")
      #expect(section.text("zeros") == "007")
      #expect(section.text("norway") == "NO")
      #expect(section.date("date").description == "2020-07-23")
      #expect(section.text("octal") == "0o7")
    }
    #expect(faults == [])
  }

  @Test("a missing section is one fault, whatever is asked of it")
  func missingSection() throws {
    let model = try TemporaryModel(["model.yaml": "a: 1\n"])
    let faults = model.faults { section in
      _ = section.text("a")
      let missing = section.section("care")
      _ = missing.number("rate", .perDay)
      _ = missing.section("inner").integer("count")
      _ = missing.table("rows").rows
      missing.fault("rate", "is wrong")
    }
    #expect(faults == ["model.yaml:1: has no care; add care: …"])
  }

  @Test("asking twice is asking once")
  func twice() throws {
    let model = try TemporaryModel([
      "model.yaml": "towns: {table: towns.csv}\ncare: {rate: x, other: 1}\n",
      "towns.csv": "town,people,extra\nnorth,5,1\n",
    ])
    let faults = model.faults { section in
      for _ in 0..<2 {
        _ = section.section("care").number("rate")
        _ = section.table("towns").rows.map { $0.integerIfPresent("people") }
      }
    }
    #expect(
      faults == [
        "model.yaml:2: care.other: is not a key here; leave it out",
        "model.yaml:2: care.rate: is “x”, not a number; write a number, such as 1",
        "towns.csv:1: extra: is not a column here; leave it out",
        "towns.csv:2: towns[north].people: does not say where it comes from; "
          + "add source and evidence, or evidence: assumed with a range",
      ])
  }

  @Test("named sections keep their order, as a mapping and as a list")
  func order() throws {
    let model = try TemporaryModel([
      "model.yaml": "m: {z: {v: a}, a: {v: b}}\nl: [{name: z, v: a}, {name: a, v: b}]\n"
    ])
    let faults = model.faults { section in
      for key in ["m", "l"] {
        let named = section.sections(key)
        #expect(named.map(\.name) == ["z", "a"])
        #expect(named.map { $0.section.text("v") } == ["a", "b"])
      }
    }
    #expect(faults == [])
  }
}
