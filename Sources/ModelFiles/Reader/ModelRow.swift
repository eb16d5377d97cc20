// SPDX-License-Identifier: GPL-3.0-or-later

/// One row of a ``ModelTable``.
public struct ModelRow {
  let table: ModelTable
  /// Its position in the file, from 0.
  public let index: Int

  /// The text of the key column.
  public var key: String { table.data.key(index) }

  /// Where a cell stands.
  public func placeOf(_ column: String) -> SourcePlace {
    let row = table.data.rows[index]
    if let number = table.data.column(column),
      let place = row.overrides[number] ?? row.amendments[number]?.place
    {
      return place
    }
    let path = table.place.appending("[\(key)]").appending(column).path
    return SourcePlace(file: table.data.file, line: table.data.rows[index].line, path: path)
  }

  public func fault(_ column: String, _ problem: String, _ remedy: String = "") {
    faults.record(placeOf(column), problem, remedy)
  }

  /// Whether the column exists and the cell is not empty.
  public func has(_ column: String) -> Bool { cell(column, isRequired: false) != nil }

  public func text(_ column: String, oneOf words: [String]? = nil) -> String {
    guard let cell = cell(column, isRequired: true) else { return words?.first ?? "" }
    return checked(cell.text, column, words) ?? words?.first ?? ""
  }

  public func textIfPresent(_ column: String, oneOf words: [String]? = nil) -> String? {
    cell(column, isRequired: false).flatMap { checked($0.text, column, words) }
  }

  /// A number; a cell may write its own unit when the builder names one.
  public func number(
    _ column: String, _ unit: ModelUnit = .plain,
    in range: ClosedRange<Double> = ModelSection.anyNumber
  ) -> Double {
    let placeholder = range.contains(1) ? 1 : range.lowerBound
    guard let cell = cell(column, isRequired: true) else { return placeholder }
    return number(cell, column, unit, range) ?? placeholder
  }

  /// A number whose cell may be empty.
  public func numberIfPresent(
    _ column: String, _ unit: ModelUnit = .plain,
    in range: ClosedRange<Double> = ModelSection.anyNumber
  ) -> Double? {
    cell(column, isRequired: false).flatMap { number($0, column, unit, range) }
  }

  public func integer(_ column: String, in range: ClosedRange<Int> = 0...Int(Int32.max)) -> Int {
    guard let cell = cell(column, isRequired: true) else { return range.lowerBound }
    return integer(cell, column, range) ?? range.lowerBound
  }

  public func integerIfPresent(
    _ column: String, in range: ClosedRange<Int> = 0...Int(Int32.max)
  ) -> Int? {
    cell(column, isRequired: false).flatMap { integer($0, column, range) }
  }

  /// `yes` or `no`.
  public func flag(_ column: String) -> Bool {
    guard let cell = cell(column, isRequired: true) else { return false }
    if let flag = flagValue(cell.text) { return flag }
    faults.record(placeOf(column), "is \(cell.text.quotedBriefly)", "write yes or no")
    return false
  }

  public func date(_ column: String) -> CalendarDate {
    guard let cell = cell(column, isRequired: true) else { return CalendarDate(dayNumber: 0) }
    if let date = CalendarDate(cell.text) { return date }
    faults.record(
      placeOf(column), "is \(cell.text.quotedBriefly), no day of the calendar",
      "write year-month-day: 2020-07-23")
    return CalendarDate(dayNumber: 0)
  }

  // MARK: - How it does it

  private struct Cell {
    var text: String
    var column: Int
  }

  private var faults: FaultCollector { table.state.reading.faults }

  private func cell(_ name: String, isRequired: Bool) -> Cell? {
    guard let column = table.column(name, isRequired: isRequired) else { return nil }
    let text = table.data.rows[index].cells[column]
    if text.isEmpty {
      if isRequired { faults.record(placeOf(name), "is empty", "every row needs it") }
      return nil
    }
    return Cell(text: text, column: column)
  }

  private func checked(_ text: String, _ column: String, _ words: [String]?) -> String? {
    guard let words, !words.contains(text) else { return text }
    faults.record(
      placeOf(column), "\(text.quotedBriefly) is not known here",
      remedy(for: text, among: words, kind: "word"))
    return nil
  }

  private func integer(_ cell: Cell, _ column: String, _ range: ClosedRange<Int>) -> Int? {
    let bounds = Double(range.lowerBound)...Double(range.upperBound)
    guard var value = number(cell, column, .plain, bounds) else { return nil }
    if table.data.rows[index].placed.contains(cell.column) { value.round() }
    if value == value.rounded() { return Int(value) }
    faults.record(placeOf(column), "is \(cell.text)", "write a whole number")
    return nil
  }

  private func number(
    _ cell: Cell, _ column: String, _ unit: ModelUnit, _ range: ClosedRange<Double>
  ) -> Double? {
    let row = table.data.rows[index]
    let isPlaced = row.placed.contains(cell.column)
    let reading = NumberReading(
      unit: unit, allowed: isPlaced ? NumberReading.beyond(range) : range, faults: faults)
    // The unit is in the column's name: a bare number there is in the unit asked for.
    let text =
      Quantity(cell.text).map { $0.unitText.isEmpty && !unit.name.isEmpty } == true
      ? "\(cell.text) \(unit.name)" : cell.text
    let place = placeOf(column)
    guard var value = reading.value(of: text, place) else { return nil }
    if isPlaced { value = min(max(value, range.lowerBound), range.upperBound) }
    guard table.state.needsProvenance else { return value }
    let scope = table.scope(row: index, column: cell.column)
    if scope.isBroken { return value }
    let provenance = scope.provenance(
      value: value, range: row.amendments[cell.column]?.range,
      isOverridden: row.overrides[cell.column] != nil)
    reading.checkProvenance(provenance, value, place)
    return value
  }
}
