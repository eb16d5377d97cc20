// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers of one column of a CSV file of observations.
public struct DataColumn: Sendable {
  /// The file, as the user named it.
  public let file: String
  /// The column's name.
  public let name: String
  /// The unit of the numbers, as a model writes it; empty for plain numbers.
  public let unit: String
  /// In the order of the file.
  public let values: [Double]

  /// Fewer values tell next to nothing about a distribution's shape.
  public static let fewest = 10

  /// Reads a column; every row that holds no number is a fault, all told together.
  ///
  /// - Parameters:
  ///   - file: A CSV file with a header.
  ///   - column: The column's name; may be `nil` if the file has one column.
  ///   - unit: The unit; `nil`: the one that the column's name tells, as `wait_minutes` does.
  public init?(file: String, column: String?, unit: String?, _ faults: FaultCollector) {
    let before = faults.count
    if let unit, parseUnit(unit) == nil {
      faults.record(
        SourcePlace(file: "--unit"), "\(unit.quotedBriefly) is not a unit",
        "write s, min, h, d, week, year, CNY or km, or leave it out for plain numbers")
    }
    guard let text = FileText.read(file, shown: file, faults) else { return nil }
    let records = CSVReading.records(of: text, file: file, faults)
    guard let header = records.first else {
      if faults.count == before {
        faults.record(SourcePlace(file: file), "is empty", "write a header line and rows")
      }
      return nil
    }
    guard let place = Self.place(of: column, in: header, file, faults) else { return nil }
    let name = header.fields[place]
    let told = Self.unit(ofColumn: name)
    if let unit, !told.isEmpty, let asked = parseUnit(unit), let own = parseUnit(told), asked != own
    {
      faults.record(
        SourcePlace(file: "--unit"), "is \(unit), and the column \(name) is in \(told) by its name",
        "leave --unit out, or give the column another name")
    }
    var values: [Double] = []
    values.reserveCapacity(records.count)
    for record in records.dropFirst() {
      let line = SourcePlace(file: file, line: record.line, path: name)
      guard record.fields.count == header.fields.count else {
        faults.record(
          SourcePlace(file: file, line: record.line), "has \(record.fields.count) fields",
          "the header has \(header.fields.count): \(header.fields.joined(separator: ","))")
        continue
      }
      let cell = record.fields[place]
      if let quantity = Quantity(cell), quantity.unitText.isEmpty {
        values.append(quantity.value)
      } else if cell.isEmpty {
        faults.record(line, "is empty", "leave the row out, or write its number")
      } else if Quantity(cell) != nil {
        faults.record(
          line, "is \(cell.quotedBriefly)", "write a bare number, and its unit with --unit")
      } else {
        faults.record(line, "is \(cell.quotedBriefly)", "write a number")
      }
    }
    if faults.count == before { Self.check(values, SourcePlace(file: file, path: name), faults) }
    guard faults.count == before else { return nil }
    self.file = file
    self.name = name
    self.unit = unit?.trimmed ?? told
    self.values = values
  }

  /// The unit that a column's last word names: the words of tables, `wait_minutes`, and the units
  /// themselves, `wait_min`.
  private static func unit(ofColumn name: String) -> String {
    let told = TableData.unit(ofColumn: name)
    guard told.isEmpty, let word = name.split(separator: "_").last, word.count < name.count,
      ["s", "min", "h", "d", "week", "weeks", "year", "CNY"].contains(word)
    else { return told }
    return word == "weeks" ? "week" : String(word)
  }

  private static func place(
    of column: String?, in header: CSVReading.Record, _ file: String, _ faults: FaultCollector
  ) -> Int? {
    let place = SourcePlace(file: file, line: header.line)
    if let number = header.fields.first(where: { Quantity($0)?.unitText == "" }) {
      faults.record(
        place, "has \(number.quotedBriefly) in place of a column's name",
        "write a header line above the numbers")
      return nil
    }
    guard let column else {
      if header.fields.count == 1 {
        guard let sign = header.fields[0].first(where: { $0 == ";" || $0 == "\t" }) else {
          return 0
        }
        faults.record(
          place, "has \(sign == ";" ? "semicolons" : "tabs") between its columns",
          "separate them by commas, and write 0.5 with a point")
        return nil
      }
      faults.record(
        place, "has \(header.fields.count) columns",
        "name one with --column: \(header.fields.joined(separator: ", "))")
      return nil
    }
    guard let index = header.fields.firstIndex(of: column) else {
      faults.record(
        SourcePlace(file: "--column"), "\(column.quotedBriefly) is not a column of \(file)",
        remedy(for: column, among: header.fields, kind: "column"))
      return nil
    }
    return index
  }

  private static func check(_ values: [Double], _ place: SourcePlace, _ faults: FaultCollector) {
    if values.count < fewest {
      faults.record(
        place, "has \(values.count) value\(values.count == 1 ? "" : "s")",
        "a fit takes \(fewest) at least; write what is known of "
          + "them as a triangular or uniform distribution, with evidence: assumed")
    } else if let only = values.first, values.allSatisfy({ $0 == only }) {
      faults.record(
        place, "has the value \(plainNumber(only)) in every row", "write that number in the model")
    }
  }
}
