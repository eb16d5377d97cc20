// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

// Which rows the tables of a report have, and how they are called.

extension ResultsReport {
  /// What a row tells of.
  struct RowName: Hashable {
    var measure: String
    var dimension: String
    var member: String

    init(_ measure: String, _ dimension: String, _ member: String) {
      self.measure = measure
      self.dimension = dimension
      self.member = member
    }
  }

  /// A table of the report's measures, in their groups.
  ///
  /// - Parameter cells: Of a row; `nil` where nothing was observed.
  func table(
    _ language: Language, columns: [(String, Int)], isDifference: Bool,
    cells: (RowName) -> [String]?
  ) -> TextTable {
    var table = TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: columns.map { (title: $0.0, group: $0.1) })
    let blank = columns.map { _ in "" }
    let rows = layout.dimensions.reduce(0) { rows, entry in
      entry.value.reduce(rows) { $0 + shownMembers(entry.key, $1).count }
    }
    let folds = rows > Self.mostRows
    for group in layout.groups {
      if let title = group.title { table.rows.append(.heading(title.text(language))) }
      for measure in group.measures {
        let depth = group.title == nil ? 0 : 1
        let isWhole = layout.dimensions[measure]?.contains("") == true
        let whole = isWhole ? cells(RowName(measure, "", "")) : nil
        table.rows.append(
          .cells(label: label(measure, isDifference, language), depth: depth, whole ?? blank))
        let parts = (layout.dimensions[measure] ?? []).filter { !$0.isEmpty }.map {
          (dimension: $0, members: shownMembers(measure, $0))
        }.filter { !$0.members.isEmpty }
        for part in parts {
          let title = MeasureNames.dimensions[part.dimension]?.text(language) ?? part.dimension
          if folds, part.members.count > Self.mostMembers {
            let folded = ReportPhrase.folded(part.members.count).text(language)
            table.rows.append(.cells(label: title + folded, depth: depth + 1, blank))
            continue
          }
          if parts.count > 1 {
            table.rows.append(.cells(label: title, depth: depth + 1, blank))
          }
          for member in part.members {
            table.rows.append(
              .cells(
                label: MeasureNames.member(member, of: part.dimension, language),
                depth: depth + (parts.count > 1 ? 2 : 1),
                cells(RowName(measure, part.dimension, member)) ?? columns.map { _ in "-" }))
          }
        }
      }
    }
    return table
  }

  /// Of a table with more rows, a dimension with more members shows how many there are.
  private static let mostRows = 100
  private static let mostMembers = 12

  /// What was not asked for by name is shown where it says something: a count of nothing in every
  /// scenario does not.
  private func shownMembers(_ measure: String, _ dimension: String) -> [String] {
    let name = MeasureRequest(measure: measure, dimension: dimension)
    let isAskedFor = !header.measureRequests.isEmpty
    let all = members[name] ?? []
    // One class or resource alone says what the whole says.
    guard isAskedFor || all.count > 1 else { return [] }
    // Of pairs of places most are empty though they were asked for: nobody goes that way.
    let showsAll = isAskedFor && !dimension.hasPrefix("from+")
    return ReportLayout.ordered(showsAll ? all : tellingMembers[name] ?? [], of: dimension)
  }

  func label(_ measure: String, _ isDifference: Bool, _ language: Language) -> String {
    let unit = units[measure] ?? ""
    let name = MeasureNames.label(measure, unit: unit, language)
    if unit == "share", isDifference {
      return "\(name) (\(ReportPhrase.percentPoints.text(language)))"
    }
    // What is counted is in the name, and so is "per head".
    if MeasureNames.isCount(unit) { return name }
    let shown = MeasureNames.unit(unit.replacing(" per head", with: ""), language)
    return shown.isEmpty ? name : "\(name) (\(shown))"
  }

  /// Shares are shown in per cent.
  func scale(_ measure: String) -> Double { units[measure] == "share" ? 100 : 1 }
}
