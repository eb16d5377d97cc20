// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit a value is asked for in, as an expression over known units: `min`, `1/year`, `CNY/km`.
///
/// A file may write any unit of the same dimension; the value is converted. A year is 365 days.
/// Nouns that count (patients, visits, beds) may stand in a unit and change nothing.
public struct ModelUnit: Hashable, Sendable {
  /// As it is shown: `min`, `1/h`; empty for a plain number.
  public let name: String
  /// Size in base units: second, CNY, metre, degree.
  let factor: Double
  let dimension: UnitDimension

  /// A unit by its expression.
  ///
  /// - Precondition: every part is known; a unit in code is never the author's fault.
  public init(_ expression: String) {
    guard let (factor, dimension) = parseUnit(expression) else {
      preconditionFailure("\(expression) is not a unit")
    }
    self.name = expression
    self.factor = factor
    self.dimension = dimension
  }

  private init(name: String, factor: Double, dimension: UnitDimension) {
    self.name = name
    self.factor = factor
    self.dimension = dimension
  }

  /// One over this unit: `1/min` for `min`, and the other way round.
  var perUnit: ModelUnit {
    let other =
      name.isEmpty ? "" : name.hasPrefix("1/") ? String(name.dropFirst(2)) : "1/\(name)"
    return ModelUnit(
      name: other, factor: 1 / factor, dimension: UnitDimension.none.times(dimension, -1))
  }

  /// A plain number, a ratio or a count.
  public static let plain = ModelUnit("")
  /// A share of a whole: `0.35` or `35 %`.
  public static let share = ModelUnit("")
  public static let seconds = ModelUnit("s")
  public static let minutes = ModelUnit("min")
  public static let hours = ModelUnit("h")
  public static let days = ModelUnit("d")
  public static let years = ModelUnit("year")
  public static let perMinute = ModelUnit("1/min")
  public static let perHour = ModelUnit("1/h")
  public static let perDay = ModelUnit("1/d")
  public static let perYear = ModelUnit("1/year")
  /// Money in yuan.
  public static let yuan = ModelUnit("CNY")
  /// Money in fen, a hundredth of a yuan.
  public static let fen = ModelUnit("fen")
  public static let yuanPerKilometre = ModelUnit("CNY/km")
  public static let kilometres = ModelUnit("km")
  public static let kilometresPerHour = ModelUnit("km/h")
  public static let degrees = ModelUnit("deg")

  /// The name as it follows a number: `/h` rather than `1/h`.
  var shortName: String { name.hasPrefix("1/") ? String(name.dropFirst()) : name }

  /// An example of how a value in this unit is written.
  func example(_ value: Double) -> String {
    name.isEmpty ? plainNumber(value) : "\(plainNumber(value)) \(shortName)"
  }
}

/// Powers of the base units.
struct UnitDimension: Hashable, Sendable {
  var time = 0
  var money = 0
  var length = 0
  var angle = 0

  static let none = UnitDimension()

  func times(_ other: UnitDimension, _ sign: Int) -> UnitDimension {
    UnitDimension(
      time: time + sign * other.time, money: money + sign * other.money,
      length: length + sign * other.length, angle: angle + sign * other.angle)
  }

  var inWords: String {
    if self == .none { return "a plain number" }
    if self == UnitDimension(time: 1) { return "a time" }
    if self == UnitDimension(time: -1) { return "a rate per time" }
    if self == UnitDimension(money: 1) { return "money" }
    if self == UnitDimension(length: 1) { return "a distance" }
    if self == UnitDimension(time: -1, length: 1) { return "a speed" }
    return "a compound"
  }
}

/// A number and its unit as they stand in a file.
struct Quantity {
  var value: Double
  /// As written, `""` when none stands there.
  var unitText: String
  var factor: Double
  var dimension: UnitDimension

  /// Reads `30 min`, `35 %`, `-0.006 1/CNY`; `nil` when the text does not begin as a number, or
  /// its unit is unknown.
  init?(_ text: String) {
    guard let (number, unit) = Self.parts(of: text), let value = Double(number), value.isFinite,
      let (factor, dimension) = parseUnit(unit)
    else { return nil }
    self.value = value
    unitText = unit
    self.factor = factor
    self.dimension = dimension
  }

