// SPDX-License-Identifier: GPL-3.0-or-later

/// A design from a CSV file: a header of factor names, and a row a point.
struct ImportedDesign {
  /// As seen from the experiment file.
  let name: String
  let text: String
  let header: CSVReading.Record
  let records: [CSVReading.Record]
  /// As messages name it.
  let shown: String

  /// Reads a file beside the experiment or below; `nil` after a fault.
  init?(_ name: String, folder: String, _ section: ModelSection, _ faults: FaultCollector) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.hasPrefix("/"), !parts.contains(".."), !parts.contains("") else {
      section.fault(
        "file", "names \(name.quotedBriefly)", "an imported design lies beside the experiment")
      return nil
    }
    shown = folder.isEmpty ? name : "\(folder)/\(name)"
    let asker = section.placeOf("file")
    guard let text = FileText.read(shown, shown: shown, asker: asker, faults) else { return nil }
    let before = faults.count
    let all = CSVReading.records(of: text, file: shown, faults)
    guard faults.count == before else { return nil }
    guard let first = all.first, all.count > 1 else {
      faults.record(SourcePlace(file: shown), "has no rows", "write a header and a row a point")
      return nil
    }
    self.name = name
    self.text = text
    header = first
    records = Array(all.dropFirst())
  }

  /// The column of each factor; `nil` after a fault.
  func columns(of factors: [Factor], _ faults: FaultCollector) -> [Int]? {
    let place = SourcePlace(file: shown, line: header.line)
    let before = faults.count
    let names = factors.map(\.name)
    for (index, column) in header.fields.enumerated() {
      if header.fields[..<index].contains(column) {
        faults.record(place, "has the column \(column) twice", "keep one of them")
      } else if !names.contains(column) {
        faults.record(
          place, "has the column \(column.quotedBriefly), which is no factor",
          remedy(for: column, among: names, kind: "factor"))
      }
    }
    let columns = names.map { name -> Int? in
      let column = header.fields.firstIndex(of: name)
      if column == nil {
        faults.record(place, "has no column \(name)", "each factor needs one")
      }
      return column
    }
    return faults.count == before ? columns.compactMap(\.self) : nil
  }

  /// The value of a factor in a cell; a number without a unit has the factor's.
  func level(
    _ cell: String, of factor: Factor, line: Int, _ faults: FaultCollector
  ) -> Factor.Level? {
    let place = SourcePlace(file: shown, line: line, path: factor.name)
    if case .levels(let levels) = factor.values {
      if let level = levels.first(where: { $0.name == cell }) { return level }
      if let quantity = Quantity(cell), quantity.unitText.isEmpty, !factor.unit.isEmpty,
        let level = levels.first(where: { Quantity($0.name)?.value == quantity.value })
      {
        return level
      }
      faults.record(
        place, "is \(cell.quotedBriefly)",
        remedy(for: cell, among: levels.map(\.name), kind: "level"))
      return nil
    }
    guard !cell.isEmpty else {
      faults.record(place, "has no value", "every point needs a value of every factor")
      return nil
    }
    let isBare = !factor.unit.isEmpty && Quantity(cell)?.unitText == ""
    let level = factor.level(text: isBare ? "\(cell) \(factor.unit)" : cell)
    if factor.leavesOut(level) {
      let ends = factor.ends.map(\.name).joined(separator: " .. ")
      faults.record(
        place, "is \(level.name), and the factor's range is \(ends)",
        "widen the range, or leave it out of the factor")
    }
    return level
  }
}
