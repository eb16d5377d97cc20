// SPDX-License-Identifier: GPL-3.0-or-later

/// A table as `--csv` writes it: its columns, what they mean, and its key.
struct CSVTable {
  struct Field {
    var name: String
    var type: String
    var description: String
  }

  var name: String
  var title: String
  var fields: [Field]
  var key: [String]

  /// The order of the rows.
  var order: String { key.joined(separator: ", ") }

  private static let point = Field(
    name: "point_id", type: "integer", description: "Design point, numbered from 1 in design order")
  private static let replication = Field(
    name: "replication", type: "integer", description: "Replication, numbered from 1")
  private static let scenario = Field(
    name: "scenario", type: "string", description: "Name of the scenario")
  private static let row = [
    Field(name: "measure", type: "string", description: "What is measured; see the table measure"),
    Field(
      name: "dimension", type: "string",
      description: "What the measure is broken down by; empty for the whole"),
    Field(name: "member", type: "string", description: "Member of the dimension"),
  ]
  private static let count = Field(
    name: "n", type: "integer", description: "Replications behind the estimate")
  private static let interval = [
    Field(
      name: "ci_low", type: "number",
      description: "Lower end of the 95 % confidence interval; empty under two replications"),
    Field(name: "ci_high", type: "number", description: "Upper end of the interval"),
  ]
  private static let rowKey = ["point_id", "measure", "dimension", "member"]

  static let all = [
    CSVTable(
      name: "provenance", title: "Where the results come from",
      fields: [
        Field(name: "key", type: "string", description: "What is stated"),
        Field(name: "value", type: "string", description: "The statement"),
      ], key: ["key"]),
    CSVTable(
      name: "point", title: "Design points",
      fields: [
        point, scenario,
        Field(name: "settings", type: "string", description: "JSON of every overridden path"),
      ], key: ["point_id"]),
    CSVTable(
      name: "replication", title: "Replications",
      fields: [
        point, replication,
        Field(name: "events", type: "integer", description: "Events handled"),
        Field(
          name: "checksum", type: "string", description: "Digest of the final state, 16 hex digits"),
      ], key: ["point_id", "replication"]),
    CSVTable(
      name: "observation", title: "One value of one replication a row",
      fields: [point, replication] + row + [
        Field(
          name: "value", type: "number",
          description: "In the unit of the measure; empty where it is undefined")
      ], key: ["point_id", "replication", "measure", "dimension", "member"]),
    CSVTable(
      name: "summary", title: "Means over replications",
      fields: [point, scenario] + row + [
        count,
        Field(name: "mean", type: "number", description: "Mean over replications"),
        Field(name: "sd", type: "number", description: "Standard deviation over replications"),
      ] + interval, key: rowKey),
    CSVTable(
      name: "contrast", title: "Differences from the baseline, paired by replication",
      fields: [
        point, scenario,
        Field(name: "baseline", type: "string", description: "Name of the baseline scenario"),
      ] + row + [
        count,
        Field(
          name: "mean_difference", type: "number",
          description: "Mean over replications of scenario less baseline"),
      ] + interval, key: rowKey),
  ]

  /// Of files that hold batches.
  static let batchCorrelation = CSVTable(
    name: "batch_correlation", title: "How far each batch mean tells the next",
    fields: [point, scenario] + row + [
      Field(name: "n", type: "integer", description: "Batches with a value"),
      Field(
        name: "lag_1", type: "number",
        description: "Lag-1 autocorrelation of the batch means, after von Neumann"),
    ], key: rowKey)

  static func tables(of header: ResultsHeader) -> [CSVTable] {
    header.isBatched ? all + [batchCorrelation] : all
  }

  static let measures = CSVTable(
    name: "measure", title: "What the measures mean",
    fields: [
      Field(name: "measure", type: "string", description: "Name of the measure"),
      Field(name: "unit", type: "string", description: "Unit of its values"),
      Field(name: "formula", type: "string", description: "How a value comes about"),
      Field(name: "window", type: "string", description: "Simulated time that it covers"),
    ], key: ["measure"])
}

/// The Frictionless description of the CSV tables.
enum DataPackage {
  static func description(of results: ResultsFile, tables: [CSVTable]) -> JSONValue {
    let provenance = results.header.provenance
    return .object([
      ("profile", .text("tabular-data-package")),
      ("name", .text(identifier(provenance["experiment"] ?? "results"))),
      ("title", .text("Results of \(provenance["experiment"] ?? "an experiment")")),
      (
        "description",
        .text("Written by yilian \(provenance["version"] ?? ""): \(provenance["command"] ?? "")")
      ),
      ("resources", .list(tables.map(resource))),
    ])
  }

  private static func resource(_ table: CSVTable) -> JSONValue {
    .object([
      ("profile", .text("tabular-data-resource")),
      ("name", .text(table.name)),
      ("title", .text(table.title)),
      ("path", .text(table.name + ".csv")),
      ("format", .text("csv")),
      ("mediatype", .text("text/csv")),
      ("encoding", .text("utf-8")),
      (
        "schema",
        .object([
          ("fields", .list(table.fields.map(field))),
          ("missingValues", .list([.text("")])),
          ("primaryKey", .list(table.key.map { .text($0) })),
          ("foreignKeys", .list(foreignKeys(table))),
        ])
      ),
    ])
  }

  private static func field(_ field: CSVTable.Field) -> JSONValue {
    .object([
      ("name", .text(field.name)), ("type", .text(field.type)),
      ("description", .text(field.description)),
    ])
  }

  private static func foreignKeys(_ table: CSVTable) -> [JSONValue] {
    guard table.name != "point", table.fields.contains(where: { $0.name == "point_id" }) else {
      return []
    }
    return [
      .object([
        ("fields", .text("point_id")),
        (
          "reference", .object([("resource", .text("point")), ("fields", .text("point_id"))])
        ),
      ])
    ]
  }

  /// Lower-case letters, digits, dots, dashes and underlines, as package names must be.
  private static func identifier(_ name: String) -> String {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    let letters = name.lowercased().map { allowed.contains($0) ? $0 : "-" }
    return letters.isEmpty ? "results" : String(letters)
  }
}
