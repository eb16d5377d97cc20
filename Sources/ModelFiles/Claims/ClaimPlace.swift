// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a claim lives in a model, and what must stand there, as the column `where` of a table of
/// claims writes it: `MODEL: CHECK`, with one of four checks.
///
///     lanshan: policies.rotating-experts.days-per-month        something stands there
///     lanshan: alliances.central.lead = lanshan-central        this value, or this number in any unit
///     lanshan: villages # 209                                  so many rows, items, keys or values
///     lanshan: institutions[*].tier ~ township # 15            so many of these have the value
///
/// Paths are those of `--set`, and may end at a table, a row, a list or a section, too; `[*]` stands for
/// every row, item or key. Semicolons part several.
public struct ClaimPlace: Hashable, Sendable {
  public enum Check: Hashable, Sendable {
    case exists
    case equals(String)
    case counts(Int)
    /// Of all that the path leads to, how many have the value.
    case matches(String, Int)
  }

  /// The model's folder inside that of all models.
  public var model: String
  public var path: ModelPath
  public var check: Check

  /// What keeps a text from being a place, and what would be right.
  public struct Fault: Error, Hashable, Sendable {
    public var problem: String
    public var remedy: String
  }

  /// Reads all of a cell.
  public static func all(_ text: String) throws(Fault) -> [ClaimPlace] {
    var places: [ClaimPlace] = []
    for part in split(text, at: ";") where !part.trimmed.isEmpty {
      places.append(try ClaimPlace(part.trimmed))
    }
    return places
  }

  /// Reads `MODEL: CHECK`.
  public init(_ text: String) throws(Fault) {
    func refuse(_ problem: String, _ remedy: String) -> Fault {
      Fault(problem: "\(text.quotedBriefly) \(problem)", remedy: remedy)
    }
    let halves = Self.split(text, at: ":", most: 2)
    guard halves.count == 2, !halves[0].trimmed.isEmpty, !halves[0].contains(" ") else {
      throw refuse("names no model", "write MODEL: PATH, such as lanshan: villages # 209")
    }
    model = halves[0].trimmed
    let check = halves[1].trimmed
    let sign = Self.signs.compactMap { sign in
      Self.place(of: sign, in: check).map { (sign: sign, place: $0) }
    }.min { $0.place < $1.place }
    guard let path = ModelPath((sign.map { check[..<$0.place] } ?? check[...]).trimmed) else {
      throw refuse("has no path", "join keys by dots; a table's cell is table[row].column")
    }
    self.path = path
    guard let (sign, place) = sign else {
      self.check = .exists
      return
    }
    let value = check[check.index(after: place)...].trimmed
    switch sign {
    case "#":
      guard let count = Self.count(value) else {
        throw refuse("counts nothing", "write a whole number after #, such as villages # 209")
      }
      self.check = .counts(count)
    case "~":
      let parts = value.split(separator: "#", omittingEmptySubsequences: false)
      guard parts.count > 1, let count = Self.count(String(parts.last!).trimmed),
        case let wanted = parts.dropLast().joined(separator: "#").trimmed, !wanted.isEmpty
      else {
        throw refuse("counts nothing", "write PATH[*].KEY ~ VALUE # N")
      }
      self.check = .matches(wanted, count)
    default:
      guard !value.isEmpty else { throw refuse("has no value", "write PATH = VALUE") }
      guard !path.parts.contains(where: \.isEvery) else {
        throw refuse("has one value for many", "count them: PATH[*].KEY ~ VALUE # N")
      }
      self.check = .equals(value)
    }
  }

  private static let signs: [Character] = ["=", "#", "~"]

  private static func count(_ text: String) -> Int? {
    Int(text).flatMap { $0 >= 0 && text.allSatisfy(\.isNumber) ? $0 : nil }
  }

  /// The first such sign outside brackets: the key of a row may hold one.
  private static func place(of sign: Character, in text: String) -> String.Index? {
    var depth = 0
    for index in text.indices {
      if text[index] == "[" { depth += 1 }
      if text[index] == "]" { depth -= 1 }
      if depth == 0, text[index] == sign { return index }
    }
    return nil
  }

  private static func split(_ text: String, at sign: Character, most: Int = .max) -> [String] {
    var parts: [String] = []
    var rest = text
    while parts.count + 1 < most, let place = place(of: sign, in: rest) {
      parts.append(String(rest[..<place]))
      rest = String(rest[rest.index(after: place)...])
    }
    return parts + [rest]
  }
}

extension ClaimPlace: CustomStringConvertible {
  public var description: String {
    switch check {
    case .exists: "\(model): \(path)"
    case .equals(let value): "\(model): \(path) = \(value)"
    case .counts(let count): "\(model): \(path) # \(count)"
    case .matches(let value, let count): "\(model): \(path) ~ \(value) # \(count)"
    }
  }
}

extension ModelPath.Part {
  /// Whether it stands for every row, item or key.
  var isEvery: Bool { self == .bracket(ModelPath.everyRow) || self == .key(ModelPath.everyRow) }
}
