// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import GRDB
import OutputAnalysis

/// The tables of a results file as tidy CSV, with a Frictionless data package that describes them.
///
/// UTF-8, a header, commas, a decimal point, one observation a row; what is undefined is empty.
public struct CSVExport {
  /// Makes the folder, so that what hinders it is known before a long run.
  public static func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw RunnerFault.fileInTheWay(of: folder)
        ?? .machine("\(folder): the folder for the CSV cannot be made")
    }
  }

  /// Writes into a folder, which is made if it is not there; files of an earlier export are replaced.
  ///
  /// - Parameter measures: What the measures mean; they become the table `measure`.
  /// - Throws: ``RunnerFault`` when the folder cannot be written.
  public static func write(
    _ results: ResultsFile, measures: [MeasureDefinition], to folder: String
  ) throws {
    try makeFolder(folder)
    let tables = CSVTable.tables(of: results.header)
    for table in tables {
      let file = try CSVFile(folder + "/" + table.name + ".csv")
      try file.write(row: table.fields.map { .text($0.name) })
      try faults(at: results.path) {
        try results.database.read { db in
          let columns = table.fields.map(\.name).joined(separator: ", ")
          let rows = try Row.fetchCursor(
            db, sql: "SELECT \(columns) FROM \(table.name) ORDER BY \(table.order)")
          while let row = try rows.next() {
            try file.write(row: table.fields.indices.map { CSVFile.Cell(row[$0]) })
          }
        }
      }
      try file.close()
    }
    let file = try CSVFile(folder + "/measure.csv")
    try file.write(row: CSVTable.measures.fields.map { .text($0.name) })
    let requested = results.header.measureRequests.map(\.measure)
    for measure in measures {
      let statistics = requested.filter { measure.statistic(named: $0) != nil }
      for name in measure.observedNames + Set(statistics).sorted() {
        try file.write(
          row: [name, measure.unit(of: name), measure.formula, measure.window].map { .text($0) })
      }
    }
    try file.close()
    let package = DataPackage.description(of: results, tables: tables + [CSVTable.measures])
    let text = try CSVFile(folder + "/datapackage.json")
    try text.write(package.indented + "\n")
    try text.close()
  }
}

/// A file that is written through a buffer.
final class CSVFile {
  enum Cell {
    case empty
    case text(String)
    case integer(Int64)
    case number(Double)

    init(_ value: DatabaseValue) {
      switch value.storage {
      case .null: self = .empty
      case .int64(let integer): self = .integer(integer)
      case .double(let number): self = .number(number)
      case .string(let text): self = .text(text)
      case .blob: preconditionFailure("a results file has no binary columns")
      }
    }
  }

  private let path: String
  private let handle: FileHandle
  private var buffer = ""

  init(_ path: String) throws {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw RunnerFault.unwritable(path, errno)
    }
    self.handle = handle
  }

  /// - Parameter name: What messages call it.
  init(standardOutput name: String) {
    path = name
    handle = .standardOutput
  }

  func write(row: [Cell]) throws {
    var line = ""
    for (index, cell) in row.enumerated() {
      if index > 0 { line += "," }
      switch cell {
      case .empty: break
      case .integer(let integer): line += "\(integer)"
      case .number(let number): line += Self.text(number)
      case .text(let text): line += Self.quoted(text)
      }
    }
    try write(line + "\n")
  }

  func write(_ text: String) throws {
    buffer += text
    if buffer.utf8.count > 1 << 16 { try flush() }
  }

  func close() throws {
    try flush()
    try? handle.close()
  }

  private func flush() throws {
    do { try handle.write(contentsOf: Data(buffer.utf8)) } catch {
      throw RunnerFault.machine("\(path): cannot be written; is the disk full?")
    }
    buffer = ""
  }

  /// As many digits as bring the same bits back; infinities as Frictionless writes them.
  private static func text(_ number: Double) -> String {
    number.isInfinite ? (number > 0 ? "INF" : "-INF") : "\(number)"
  }

  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
