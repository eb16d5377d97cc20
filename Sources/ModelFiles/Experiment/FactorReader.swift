// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the section `factors` of an experiment.
struct FactorReader {
  /// The model under the command line's settings.
  let model: ModelDocument
  /// Whether values come from an imported design, so that a factor need not state any.
  let isImported: Bool
  let faults: FaultCollector
  /// The section that names them.
  var key = "factors"

  /// Columns that tidy tables have beside the factors.
  static let reserved = [
    "scenario", "point_id", "replication", "measure", "dimension", "member", "value",
  ]

  private static let keys = [
    "path", "paths", "policy", "range", "step", "integer", "scale", "levels",
  ]

  func factors(of experiment: ModelSection) -> [Factor] {
    var factors: [Factor] = []
    let sections = experiment.sections(key)
    if sections.isEmpty {
      experiment.fault(key, "name nothing", "write - name: …, path: …, range: low .. high")
    }
    for (name, section) in sections {
      section.state.asked.formUnion(Self.keys)
      for key in ["title", "title-zh", "description", "description-zh"] {
        _ = section.textIfPresent(key)
      }
      if Self.reserved.contains(name) {
        section.fault("is the name of a column of results", "give the factor another name")
      }
      if let factor = factor(name, section) { factors.append(factor) }
    }
    checkPaths(factors)
    return factors
  }

  private func factor(_ name: String, _ section: ModelSection) -> Factor? {
    let ownPath = section.textIfPresent("path")
    let manyPaths = section.textsIfPresent("paths")
    let policies = section.textsIfPresent("policy")
    let given = [ownPath == nil ? nil : "path", manyPaths == nil ? nil : "paths"]
      .compactMap(\.self)
    if given.count > 1 { section.fault("paths", "stands beside path", "keep one of them") }
    var factor = Factor(
      name: name, paths: ownPath.map { [$0] } ?? manyPaths ?? [], values: .imported, unit: "",
      base: nil, place: section.place)
    if let policies {
      for key in given + ["range", "levels"] where section.has(key) {
        section.fault(key, "stands beside policy", "a policy is in force or not; leave one out")
      }
      guard let paths = paths(of: policies, section) else { return nil }
      factor.paths = paths
      factor.values = .levels(["no", "yes"].map(factor.level(text:)))
    } else if section.has("range") {
      if section.has("levels") {
        section.fault("levels", "stands beside range", "keep one of them")
        _ = section.entry("levels")
      }
      guard readRange(section, into: &factor) else { return nil }
    } else if let entry = section.entry("levels") {
      let levels = levels(entry, factor, section)
      guard !levels.isEmpty else { return nil }
      factor.values = .levels(levels)
      factor.unit = Self.commonUnit(of: levels)
    } else if !isImported {
      section.fault(
        "has neither range nor levels", "write range: low .. high, levels: […] or policy: NAME")
      return nil
    }
    for key in ["step", "integer", "scale"] where !section.has("range") && section.has(key) {
      _ = section.entry(key)
      section.fault(key, "belongs to a range", "leave it out, or write range: low .. high")
    }
    let hasOwnSettings: Bool
    if case .levels(let levels) = factor.values {
      hasOwnSettings = levels.contains { $0.settings.map(\.path) != factor.paths }
    } else {
      hasOwnSettings = false
    }
    if factor.paths.isEmpty, !hasOwnSettings {
      section.fault("has no path", "write path: what it sets, or paths: […] for several")
      return nil
    }
    if !hasOwnSettings { factor.base = base(of: factor) }
    return factor
  }

  // MARK: - Ranges

