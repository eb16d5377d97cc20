// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads an expression by precedence: `or`, `and`, `not`, comparison, sum, product, sign, power.
struct ExpressionParser {
  private enum Token: Equatable {
    case number(Double)
    case time(seconds: Double)
    case rate(perSecond: Double)
    case name(String)
    case sign(String)
  }

  static let units: [String: Double] = [
    "s": 1, "min": 60, "h": 3600, "d": 86_400, "week": 604_800, "year": 31_536_000,
  ]
  /// Longer words for units, which may follow a number too.
  private static let longUnits = [
    "second": "s", "seconds": "s", "minute": "min", "minutes": "min", "hour": "h", "hours": "h",
    "day": "d", "days": "d", "weeks": "week", "years": "year",
  ]
  /// Longest first, so that `<=` is not read as `<`.
  private static let signs = [
    "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "^", "(", ")", ",", ".",
  ]
  private static let comparisons: [String: ExpressionRow.Kind] = [
    "==": .equal, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]
  static let functions: [String: ExpressionRow.Kind] = [
    "floor": .floor, "round": .round, "abs": .absolute, "exp": .exponential, "log": .logarithm,
    "sqrt": .squareRoot,
  ]
  /// Deeper nesting is a mistake, and would use up the stack.
  private static let deepest = 60

  private var tokens: [Token] = []
  private var place = 0
  private var depth = 0

  static func parse(_ text: String) throws(ExpressionFault) -> Expression {
    var parser = ExpressionParser()
    try parser.split(text)
    guard !parser.tokens.isEmpty else {
      throw ExpressionFault("is empty", "write an expression such as severity > 2")
    }
    let expression = try parser.disjunction()
    if let left = parser.current {
      throw ExpressionFault(
        "goes on with \(Self.text(left)) where it should end", "look at what stands before it")
    }
    return expression
  }

  // MARK: - Words

  private mutating func split(_ text: String) throws(ExpressionFault) {
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first.isASCII && first.isNumber {
        tokens.append(try Self.number(&rest))
      } else if first == "\"" {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "\"") else {
          throw ExpressionFault("has a quote that does not end", "close it with \"")
        }
        tokens.append(.name(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      } else if Self.beginsName(first) {
        tokens.append(.name(Self.name(&rest)))
      } else if let sign = Self.signs.first(where: rest.hasPrefix) {
        tokens.append(.sign(sign))
        rest.removeFirst(sign.count)
      } else {
        throw ExpressionFault(
          "has the sign \(first)", "use + - * / ^ ( ) < <= == != >= > and or not")
      }
    }
  }

  /// `12`, `0.5`, `35 %`, `20 min`, `12 /h`.
  private static func number(_ rest: inout Substring) throws(ExpressionFault) -> Token {
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(digits) else {
      throw ExpressionFault("has the number \(digits)", "write one such as 0.25")
    }
    rest = rest.dropFirst(digits.count)
    let after = rest.drop { $0 == " " }
    if after.first == "%" {
      rest = after.dropFirst()
      return .number(value / 100)
    }
    // `12 /h` is a rate; `12 / h` would divide by a name, which no attribute can have.
    if after.first == "/", after.dropFirst().first.map(beginsName) == true {
      var following = after.dropFirst()
      if let seconds = units[name(&following)], following.first != "(" {
        rest = following
        return .rate(perSecond: value / seconds)
      }
    }
    guard let first = after.first, beginsName(first) else { return .number(value) }
    var following = after
    let word = name(&following)
    guard let seconds = units[word] ?? units[longUnits[word] ?? ""], following.first != "(" else {
      return .number(value)
    }
    rest = following
    return .time(seconds: value * seconds)
  }

  private static func beginsName(_ character: Character) -> Bool {
    character.isLetter || character == "_"
  }