  /// The longest beginning that is a number, and what follows it.
  private static func parts(of text: String) -> (number: Substring, unit: String)? {
    let text = text.trimmed
    // `3 events` must not eat the e.
    var number = text.prefix(while: { "+-.0123456789eE".contains($0) })
    while !number.isEmpty, !isNumber(number) { number = number.dropLast() }
    return number.isEmpty ? nil : (number, text[number.endIndex...].trimmed)
  }

  /// The value in another unit of the same dimension; dividing where that is exact (35 % is 0.35).
  func value(in unit: ModelUnit) -> Double {
    let ratio = unit.factor / factor
    return ratio >= 1 ? value / ratio : value * (factor / unit.factor)
  }

  /// The unknown unit of a text that is otherwise a number.
  static func unknownUnit(in text: String) -> String? {
    guard let (_, unit) = parts(of: text), parseUnit(unit) == nil else { return nil }
    return unit
  }
}

/// YAML 1.2 core: decimal numbers only, so that `0x10`, `1_000` and `.inf` are no numbers.
private func isNumber(_ text: Substring) -> Bool {
  var rest = text
  if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
  let whole = rest.prefix(while: { $0.isASCII && $0.isNumber })
  rest = rest[whole.endIndex...]
  var fraction = rest[rest.startIndex..<rest.startIndex]
  if rest.first == "." {
    rest.removeFirst()
    fraction = rest.prefix(while: { $0.isASCII && $0.isNumber })
    rest = rest[fraction.endIndex...]
  }
  guard !whole.isEmpty || !fraction.isEmpty else { return false }
  if rest.isEmpty { return true }
  guard rest.first == "e" || rest.first == "E" else { return false }
  rest.removeFirst()
  if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
  return !rest.isEmpty && rest.allSatisfy { $0.isASCII && $0.isNumber }
}

private let knownUnits: [String: (Double, UnitDimension)] = {
  let time = UnitDimension(time: 1)
  let money = UnitDimension(money: 1)
  let length = UnitDimension(length: 1)
  var units: [String: (Double, UnitDimension)] = [
    "1": (1, .none), "%": (0.01, .none), "‰": (0.001, .none),
    "s": (1, time), "min": (60, time), "h": (3600, time), "d": (86_400, time),
    "week": (604_800, time), "year": (31_536_000, time),
    "CNY": (1, money), "fen": (0.01, money),
    "m": (1, length), "km": (1000, length), "deg": (1, UnitDimension(angle: 1)),
  ]
  for (long, short) in [
    "second": "s", "seconds": "s", "minute": "min", "minutes": "min", "hour": "h", "hours": "h",
    "day": "d", "days": "d", "weeks": "week", "years": "year", "yuan": "CNY",
  ] {
    units[long] = units[short]
  }
  for noun in [
    "patient", "customer", "visit", "person", "resident", "admission", "bed", "session", "slot",
    "prescription", "arrival",
  ] {
    units[noun] = (1, .none)
    units[noun + "s"] = (1, .none)
  }
  return units
}()

/// Factor and dimension of a unit expression: parts joined by `/`, each after the first divides;
/// `per` is a `/`, and a leading `/` divides one. `nil` when a part is unknown.
func parseUnit(_ expression: String) -> (Double, UnitDimension)? {
  let trimmed = expression.trimmed
  if trimmed.isEmpty { return (1, .none) }
  let slashed = trimmed.split(separator: " ").map { $0 == "per" ? "/" : String($0) }
    .joined(separator: " ")
  var factor = 1.0
  var dimension = UnitDimension.none
  for (index, part) in slashed.split(separator: "/", omittingEmptySubsequences: false).enumerated()
  {
    let sign = index == 0 ? 1 : -1
    let name = String(part).trimmed
    if name.isEmpty {
      guard index == 0 else { return nil }
      continue
    }
    guard let unit = knownUnits[name] else { return nil }
    factor = sign > 0 ? factor * unit.0 : factor / unit.0
    dimension = dimension.times(unit.1, sign)
  }
  return (factor, dimension)
}

/// The units an author may write, for messages.
func unitsLike(_ unit: ModelUnit) -> String {
  switch unit.dimension {
  case UnitDimension(time: 1): "s, min, h, d, week, year"
  case UnitDimension(time: -1): "/min, /h, /d, /week, /year"
  case UnitDimension(money: 1): "CNY, fen"
  case UnitDimension(length: 1): "m, km"
  default: unit.shortName
  }
}