  private func readRange(_ section: ModelSection, into factor: inout Factor) -> Bool {
    guard let entry = section.entry("range") else { return false }
    let scale = section.textIfPresent("scale", oneOf: ["linear", "log"])
    let isInteger = section.flagIfPresent("integer") ?? false
    let step = section.textIfPresent("step")
    func fail(_ problem: String, _ remedy: String, at key: String = "range") -> Bool {
      section.fault(key, problem, remedy)
      return false
    }
    guard let (low, high) = Self.ends(of: entry.node) else {
      return fail("is \(entry.node.kindInWords)", "write low .. high, such as 5 .. 20 min")
    }
    if let first = CalendarDate(low), let last = CalendarDate(high) {
      guard first <= last else { return fail("ends before it begins", "write first .. last") }
      if scale != nil || isInteger {
        return fail("is of days", "leave scale and integer out; step: 30 d")
      }
      let span = step.map { Quantity($0)?.value(in: .days) } ?? 1
      guard let span, span >= 1, span <= 1e6, span == span.rounded() else {
        return fail("is \(step ?? "")", "write whole days: 30 d", at: "step")
      }
      factor.values = .days(first: first, last: last, step: Int(span))
      return true
    }
    guard var one = Quantity(low), let other = Quantity(high) else {
      return fail(
        "runs from \(low.quotedBriefly) to \(high.quotedBriefly)",
        "write two numbers or days, such as 5 .. 20 min")
    }
    if one.unitText.isEmpty { (one.factor, one.dimension) = (other.factor, other.dimension) }
    guard one.dimension == other.dimension else {
      return fail("has two units that cannot be compared", "give both ends one unit")
    }
    let from = one.factor == other.factor ? one.value : one.value * one.factor / other.factor
    guard from < other.value else {
      return fail("does not rise", "write low .. high, the lower one first")
    }
    factor.unit = other.unitText
    if scale == "log", from <= 0 {
      return fail("begins at \(plainNumber(from))", "a logarithm needs numbers above 0")
    }
    var width: Double?
    if let step {
      guard let quantity = Quantity(step),
        quantity.unitText.isEmpty || quantity.dimension == other.dimension, quantity.value > 0
      else { return fail("is \(step.quotedBriefly)", "write a number above 0", at: "step") }
      width =
        quantity.unitText.isEmpty ? quantity.value : quantity.value * quantity.factor / other.factor
    }
    if isInteger {
      if step != nil { return fail("stands beside step", "keep one of them", at: "integer") }
      guard from == from.rounded() else {
        return fail("begins at \(plainNumber(from))", "a whole number is needed: integer is yes")
      }
      width = 1
    }
    if let width, (other.value - from) / width > Double(DesignSettings.mostPoints) {
      return fail(
        "has more than \(DesignSettings.mostPoints) values",
        "make the step longer, or leave it out")
    }
    if width != nil, scale == "log" {
      return fail("is of a range with steps", "leave one of them out", at: "scale")
    }
    factor.values = .range(
      low: from, high: other.value, step: width, isLogarithmic: scale == "log")
    return true
  }

  /// `low .. high`, or `[low, high]`.
  private static func ends(of node: ModelNode) -> (low: String, high: String)? {
    if case .list(let items) = node.content, items.count == 2, let low = items[0].text,
      let high = items[1].text
    {
      return (low.trimmed, high.trimmed)
    }
    guard let parts = node.text?.split(separator: "..", omittingEmptySubsequences: false),
      parts.count == 2
    else { return nil }
    return (parts[0].trimmed, parts[1].trimmed)
  }

  // MARK: - Levels

  private func levels(
    _ entry: ModelNode.Entry, _ factor: Factor, _ section: ModelSection
  ) -> [Factor.Level] {
    guard case .list(let nodes) = entry.node.content, !nodes.isEmpty else {
      section.fault("levels", "is \(entry.node.kindInWords)", "write a list: [low, high]")
      return []
    }
    var levels: [Factor.Level] = []
    for (index, node) in nodes.enumerated() {
      let place = section.placeOf("levels").appending("[\(index + 1)]", line: node.line)
      guard let level = level(node, factor, place) else { continue }
      if levels.contains(where: { $0.name == level.name }) {
        faults.record(place, "is \(level.name.quotedBriefly) again", "give each level once")
      } else {
        levels.append(level)
      }
    }
    return levels.count == nodes.count ? levels : []
  }