  /// Letters, digits, `_`, and `-` within: names of models have hyphens, so a minus needs spaces.
  private static func name(_ rest: inout Substring) -> String {
    var name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    while name.last == "-" { name.removeLast() }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  private static func text(_ token: Token) -> String {
    switch token {
    case .number(let value): "\(value)"
    case .time(let seconds): "\(seconds) s"
    case .rate(let perSecond): "\(perSecond) /s"
    case .name(let name): name
    case .sign(let sign): sign
    }
  }

  // MARK: - Grammar

  private var current: Token? { place < tokens.count ? tokens[place] : nil }

  private mutating func take(_ token: Token) -> Bool {
    guard current == token else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ sign: String) throws(ExpressionFault) {
    guard take(.sign(sign)) else {
      throw ExpressionFault(
        "has no \(sign) where one is needed",
        current.map { "put it before \(Self.text($0))" } ?? "add it at the end")
    }
  }

  private mutating func disjunction() throws(ExpressionFault) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw ExpressionFault("is nested too deeply", "use attributes for its parts")
    }
    var left = try conjunction()
    while take(.name("or")) { left = .binary(.or, left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(ExpressionFault) -> Expression {
    var left = try negation()
    while take(.name("and")) { left = .binary(.and, left, try negation()) }
    return left
  }

  private mutating func negation() throws(ExpressionFault) -> Expression {
    guard take(.name("not")) else { return try comparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw ExpressionFault("is nested too deeply", "use attributes for its parts")
    }
    return .unary(.not, try negation())
  }

  private mutating func comparison() throws(ExpressionFault) -> Expression {
    if current == .name("class") { return try classTest() }
    let left = try sum()
    guard case .sign(let sign)? = current, let kind = Self.comparisons[sign] else { return left }
    place += 1
    let right = try sum()
    if case .sign(let next)? = current, Self.comparisons[next] != nil {
      throw ExpressionFault("compares three values at once", "join two comparisons with and")
    }
    return .binary(kind, left, right)
  }

  /// `class == urgent`, `class != urgent`.
  private mutating func classTest() throws(ExpressionFault) -> Expression {
    place += 1
    let isEqual = take(.sign("=="))
    guard isEqual || take(.sign("!=")), case .name(let name)? = current else {
      throw ExpressionFault("does not say which class", "write class == NAME or class != NAME")
    }
    place += 1
    return isEqual ? .isClass(name) : .unary(.not, .isClass(name))
  }

  private mutating func sum() throws(ExpressionFault) -> Expression {
    var left = try product()
    while true {
      if take(.sign("+")) {
        left = .binary(.add, left, try product())
      } else if take(.sign("-")) {
        left = .binary(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(ExpressionFault) -> Expression {
    var left = try signed()
    while true {
      if take(.sign("*")) {
        left = .binary(.multiply, left, try signed())
      } else if take(.sign("/")) {
        left = .binary(.divide, left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(ExpressionFault) -> Expression {
    var isNegative = false
    while take(.sign("-")) { isNegative.toggle() }
    let value = try power()
    return isNegative ? .unary(.negate, value) : value
  }

  /// From the right: 2 ^ 3 ^ 2 is 2 ^ 9; a sign may follow.
  private mutating func power() throws(ExpressionFault) -> Expression {
    let base = try atom()
    guard take(.sign("^")) else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw ExpressionFault("is nested too deeply", "use attributes for its parts")
    }
    return .binary(.power, base, try signed())
  }

  private mutating func atom() throws(ExpressionFault) -> Expression {
    guard let token = current else {
      throw ExpressionFault("ends too early", "add what it is compared or combined with")
    }
    place += 1
    switch token {
    case .number(let value): return .number(value)
    case .time(let seconds): return .time(seconds)
    case .rate(let perSecond): return .rate(perSecond)
    case .sign("("):
      let inner = try disjunction()
      try expect(")")
      return inner
    case .sign(let sign):
      throw ExpressionFault("has \(sign) where a value is needed", "put a number or a name there")
    case .name(let name):
      if take(.sign("(")) { return try call(name) }
      if take(.sign(".")) {
        guard case .name(let property)? = current else {
          throw ExpressionFault(
            "does not say what of \(name)", "write \(name).free, .queue, .held or .capacity")
        }
        place += 1
        return .property(of: name, property)
      }
      return .name(name)
    }
  }

  private mutating func call(_ name: String) throws(ExpressionFault) -> Expression {
    var parts = [try disjunction()]
    while take(.sign(",")) { parts.append(try disjunction()) }
    try expect(")")
    if name == "min" || name == "max", parts.count > 1 {
      let kind: ExpressionRow.Kind = name == "min" ? .least : .greatest
      return parts.dropFirst().reduce(parts[0]) { .binary(kind, $0, $1) }
    }
    if name == "if", parts.count == 3 { return .choice(parts[0], parts[1], parts[2]) }
    if let kind = Self.functions[name], parts.count == 1 { return .unary(kind, parts[0]) }
    let known = (Self.functions.keys + ["min", "max", "if"]).sorted()
    guard known.contains(name) else {
      throw ExpressionFault(
        "has the function \(name)", "there are \(known.joined(separator: ", "))")
    }
    throw ExpressionFault(
      "gives \(name) \(parts.count) values",
      name == "if"
        ? "write if(condition, value, other value)"
        : name == "min" || name == "max" ? "give it two or more" : "give it one")
  }
}
