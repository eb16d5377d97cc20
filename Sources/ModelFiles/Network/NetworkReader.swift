// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// Compiles a model of kind `network`: arrivals, resources and pathways, nothing else.
///
/// Everything is read before anything is checked against another section, so that all faults of
/// all files come out together.
public struct NetworkReader {
  /// The kind's own top-level keys, besides those every kind has.
  static let timeUnits = ["s", "min", "h", "d", "week"]
  /// The name of the one place a network has.
  static let site = "network"
  /// The class of every entity when a model names no classes.
  static let onlyClass = "customer"

  let model: ModelSection
  let faults: FaultCollector
  let run: RunSettings
  var builder = PathwayBuilder()
  var description = NetworkDescription()
  var places = NetworkPlaces()
  /// Priorities by name, most urgent first; empty when the model uses numbers.
  var priorities: [String] = []
  var leaveReasons: [LeaveReason] = []
  /// By resource, in their order; `nil` where nothing is said.
  var costs: [ResourceCost?] = []
  /// The decisions that steps may ask for; those of a region.
  var decisions: [String] = []
  /// Words for the unit of one of several resources.
  var aliases = Set<String>()
  var timeUnitName = "min"
  var timeUnit: ModelUnit { ModelUnit(timeUnitName) }

  /// A network, compiled, with what `yilian check` says of it.
  public struct Network: Sendable {
    public var model: NetworkModel
    public var description: NetworkDescription
    public var run: RunSettings
    /// The unit of reported times, as files write it.
    public var timeUnit: String
  }

  /// Reads and compiles the network of a document; `nil` after faults.
  public static func network(_ document: ModelDocument, _ faults: FaultCollector) -> Network? {
    let before = faults.count
    let section = document.section(faults)
    _ = section.text("kind", oneOf: ["network"])
    for key in ["name", "title", "title-zh", "description", "description-zh"] {
      _ = section.textIfPresent(key)
    }
    _ = ModelDocumentation(section)
    var reader = NetworkReader(
      model: section, faults: faults, run: RunSettings(section, isRequired: false))
    return reader.read(faultsBefore: before)
  }

  /// The keys that reading a document asks for, whether they are there or not, by the path of their
  /// section: what a test compares with the documentation.
  package static func keysAsked(of document: ModelDocument) -> [String: Set<String>] {
    let faults = FaultCollector()
    let section = document.section(faults)
    var reader = NetworkReader(
      model: section, faults: faults, run: RunSettings(section, isRequired: false))
    for key in ["kind", "name", "title", "title-zh", "description", "description-zh"] {
      _ = section.textIfPresent(key)
    }
    _ = ModelDocumentation(section)
    _ = reader.read(faultsBefore: 0)
    var keys: [String: Set<String>] = [:]
    section.addKeysAsked(to: &keys)
    return keys
  }

  init(model: ModelSection, faults: FaultCollector, run: RunSettings) {
    self.model = model
    self.faults = faults
    self.run = run
    places.model = model.place
  }

  private mutating func read(faultsBefore before: Int) -> Network? {
    timeUnitName = model.text("time-unit", oneOf: Self.timeUnits)
    builder.addSite(Self.site)
    builder.expressionUnit = .seconds(timeUnit.factor)
    readPriorities()
    readClasses()
    readResources()
    readAttributes()
    readDurations()
    readPathways()
    let sources = readArrivals()
    model.finish()
    description.sources = sources
    var program: PathwayProgram?
    do {
      program = try builder.build()
    } catch {
      for fault in places.withoutConsequences(error.faults) {
        faults.record(places.modelFault(for: fault))
      }
    }
    // Sources are checked against the pathways' names even when a pathway is at fault.
    reportUnknownNames(in: sources)
    guard let program, faults.count == before else { return nil }
    warnOfUnused()
    let unit = TimeSpan.seconds(timeUnit.factor)
    do {
      let network = try NetworkModel(
        program: program, sources: sources, timeUnit: unit, weekStart: run.weekStart,
        costs: costs.contains { $0 != nil } ? costs.map { $0 ?? ResourceCost() } : [])
      return Network(
        model: network, description: description, run: run, timeUnit: timeUnitName)
    } catch {
      for fault in error.faults { faults.record(places.modelFault(for: fault)) }
      return nil
    }
  }

  /// What is declared and never used: legal, and seldom meant.
  private func warnOfUnused() {
    for name in description.meanDurations.keys.sorted()
    where !description.usedRules.contains(name) {
      if let place = places.declarations[.init(.durationRule, name)] {
        faults.warn(place, "is used by no step")
      }
    }
    let seized = Set(
      description.pathways.flatMap(\.steps).flatMap { step -> [String] in
        switch step.action {
        case .seize(let request), .transfer(let request, _, _): [request.role]
        case .seizeAll(let request), .seizeAny(let request): request.parts.map(\.role)
        default: []
        }
      })
    for resource in description.resources where !seized.contains(resource.name) {
      if let place = places.declarations[.init(.resource, resource.name)] {
        faults.warn(place, "is seized by no step")
      }
    }
    let followed = Set(
      description.sources.map(\.pathway)
        + description.pathways.flatMap(\.steps).compactMap { step -> String? in
          switch step.action {
          case .spawn(let spawning): spawning.pathway
          case .proceed(let pathway, _): pathway
          default: nil
          }
        })
    for (name, _) in description.pathways where !followed.contains(name) {
      faults.warn(places.pathways[name] ?? places.model, "is a pathway no arrivals follow")
    }
  }

  // MARK: - Classes and priorities

