// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns expressions into rows, with every name resolved.
struct ExpressionCompiler {
  let attributes: NameTable
  let classes: NameTable
  let resources: NameTable
  /// Seconds in the model's time unit.
  let secondsPerUnit: Double

  private(set) var rows: [ExpressionRow] = []
  private(set) var ranges: [ExpressionRange] = []

  /// Names that are not attributes.
  static let given: [String: ExpressionRow.Kind] = [
    "time": .time, "hour": .hour, "weekday": .weekday, "day": .day, "stayed": .stayed,
    "waited": .waited, "priority": .priority,
  ]
  static let properties: [String: ExpressionRow.Kind] = [
    "free": .free, "queue": .queue, "held": .held, "capacity": .capacity,
  ]
  static let constants = ["yes": 1.0, "no": 0.0]

  /// Names that attributes cannot have.
  static var reserved: Set<String> {
    Set(given.keys).union(constants.keys).union(ExpressionParser.units.keys)
      .union(["class", "and", "or", "not", "if", "min", "max"])
  }

  init(_ source: PathwayBuilder) {
    self.init(
      attributes: source.attributeNames, classes: source.classes, resources: source.resourceNames,
      secondsPerUnit: Double(source.expressionUnit.microseconds) / 1e6)
  }

  init(
    attributes: NameTable, classes: NameTable, resources: NameTable, secondsPerUnit: Double
  ) {
    self.attributes = attributes
    self.classes = classes
    self.resources = resources
    self.secondsPerUnit = secondsPerUnit
  }

  /// The number of the expression that a text is.
  mutating func compile(
    _ text: String, as meaning: ExpressionMeaning = .any
  ) throws(ExpressionFault) -> UInt16 {
    let expression = try ExpressionParser.parse(text)
    let first = rows.count
    do throws(ExpressionFault) {
      let depth = try append(expression)
      if meaning != .any { try expression.check(meaning) }
      guard depth <= ExpressionRange.deepestStack else {
        throw ExpressionFault("is nested too deeply", "use attributes for its parts")
      }
    } catch {
      rows.removeLast(rows.count - first)
      throw error
    }
    guard ranges.count < Int(PathwayStep.none) else {
      throw ExpressionFault("is one too many", "65,534 expressions are the most a model can have")
    }
    let clock: Set<ExpressionRow.Kind> = [.time, .hour, .weekday, .day, .stayed, .waited]
    ranges.append(
      ExpressionRange(
        first: UInt32(first), count: UInt32(rows.count - first),
        readsClock: rows[first...].contains { clock.contains($0.kind) }))
    return UInt16(ranges.count - 1)
  }

  /// Appends the rows of an expression.
  ///
  /// - Returns: values that it needs on the stack at once.
  private mutating func append(_ expression: Expression) throws(ExpressionFault) -> Int {
    switch expression {
    case .number(let value):
      rows.append(ExpressionRow(.number, value: value))
    case .time(let seconds):
      rows.append(ExpressionRow(.number, value: seconds / secondsPerUnit))
    case .rate(let perSecond):
      rows.append(ExpressionRow(.number, value: perSecond * secondsPerUnit))
    case .name(let name):
      rows.append(try row(of: name))
    case .property(let owner, let property):
      rows.append(try row(of: owner, property))
    case .isClass(let name):
      guard let number = classes.number(of: name) else {
        throw ExpressionFault(
          "names the class \(name), which is none", Self.oneOf(classes.names))
      }
      rows.append(ExpressionRow(.isClass, operand: number))
    case .unary(let kind, let part):
      let depth = try append(part)
      rows.append(ExpressionRow(kind))
      return depth
    case .binary(let kind, let one, let other):
      let depth = max(try append(one), 1 + (try append(other)))
      rows.append(ExpressionRow(kind))
      return depth
    case .choice(let condition, let one, let other):
      let first = try append(condition)
      let second = 1 + (try append(one))
      let third = 2 + (try append(other))
      rows.append(ExpressionRow(.choose))
      return max(first, second, third)
    }
    return 1
  }

  private func row(of name: String) throws(ExpressionFault) -> ExpressionRow {
    if let number = attributes.number(of: name) {
      return ExpressionRow(.attribute, operand: number)
    }
    if let kind = Self.given[name] { return ExpressionRow(kind) }
    if let value = Self.constants[name] { return ExpressionRow(.number, value: value) }
    if resources.number(of: name) != nil {
      throw ExpressionFault(
        "uses the resource \(name) as a number",
        "write \(name).free, \(name).queue, \(name).held or \(name).capacity")
    }
    let parts = name.split(separator: "-").map(String.init)
    if parts.count > 1, parts.allSatisfy({ isKnown($0) || Double($0) != nil }) {
      throw ExpressionFault(
        "has the name \(name), which nothing has", "put spaces around a minus")
    }
    let known = attributes.names.filter { !$0.contains(" ") } + Self.given.keys.sorted()
    throw ExpressionFault("has the name \(name), which nothing has", Self.oneOf(known))
  }

  private func isKnown(_ name: String) -> Bool {
    attributes.number(of: name) != nil || Self.given[name] != nil
  }

  private func row(
    of owner: String, _ property: String
  ) throws(ExpressionFault) -> ExpressionRow {
    guard let number = resources.number(of: owner) else {
      throw ExpressionFault(
        "names the resource \(owner), which is none", Self.oneOf(resources.names))
    }
    guard let kind = Self.properties[property] else {
      throw ExpressionFault(
        "asks for \(owner).\(property)", Self.oneOf(Self.properties.keys.sorted()))
    }
    return ExpressionRow(kind, operand: number)
  }

  private static func oneOf(_ names: [String]) -> String {
    names.isEmpty
      ? "there is none" : "there are " + names.prefix(12).joined(separator: ", ")
  }
}