  private func level(_ node: ModelNode, _ factor: Factor, _ place: SourcePlace) -> Factor.Level? {
    guard node["set"] != nil || node["name"] != nil else {
      if let text = node.flowText, !text.isEmpty { return factor.level(text: text) }
      faults.record(place, "is \(node.kindInWords)", "write a value, or {name: …, set: {path: …}}")
      return nil
    }
    for entry in node.entries where !["name", "title", "title-zh", "set"].contains(entry.key) {
      faults.record(
        place.appending(entry.key, line: entry.line), "is not a key here",
        remedy(for: entry.key, among: ["name", "title", "title-zh", "set"], kind: "key"))
    }
    guard let name = node["name"]?.text else {
      faults.record(place, "has no name", "add name: what tables call it")
      return nil
    }
    if !factor.paths.isEmpty {
      faults.record(place, "has settings of its own, and so has the factor", "leave path out")
    }
    var settings: [ExperimentPlan.Setting] = []
    for entry in node["set"]?.entries ?? [] {
      guard let value = entry.node.flowText else {
        faults.record(
          place.appending(entry.key, line: entry.line), "is \(entry.node.kindInWords)",
          "write one value")
        continue
      }
      settings.append(ExperimentPlan.Setting(entry.key, value))
    }
    return Factor.Level(name: name, settings: settings)
  }

  /// The unit in which tables show levels that are all numbers of one kind: the last one's, as of ranges.
  static func commonUnit(of levels: [Factor.Level]) -> String {
    let quantities = levels.map { Quantity($0.name) }
    guard let last = quantities.last ?? nil,
      quantities.allSatisfy({ $0?.dimension == last.dimension })
    else { return "" }
    return last.unitText
  }

  // MARK: - Paths

  private func paths(of policies: [String], _ section: ModelSection) -> [String]? {
    let sections = ["policies", "adopt"]
    let known = sections.map { model.root[$0]?.entries.map(\.key) ?? [] }
    var paths: [String] = []
    for name in policies {
      guard let place = known.firstIndex(where: { $0.contains(name) }) else {
        let names = known.flatMap(\.self).filter { !ProvenanceScope.keys.contains($0) }
        section.fault(
          "policy", "\(name.quotedBriefly) is not a policy of the model",
          remedy(for: name, among: names, kind: "policy"))
        return nil
      }
      paths.append("\(sections[place]).\(name).in-force")
    }
    return paths
  }

  /// What the model has at all paths of a factor; `nil` where they do not agree.
  private func base(of factor: Factor) -> String? {
    let values = factor.paths.map { base($0, in: factor.unit) }
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// What the model has at a path, in a unit where it is a number of the same kind.
  private func base(_ path: String, in unit: String) -> String? {
    model.value(at: path).map { Factor.text($0, in: unit) }
  }

  /// Each path must be there, belong to one factor only, and not to the run.
  private func checkPaths(_ factors: [Factor]) {
    var owners: [(path: ModelPath, factor: String)] = []
    for factor in factors {
      let levels: [Factor.Level]
      if case .levels(let all) = factor.values { levels = all } else { levels = [] }
      var paths = factor.paths
      for path in levels.flatMap({ $0.settings.map(\.path) }) where !paths.contains(path) {
        paths.append(path)
      }
      for path in paths {
        if path.hasPrefix("run.") || path.hasPrefix("experiment.") {
          faults.record(factor.place, "sets \(path)", "runs are the same at all points")
          continue
        }
        var copy = model
        let samples = (levels.isEmpty ? factor.ends : levels).flatMap(\.settings)
          .filter { $0.path == path }
        for value in samples.isEmpty ? [] : samples.map(\.value) {
          copy.set(path, to: value, at: factor.place, faults)
        }
        if samples.isEmpty { copy.set(path, to: "0", at: factor.place, faults) }
        guard let parsed = ModelPath(path) else { continue }
        let other = owners.first { $0.path.overlaps(parsed) }
        if let other, other.factor != factor.name {
          faults.record(
            factor.place, "sets \(path)", "it is set by the factor \(other.factor) too")
        }
        owners.append((parsed, factor.name))
      }
    }
  }
}