  private mutating func readPriorities() {
    guard let names = model.textsIfPresent("priorities") else { return }
    priorities = names
    if names.count > 16 {
      model.fault("priorities", "has \(names.count) names", "there are 16 priorities at most")
      priorities = Array(names.prefix(16))
    }
    if Set(names).count < names.count {
      model.fault("priorities", "names a priority twice", "name each once, most urgent first")
    }
  }

  private mutating func readClasses() {
    guard model.has("classes") else {
      builder.addClass(Self.onlyClass)
      description.classes = [Self.onlyClass]
      return
    }
    for (name, section) in model.sections("classes") {
      if priorities.count > 1, !section.has("priority") {
        section.fault("has no priority", "add priority: \(priorities.joined(separator: " or "))")
      }
      let priority = priorityIfPresent("priority", in: section) ?? 8
      places.declarations[.init(.entityClass, name)] = section.place
      builder.addClass(name, priority: UInt8(priority))
      description.classes.append(name)
    }
  }

  /// A priority by its name, or by its number from 1, the most urgent, to 16; as 0…15.
  func priorityIfPresent(_ key: String, in section: ModelSection) -> Int? {
    if priorities.isEmpty {
      guard let text = section.textIfPresent(key) else { return nil }
      guard let number = Int(text), (1...16).contains(number) else {
        section.fault(
          key, "is \(text.quotedBriefly)",
          "write a number from 1, the most urgent, to 16, or list names under priorities:")
        return nil
      }
      return number - 1
    }
    return section.textIfPresent(key, oneOf: priorities).flatMap(priorities.firstIndex)
  }

  // MARK: - Durations

  private mutating func readDurations() {
    guard let section = model.sectionIfPresent("durations") else { return }
    for name in section.keys {
      if let text = section.node[name]?.text, isExpression(text) {
        addComputed(name, section.text(name), at: section.placeOf(name))
        continue
      }
      switch computedDistribution(name, in: section) {
      case .distribution(let computed):
        addComputed(name, computed, at: section.placeOf(name))
      case .faulty: description.meanDurations[name] = .nan
      case .constant:
        addRule(name, section.distribution(name, timeUnit), at: section.placeOf(name))
      }
    }
  }

  mutating func addRule(_ name: String, _ distribution: Distribution, at place: SourcePlace) {
    guard distribution.isNonnegative else {
      faults.record(
        place, "can be negative",
        distribution.name == "normal" ? "cut it off: add lowest: 0 min" : "a length of time cannot")
      return
    }
    places.declarations[.init(.durationRule, name)] = place
    builder.addDurationRule(name, distribution, unit: .seconds(timeUnit.factor))
    description.meanDurations[name] = distribution.mean
  }

  /// Whether a text where a number is due is neither one nor a plain name.
  func isExpression(_ text: String) -> Bool {
    guard Quantity(text) == nil else { return false }
    return description.attributes.contains(text) || ExpressionLanguage.words.contains(text)
      || Self.hasOperators(text)
  }

  /// Whether a text has what only an expression has: signs, brackets, comparisons.
  static func hasOperators(_ text: String) -> Bool {
    let marks = ["+", " - ", "*", " / ", "^", "(", "<", ">", "==", "!=", " and ", " or "]
    return text.hasPrefix("not ") || marks.contains(where: text.contains)
  }

  private mutating func addComputed(_ name: String, _ text: String, at place: SourcePlace) {
    places.declarations[.init(.durationRule, name)] = place
    builder.addComputedDuration(name, text)
    description.meanDurations[name] = .nan
    description.computedDurations[name] = .expression(text)
  }

  private mutating func addComputed(
    _ name: String, _ distribution: ComputedDistribution, at place: SourcePlace
  ) {
    guard mayBeLength(distribution, place) else { return }
    places.declarations[.init(.durationRule, name)] = place
    builder.addComputedDuration(name, distribution)
    description.meanDurations[name] = .nan
    description.computedDurations[name] = .distribution(distribution)
  }

  /// A name for a rule that is spelt out at a step, which no other rule has.
  private func freshName(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while description.meanDurations[name] != nil {
      name = "\(wanted)-\(number)"
      number += 1
    }
    return name
  }

  /// The rule that a key names or spells out; `nil` after a fault.
  ///
  /// - Parameter inlineName: what to call a rule that is spelt out here.
  mutating func rule(_ key: String, in section: ModelSection, inlineName: String) -> String? {
    guard let entry = section.required(key, example: "5 min, or a name under durations") else {
      return nil
    }
    if let text = entry.node.text, description.meanDurations[text] == nil, isExpression(text) {
      let name = freshName(inlineName)
      addComputed(name, section.text(key), at: section.placeOf(key))
      description.usedRules.insert(name)
      return name
    }
    if let name = entry.node.text, Quantity(name) == nil, Quantity.unknownUnit(in: name) == nil {
      if description.meanDurations[name] == nil,
        model.node["durations"]?[name] == nil
      {
        // A region has durations of its own beside those of the file.
        let known =
          (model.node["durations"]?.entries.map(\.key) ?? [])
          + (decisions.isEmpty ? [] : description.meanDurations.keys.sorted())
        section.fault(
          key, "\(name.quotedBriefly) is not a duration",
          remedy(for: name, among: known, kind: "named duration, only times such as 5 min"))
        return nil
      }
      description.usedRules.insert(name)
      return name
    }
    let name = freshName(inlineName)
    switch computedDistribution(key, in: section) {
    case .distribution(let computed):
      addComputed(name, computed, at: section.placeOf(key))
      description.usedRules.insert(name)
      return name
    case .faulty: return nil
    case .constant: break
    }
    guard let distribution = section.distributionIfPresent(key, timeUnit) else { return nil }
    addRule(name, distribution, at: section.placeOf(key))
    description.usedRules.insert(name)
    return name
  }
}
