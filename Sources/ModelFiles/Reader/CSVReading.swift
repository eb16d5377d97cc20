// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads comma-separated tables by RFC 4180: a header, quoted fields, doubled quotation marks.
///
/// An own byte scanner, since a fault must say its line and an unclosed quotation mark or a row of
/// the wrong length must not pass. Blank lines and lines that begin with `#` are skipped.
enum CSVReading {
  /// One record: its first line and its fields.
  struct Record {
    var line: Int
    var fields: [String]
  }

  /// The records of the text, the header first; faults tell what is not CSV.
  static func records(of text: String, file: String, _ faults: FaultCollector) -> [Record] {
    var scanner = Scanner(bytes: Array(text.utf8), file: file)
    return scanner.records(faults)
  }

  private struct Scanner {
    let bytes: [UInt8]
    let file: String
    var position = 0
    var line = 1

    mutating func records(_ faults: FaultCollector) -> [Record] {
      var records: [Record] = []
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "#") || isBlankLine() {
          skipLine()
          continue
        }
        let first = line
        guard let fields = record(faults) else { break }
        records.append(Record(line: first, fields: fields))
      }
      return records
    }

    private func isBlankLine() -> Bool {
      var at = position
      while at < bytes.count, bytes[at] != 10 {
        if bytes[at] != 32, bytes[at] != 13, bytes[at] != 9 { return false }
        at += 1
      }
      return true
    }

    private mutating func skipLine() {
      while position < bytes.count, bytes[position] != 10 { position += 1 }
      position += 1
      line += 1
    }

    /// One record, up to and with its line end; `nil` when the rest cannot be read.
    private mutating func record(_ faults: FaultCollector) -> [String]? {
      var fields: [String] = []
      while true {
        guard let field = field(faults) else { return nil }
        fields.append(field)
        guard position < bytes.count else { return fields }
        let end = bytes[position]
        position += 1
        if end == UInt8(ascii: ",") { continue }
        line += 1
        return fields
      }
    }

    /// One field; stops at its comma or line end.
    private mutating func field(_ faults: FaultCollector) -> String? {
      let start = position
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        return quotedField(faults)
      }
      while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != 10 {
        if bytes[position] == UInt8(ascii: "\"") {
          faults.record(
            SourcePlace(file: file, line: line), "has a quotation mark inside a plain field",
            "put the whole field in quotation marks and double those inside it")
          skipLine()
          return nil
        }
        position += 1
      }
      return String(decoding: bytes[start..<position], as: UTF8.self).trimmed
    }

    private mutating func quotedField(_ faults: FaultCollector) -> String? {
      let first = line
      var text: [UInt8] = []
      position += 1
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\"") {
          if position < bytes.count, bytes[position] == byte {
            text.append(byte)
            position += 1
            continue
          }
          while position < bytes.count, bytes[position] == 32 || bytes[position] == 13 {
            position += 1
          }
          if position < bytes.count, bytes[position] != 10, bytes[position] != UInt8(ascii: ",") {
            faults.record(
              SourcePlace(file: file, line: line), "has text after a closing quotation mark",
              "double the quotation marks inside a field")
            return nil
          }
          return String(decoding: text, as: UTF8.self)
        }
        if byte == 10 { line += 1 }
        text.append(byte)
      }
      faults.record(
        SourcePlace(file: file, line: first), "opens a quotation mark that never closes",
        "close it, or double a quotation mark that is part of the text")
      return nil
    }
  }

  /// The table of a file: unique columns, rows of the header's length, unique keys.
  static func table(
    of text: String, file: String, key: String?, asker: SourcePlace, _ faults: FaultCollector
  ) -> TableData? {
    let before = faults.count
    let records = records(of: text, file: file, faults)
    guard faults.count == before else { return nil }
    guard let header = records.first else {
      faults.record(SourcePlace(file: file), "is empty", "write a header line and rows")
      return nil
    }
    let headerPlace = SourcePlace(file: file, line: header.line)
    for (index, name) in header.fields.enumerated() {
      if name.isEmpty {
        faults.record(headerPlace, "has no name for column \(index + 1)", "name every column")
      } else if header.fields[..<index].contains(name) {
        faults.record(headerPlace, "has the column \(name) twice", "keep one of them")
      } else if name.contains(where: { ".[]=,".contains($0) || $0.isWhitespace }) {
        faults.record(
          headerPlace, "has the column name \(name.quotedBriefly)",
          "leave out spaces and the signs . , = [ ]")
      }
    }
    let keyName = key ?? header.fields[0]
    guard let keyColumn = header.fields.firstIndex(of: keyName) else {
      faults.record(
        asker.appending("key"), "\(keyName.quotedBriefly) is not a column of \(file)",
        remedy(for: keyName, among: header.fields, kind: "column"))
      return nil
    }
    guard faults.count == before else { return nil }
    var table = TableData(
      file: file, columns: header.fields, headerLine: header.line, rows: [], keyColumn: keyColumn,
      rowByKey: [:])
    for record in records.dropFirst() {
      let place = SourcePlace(file: file, line: record.line)
      guard record.fields.count == header.fields.count else {
        faults.record(
          place, "has \(record.fields.count) fields",
          "the header has \(header.fields.count): \(header.fields.joined(separator: ","))")
        continue
      }
      let name = record.fields[keyColumn]
      if name.isEmpty {
        faults.record(place, "has no \(keyName)", "every row needs its key")
      } else if name.contains(where: { "[]=".contains($0) }) {
        faults.record(
          place, "has the key \(name.quotedBriefly)", "leave out the signs = [ ]")
      } else if let earlier = table.rowByKey[name] {
        faults.record(
          place, "has the \(keyName) \(name) again",
          "the first is on line \(table.rows[earlier].line); keep one of them")
      } else {
        table.rowByKey[name] = table.rows.count
        table.rows.append(TableData.Row(line: record.line, cells: record.fields))
      }
    }
    if records.count == 1 {
      faults.record(headerPlace, "has a header and no rows", "write at least one row")
    }
    return table
  }
}
