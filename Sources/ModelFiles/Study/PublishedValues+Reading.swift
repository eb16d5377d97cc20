// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import OutputAnalysis

extension PublishedValues {
  /// Whether the folder of a model holds published values.
  public static func isPresent(in folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + file)
  }

  /// Reads the published values beside a model and records what is wrong with them.
  ///
  /// - Parameters:
  ///   - document: The model's files.
  ///   - network: The model, compiled as its files have it.
  /// - Returns: `nil` when the file cannot be read at all.
  public init?(
    beside document: ModelDocument, _ network: NetworkReader.Network, _ faults: FaultCollector
  ) {
    let folder = document.folder.hasSuffix("/") ? document.folder : document.folder + "/"
    let path = folder == "./" || folder == "/" ? Self.file : folder + Self.file
    let place = SourcePlace(file: path)
    guard let text = FileText.read(path, shown: path, faults),
      let data = CSVReading.table(of: text, file: path, key: nil, asker: place, faults)
    else { return nil }
    let node = ModelNode(.table([], data), file: path, line: data.headerLine)
    ProvenanceCheck(sources: document.sources, hasSources: document.hasSources, faults: faults)
      .check(node, place)
    let table = ModelTable(
      data: data, place: place, node: node, scope: ProvenanceScope(),
      state: TableState(SectionReading(document, faults), needsProvenance: false))
    let reader = PublishedReader(document: document, network: network, faults: faults)
    rows = table.rows.map(reader.value)
    // These columns are known to every table, but a row here must have them.
    for column in ["source", "evidence"] { _ = table.column(column, isRequired: true) }
    table.finish()
    citations = Dictionary(
      rows.flatMap(\.sources).map { ($0.key, document.citation($0.key)) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// Reads one row after the other.
private struct PublishedReader {
  let document: ModelDocument
  let network: NetworkReader.Network
  let faults: FaultCollector
  let catalogue = NetworkMeasures.catalogue

  func value(_ row: ModelRow) -> PublishedValue {
    let measure = row.text("measure")
    let dimension = row.textIfPresent("dimension") ?? ""
    let member = row.textIfPresent("member") ?? ""
    check(row, measure, dimension, member)
    let number = row.number("published")
    let rounding = row.numberIfPresent("rounding", in: 0...ModelSection.anyNumber.upperBound) ?? 0
    let tolerance = row.number("tolerance", in: ModelSection.positive)
    let evidence = row.text("evidence", oneOf: Self.evidence)
    if evidence == Evidence.derived.rawValue, rounding > 0 {
      row.fault(
        "rounding", "is not 0, and the value is computed",
        "give the value more digits and leave the rounding empty, or say evidence published")
    }
    return PublishedValue(
      name: row.key, measure: measure, dimension: dimension, member: member,
      divisor: divisor(row), settings: settings(row),
      value: number, rounding: rounding, tolerance: tolerance,
      evidence: Evidence(rawValue: evidence) ?? .derived,
      sources: ProvenanceScope.citations(row.text("source")),
      note: row.textIfPresent("note") ?? "")
  }

  /// A measured or an assumed number is no answer of the model's source.
  static let evidence = [Evidence.published, .derived].map(\.rawValue)

  /// `MEASURE`, or `MEASURE by DIMENSION MEMBER`.
  private func divisor(_ row: ModelRow) -> PublishedValue.Divisor? {
    guard let text = row.textIfPresent("per") else { return nil }
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 1 || (words.count == 4 && words[1] == "by") else {
      row.fault(
        "per", "\(text.quotedBriefly) is not a measure",
        "write arrivals, or occupancy by resource ward-bed")
      return nil
    }
    let divisor =
      words.count == 1
      ? PublishedValue.Divisor(measure: words[0])
      : PublishedValue.Divisor(measure: words[0], dimension: words[2], member: words[3])
    check(
      row, divisor.measure, divisor.dimension, divisor.member, columns: ("per", "per", "per"))
    return divisor
  }

  private func check(
    _ row: ModelRow, _ measure: String, _ dimension: String, _ member: String,
    columns: (measure: String, dimension: String, member: String) = (
      "measure", "dimension", "member"
    )
  ) {
    guard let definition = catalogue.first(where: { $0.observes(measure) }) else {
      if !measure.isEmpty {
        row.fault(
          columns.measure, "\(measure.quotedBriefly) is not a measure of a network",
          remedy(for: measure, among: catalogue.flatMap(\.observedNames), kind: "measure"))
      }
      return
    }
    if dimension.isEmpty != member.isEmpty {
      row.fault(
        dimension.isEmpty ? columns.dimension : columns.member, "is empty",
        "name a dimension and a member of it, or neither")
    } else if !definition.dimensions.contains(dimension) {
      let known = definition.dimensions.filter { !$0.isEmpty }
      row.fault(
        columns.dimension,
        dimension.isEmpty
          ? "\(measure) is not observed of the whole"
          : "\(measure) is not observed by \(dimension)",
        remedy(for: dimension, among: known, kind: "dimension"))
    } else {
      checkMember(row, dimension, member, column: columns.member)
    }
  }

  private func checkMember(
    _ row: ModelRow, _ dimension: String, _ member: String, column: String
  ) {
    let parts = dimension.split(separator: "+")
    let names = member.split(separator: "+")
    guard parts.count == names.count else {
      row.fault(
        column, "\(member.quotedBriefly) is no member of \(dimension)",
        "write one name for each: urgent+doctor")
      return
    }
    for (part, name) in zip(parts, names) {
      let known =
        switch part {
        case "class": network.model.program.classes
        case "resource": network.model.program.resources.map(\.name)
        default: [String(name)]  // told by the run alone
        }
      if !known.contains(String(name)) {
        row.fault(
          column, "\(String(name).quotedBriefly) is not a \(part) of the model",
          remedy(for: String(name), among: known, kind: String(part)))
      }
    }
  }

  /// `path=value`, several parted by semicolons.
  private func settings(_ row: ModelRow) -> [ExperimentPlan.Setting] {
    guard let text = row.textIfPresent("set") else { return [] }
    var model = document
    var result: [ExperimentPlan.Setting] = []
    for part in text.split(separator: ";") {
      guard let setting = ExperimentPlan.Setting(String(part)) else {
        row.fault(
          "set", "\(String(part).quotedBriefly) sets nothing", "write path=value; path=value")
        continue
      }
      guard !["run.replications", "run.batches", "run.seed"].contains(setting.path) else {
        row.fault("set", "sets \(setting.path)", "it is the same for all rows: see model.yaml")
        continue
      }
      let place = row.placeOf("set")
      let inner = FaultCollector()
      if model.set(setting.path, to: setting.value, at: place, inner) {
        result.append(setting)
      } else {
        for fault in inner.sorted {
          row.fault("set", "\(setting.path) \(fault.problem)", fault.remedy)
        }
      }
    }
    return result
  }
}
