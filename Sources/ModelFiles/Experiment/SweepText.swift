// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// What the command line varies: one path, or several that take the same value.
public struct VariedPath: Hashable, Sendable {
  public enum Values: Hashable, Sendable {
    /// `step` is a number, `log`, `integer`, or nothing.
    case range(low: String, high: String, step: String?)
    case levels([String])
  }

  public var paths: [String]
  public var values: Values

  /// Reads `path=lo:hi`, `path=lo:hi:step`, `path=lo:hi:log`, `path=lo:hi:integer` or
  /// `path=v1|v2|…`; paths that take the same value are joined by commas.
  ///
  /// - Throws: What is wrong, without a place.
  public init(_ text: String) throws(ModelFault) {
    func fault(_ problem: String, _ remedy: String) -> ModelFault {
      ModelFault(SourcePlace(file: "--vary"), problem, remedy)
    }
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw fault("\(text) has no path", "write path=lo:hi:step or path=v1|v2")
    }
    paths = Self.paths(text[..<equals])
    if let wrong = paths.first(where: { ModelPath($0) == nil }) {
      throw fault(
        "\(wrong) is not a path", "join keys by dots; a table's cell is table[row].column")
    }
    let values = text[text.index(after: equals)...].trimmed
    if values.contains("|") {
      let levels = values.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
      if levels.contains("") { throw fault("\(text) has an empty value", "write v1|v2") }
      self.values = .levels(levels)
      return
    }
    let parts = values.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmed)
    guard (2...3).contains(parts.count), !parts.contains("") else {
      throw fault("\(text) names one value", "write \(paths[0])=lo:hi:step or \(paths[0])=v1|v2")
    }
    if let word = parts.last?.split(separator: " ").first, parts.count > 2, parts[2] != word,
      word == "log" || word == "integer"
    {
      let unit = parts[2].dropFirst(word.count).trimmed
      throw fault(
        "\(text) has a unit after \(word)",
        "write \(paths[0])=\(parts[0]):\(parts[1]) \(unit):\(word)")
    }
    self.values = .range(low: parts[0], high: parts[1], step: parts.count > 2 ? parts[2] : nil)
  }

  /// Splits at commas that stand outside of brackets.
  private static func paths(_ text: Substring) -> [String] {
    var paths = [""]
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ",", depth == 0 {
        paths.append("")
      } else {
        paths[paths.count - 1].append(character)
      }
    }
    return paths.map(\.trimmed)
  }

  /// The lines of the factor in an experiment.
  fileprivate func lines(name: String) -> [String] {
    var lines = ["  - name: \(SweepText.scalar(name))"]
    lines +=
      paths.count == 1
      ? ["    path: \(SweepText.scalar(paths[0]))"]
      : ["    paths:"] + paths.map { "      - \(SweepText.scalar($0))" }
    switch values {
    case .levels(let levels):
      lines += ["    levels:"] + levels.map { "      - \(SweepText.scalar($0))" }
    case .range(let low, let high, let step):
      // The unit of the step, which stands last, is that of the ends.
      let unit = step.flatMap { Quantity($0)?.unitText } ?? ""
      let isBare = Quantity(high)?.unitText == "" && CalendarDate(high) == nil
      lines.append("    range: \(low) .. \(high)\(isBare && !unit.isEmpty ? " \(unit)" : "")")
      switch step {
      case nil: break
      case "log"?: lines.append("    scale: log")
      case "integer"?: lines.append("    integer: yes")
      case let step?: lines.append("    step: \(SweepText.scalar(step))")
      }
    }
    return lines
  }
}

/// The experiment that a sweep of the command line is.
public struct SweepText: Sendable {
  /// A model's folder, or an experiment file.
  public var path: String
  public var varied: [VariedPath]
  public var method = DesignSettings.Method.grid
  public var points: Int?
  public var trajectories: Int?
  public var levels: Int?
  public var seed: UInt64?
  public var generators: [String] = []
  public var constraints: [String] = []
  public var hasBasePoint = true
  /// What the command line sets besides, of ``printed()`` alone; the last of a path holds.
  public var settings: [ExperimentPlan.Setting] = []

  public init(path: String, varied: [VariedPath]) {
    self.path = path
    self.varied = varied
  }

  /// The text, and the path at which it would stand as a file: beside the experiment, or in the current
  /// folder.
  ///
  /// - Throws: What keeps the experiment from being read.
  public func experiment() throws(ModelFaults) -> (path: String, text: String) {
    if isFolder {
      let folder = URL(fileURLWithPath: path).standardizedFileURL
      let name = folder.lastPathComponent + "-sweep"
      let model = path == "." || path == "./" ? folder.path : path
      let head = "model: \(Self.scalar(model))\nname: \(Self.scalar(name))\n"
      return (name + ".yaml", head + section)
    }
    let faults = FaultCollector()
    let read = FileText.read(path, shown: path, faults)
    try faults.throwIfAny()
    guard let text = read else { preconditionFailure("a file that failed has recorded a fault") }
    for line in text.split(separator: "\n") where line.hasPrefix("factors:") {
      faults.record(
        SourcePlace(file: path, path: "factors"), "are there already",
        "run it with yilian run, or add to them")
    }
    try faults.throwIfAny()
    let stem = (path as NSString).deletingPathExtension
    return (stem + "-sweep.yaml", (text.hasSuffix("\n") ? text : text + "\n") + section)
  }

