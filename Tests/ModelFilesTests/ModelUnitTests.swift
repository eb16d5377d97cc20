// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct ModelUnitTests {
  /// What a file writes, the unit asked for, and the value.
  @Test(
    "a value is converted to the unit asked for",
    arguments: [
      ("30 min", "min", 30), ("30 min", "h", 0.5), ("2 h", "min", 120), ("1 week", "d", 7),
      ("1 year", "d", 365), ("90 s", "min", 1.5), ("0.5 h", "s", 1800), ("30min", "min", 30),
      ("20 /h", "1/h", 20), ("20 1/h", "1/d", 480), ("20 per h", "1/h", 20),
      ("48 patients/d", "1/h", 2), ("48 visits per day", "1/h", 2), ("365 /year", "1/d", 1),
      ("35 %", "", 0.35), ("0.35", "", 0.35), ("5 ‰", "", 0.005), ("7 %", "", 0.07),
      ("120 CNY", "CNY", 120), ("120 CNY", "fen", 12_000), ("50 fen", "CNY", 0.5),
      ("0.6 CNY/km", "CNY/km", 0.6), ("-0.006 1/CNY", "1/CNY", -0.006), ("36 km/h", "m/s", 10),
      ("1e3 m", "km", 1), ("+2.5e-1 h", "min", 15), (".5 h", "min", 30), ("5. min", "min", 5),
      ("8 CNY/h", "fen/min", 800.0 / 60),
    ] as [(String, String, Double)])
  func conversion(written: String, unit: String, value: Double) throws {
    let model = try TemporaryModel(["model.yaml": "run:\n  x: \(written)\n"])
    var read = 0.0
    let faults = model.faults {
      read = $0.settingsIfPresent("run")?.number("x", ModelUnit(unit)) ?? 0
    }
    #expect(faults == [])
    #expect(abs(read - value) <= 1e-15 * abs(value))
  }

  @Test(
    "what is no number in the unit is a fault",
    arguments: [
      ("30", "min"), ("30 km", "min"), ("30 min", ""), ("0x10", ""), ("1_000", ""), ("1,000", ""),
      (".inf", ""), ("nan", ""), ("ten", "min"), ("3 /fortnight", "1/h"), ("\"3\"", ""),
      ("[3]", ""), ("{a: 3}", ""), ("10:00", "h"), ("1e999", ""), ("--3", ""), ("3 min min", "min"),
      ("3 h/", "h"), ("٣", ""),
    ])
  func noNumber(written: String, unit: String) throws {
    let model = try TemporaryModel(["model.yaml": "run:\n  x: \(written)\n"])
    let faults = model.faults(finish: false) {
      _ = $0.settingsIfPresent("run")?.number("x", ModelUnit(unit))
    }
    #expect(faults.count == 1)
  }
}