  /// The text as a file in the current folder, with ``settings`` in it: run from there, it is the sweep.
  ///
  /// - Throws: What keeps the experiment from being read; settings that it cannot hold.
  public func printed() throws(ModelFaults) -> (path: String, text: String) {
    var (path, text) = try experiment()
    let faults = FaultCollector()
    if !isFolder, let setting = settings.first {
      faults.record(
        SourcePlace(file: "--print", path: setting.path),
        "is set, and the experiment is printed as it is written",
        "write it into \(self.path), or leave it to yilian run")
    }
    for setting in settings {
      guard let parsed = ModelPath(setting.path) else { continue }
      let paths = varied.flatMap(\.paths).compactMap { ModelPath($0) }
      guard paths.contains(where: { $0.isInside(parsed) || parsed.isInside($0) }) else { continue }
      faults.record(
        SourcePlace(file: "--print", path: setting.path), "is set and varied",
        "write its value into the model, or leave it to yilian run")
    }
    try faults.throwIfAny()
    if isFolder {
      text += settingLines.map { $0 + "\n" }.joined()
    } else {
      text = Self.moved(text, from: (path as NSString).deletingLastPathComponent)
      path = (path as NSString).lastPathComponent
    }
    return (path, text)
  }

  /// Whether a model's folder is swept, not an experiment.
  private var isFolder: Bool {
    var answer: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &answer) && answer.boolValue
  }

  /// The sections `run` and `scenarios`, for what the command line sets.
  private var settingLines: [String] {
    var values: [(path: String, value: String)] = []
    for setting in settings {
      values.removeAll { $0.path == setting.path }
      values.append((setting.path, setting.value))
    }
    let run = values.filter { $0.path.hasPrefix("run.") }
    let others = values.filter { !$0.path.hasPrefix("run.") }
    var lines: [String] = []
    if !run.isEmpty {
      lines += ["run:"] + run.map { "  \($0.path.dropFirst(4)): \(Self.scalar($0.value))" }
    }
    if !others.isEmpty {
      lines += ["scenarios:", "  - name: base", "    set:"]
      lines += others.map { "      \(Self.scalar($0.path)): \(Self.scalar($0.value))" }
    }
    return lines
  }

  /// An experiment's text as it reads from the current folder.
  private static func moved(_ text: String, from folder: String) -> String {
    guard !folder.isEmpty, let root = YAMLReading.node(of: text, file: "", FaultCollector()),
      let model = root["model"]?.text, !model.hasPrefix("/")
    else { return text }
    var lines = text.components(separatedBy: "\n")
    if let place = lines.firstIndex(where: { $0.hasPrefix("model:") }) {
      lines[place] = "model: \(scalar(ExperimentLoader.joined(folder, model)))"
    }
    return lines.joined(separator: "\n")
  }

  /// The sections `factors` and `design`.
  private var section: String {
    var lines = ["factors:"]
    for (name, factor) in zip(names, varied) { lines += factor.lines(name: name) }
    lines += ["design:", "  method: \(method.rawValue)"]
    let numbers = [("points", points), ("trajectories", trajectories), ("levels", levels)]
    for case (let key, let value?) in numbers { lines.append("  \(key): \(value)") }
    if let seed { lines.append("  seed: \(seed)") }
    for (key, texts) in [("generators", generators), ("constraints", constraints)]
    where !texts.isEmpty {
      lines += ["  \(key):"] + texts.map { "    - \(Self.scalar($0))" }
    }
    if !hasBasePoint { lines.append("  base-point: no") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// For each factor the last keys of its first path: as few as tell it from the others.
  private var names: [String] {
    let keys = varied.map { factor in
      (ModelPath(factor.paths[0])?.parts ?? []).map { part in
        switch part {
        case .key(let name), .bracket(let name): name
        }
      }
    }
    return keys.map { own in
      for count in 1...max(1, own.count) {
        let name = own.suffix(count).joined(separator: "-")
        let twins = keys.count { $0.suffix(count).joined(separator: "-") == name }
        if twins == 1, !FactorReader.reserved.contains(name) { return name }
      }
      return own.joined(separator: "-")
    }
  }

  /// The text of an experiment that has factors, with a grid over them where it has no design.
  ///
  /// - Throws: What keeps it from being read.
  public static func withGrid(_ path: String) throws(ModelFaults) -> String {
    let faults = FaultCollector()
    let read = FileText.read(path, shown: path, faults)
    try faults.throwIfAny()
    guard let text = read else { preconditionFailure("a file that failed has recorded a fault") }
    if text.split(separator: "\n").contains(where: { $0.hasPrefix("design:") }) { return text }
    return (text.hasSuffix("\n") ? text : text + "\n") + "design: {method: grid}\n"
  }

  /// A text as a YAML value: plain where that is safe.
  static func scalar(_ text: String) -> String {
    let opens = text.hasPrefix("[") && text.hasSuffix("]")
    if opens || text.hasPrefix("{") && text.hasSuffix("}") { return text }
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || " ._/%+-".contains($0) }
    let isIndicator = text.first == "-" && text.dropFirst().first?.isNumber != true
    let isWord = !["", "~", "null", "Null", "NULL"].contains(text)
    if isPlain, !isIndicator, isWord, text.first != "%" { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
