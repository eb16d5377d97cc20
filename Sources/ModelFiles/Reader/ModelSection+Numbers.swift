// SPDX-License-Identifier: GPL-3.0-or-later

extension ModelSection {
  /// Every finite number.
  public static let anyNumber = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  /// Zero and above.
  public static let zeroOrMore = 0...Double.greatestFiniteMagnitude
  /// Above zero.
  public static let positive = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude

  /// A number in the unit asked for, wherever the file writes another of the same dimension.
  public func number(
    _ key: String, _ unit: ModelUnit = .plain, in range: ClosedRange<Double> = anyNumber
  ) -> Double {
    let reading = NumberReading(unit: unit, allowed: range, faults: reading.faults)
    guard let entry = required(key, example: reading.whatToWrite) else {
      return placeholder(range)
    }
    return number(of: entry, unit, range) ?? placeholder(range)
  }

  /// A number that may be left out; `nil` also after a fault.
  public func numberIfPresent(
    _ key: String, _ unit: ModelUnit = .plain, in range: ClosedRange<Double> = anyNumber
  ) -> Double? {
    entry(key).flatMap { number(of: $0, unit, range) }
  }

  /// A whole number.
  public func integer(_ key: String, in range: ClosedRange<Int> = 0...Int(Int32.max)) -> Int {
    let example = max(range.lowerBound, min(1, range.upperBound))
    guard let entry = required(key, example: String(example)) else { return range.lowerBound }
    return integer(of: entry, range) ?? range.lowerBound
  }

  public func integerIfPresent(
    _ key: String, in range: ClosedRange<Int> = 0...Int(Int32.max)
  ) -> Int? {
    entry(key).flatMap { integer(of: $0, range) }
  }

  /// A list of numbers; a single number is a list of one.
  public func numbers(
    _ key: String, _ unit: ModelUnit = .plain, in range: ClosedRange<Double> = anyNumber
  ) -> [Double] {
    guard let entry = required(key, example: "[…]") else { return [] }
    // Provenance may stand on the list: {value: [1 min, 2 min], source: …}
    var values = entry
    if let value = entry.node["value"] { values.node = value }
    let inner = scopeInside(entry)
    return items(of: values).compactMap { number(of: $0, unit, range, within: inner) }
  }

  /// Where the number of a key comes from, and how far it may be off.
  public func provenance(_ key: String) -> Provenance {
    guard let entry = node.entry(key) else { return Provenance() }
    let value = entry.node["value"] ?? entry.node
    return scopeInside(entry).provenance(
      value: value.text.flatMap { Quantity($0)?.value }, range: nil,
      isOverridden: value.isOverridden)
  }

  // MARK: - How it does it

  private func placeholder(_ range: ClosedRange<Double>) -> Double {
    range.contains(1) ? 1 : range.lowerBound
  }

  private func integer(of entry: ModelNode.Entry, _ range: ClosedRange<Int>) -> Int? {
    let bounds = Double(range.lowerBound)...Double(range.upperBound)
    guard var value = number(of: entry, .plain, bounds) else { return nil }
    if (entry.node["value"] ?? entry.node).isPlaced { value.round() }
    guard value == value.rounded() else {
      reading.faults.record(
        placeOf(entry), "is \(plainNumber(value))", "write a whole number")
      return nil
    }
    return Int(value)
  }

  /// The number of an entry that is a scalar, or a mapping with `value` and its provenance.
  func number(
    of entry: ModelNode.Entry, _ unit: ModelUnit, _ range: ClosedRange<Double>,
    within outer: ProvenanceScope? = nil
  ) -> Double? {
    var place = placeOf(entry)
    var value = entry.node
    var ownRange: ClosedRange<Double>?
    if case .mapping(let parts) = entry.node.content {
      guard let inner = entry.node["value"] else {
        reading.faults.record(
          place, "is a section without a value", "write \(unit.example(1)), or value: …")
        return nil
      }
      value = inner
      if value.isOverridden {
        place = SourcePlace(file: value.file, line: value.line, path: place.path)
      }
      let allowed = ["value", "range"]
      for part in parts
      where !allowed.contains(part.key) && !ProvenanceScope.keys.contains(part.key) {
        reading.faults.record(
          place.appending(part.key, line: part.line), "is not a key of a number",
          remedy(
            for: part.key, among: allowed + ProvenanceScope.keys.sorted(), kind: "key"))
      }
    }
    let number = NumberReading(
      unit: unit, allowed: value.isPlaced ? NumberReading.beyond(range) : range,
      faults: reading.faults)
    guard var result = number.value(of: value, place) else { return nil }
    if value.isPlaced { result = min(max(result, range.lowerBound), range.upperBound) }
    if let rangeNode = entry.node["range"], !value.isOverridden {
      ownRange = number.range(of: rangeNode, around: result, place.appending("range"))
    }
    guard state.needsProvenance, !isMissing else { return result }
    let inside = outer?.entering(entry.node) ?? scopeInside(entry)
    if inside.isBroken || entry.node["range"] != nil && ownRange == nil && !value.isOverridden {
      return result
    }
    let provenance = inside.provenance(
      value: result, range: ownRange, isOverridden: value.isOverridden)
    number.checkProvenance(provenance, result, place)
    return result
  }
}

/// Reads one number in one unit and checks what stands behind it.
struct NumberReading {
  let unit: ModelUnit
  let allowed: ClosedRange<Double>
  let faults: FaultCollector

  /// Of a place in a range the nearest allowed number is meant, but for an end that is not allowed itself:
  /// nothing is the nearest above 0.
  static func beyond(_ allowed: ClosedRange<Double>) -> ClosedRange<Double> {
    let isOpen = allowed.lowerBound == .leastNonzeroMagnitude
    return (isOpen ? allowed.lowerBound : -.greatestFiniteMagnitude)...(.greatestFiniteMagnitude)
  }

  func value(of node: ModelNode, _ place: SourcePlace) -> Double? {
    guard case .scalar(let text, let quoted) = node.content else {
      faults.record(place, "is \(node.kindInWords)", "write a number, such as \(example)")
      return nil
    }
    if quoted {
      faults.record(
        place, "is the text \(text.quotedBriefly)", "write the number without quotation marks")
      return nil
    }
    return value(of: text, place)
  }

  func value(of text: String, _ place: SourcePlace) -> Double? {
    guard let quantity = Quantity(text) else {
      if let unknown = Quantity.unknownUnit(in: text) {
        faults.record(
          place, "has the unknown unit \(unknown.quotedBriefly)",
          unit.name.isEmpty ? "write a plain number" : "use \(unitsLike(unit))")
      } else {
        faults.record(
          place, "is \(text.quotedBriefly), not a number", "write a number, such as \(example)")
      }
      return nil
    }
    guard quantity.dimension == unit.dimension else {
      let isBare = quantity.unitText.isEmpty
      faults.record(
        place,
        isBare ? "is \(text.trimmed) without a unit" : "is \(quantity.dimension.inWords)",
        isBare
          ? "write \(text.trimmed) \(unit.shortName), or another of \(unitsLike(unit))"
          : unit.name.isEmpty
            ? "write a plain number" : "write \(unit.dimension.inWords) in \(unitsLike(unit))")
      return nil
    }
    let value = quantity.value(in: unit)
    guard value.isFinite, allowed.contains(value) else {
      faults.record(place, "is \(text.trimmed)", "write \(allowedInWords)")
      return nil
    }
    return value
  }

  /// The range of `range: [low, high]`, which must hold the value.
  func range(of node: ModelNode, around value: Double, _ place: SourcePlace) -> ClosedRange<Double>?
  {
    guard case .list(let ends) = node.content, ends.count == 2 else {
      faults.record(place, "is not a pair", "write [lowest, highest]")
      return nil
    }
    let wide = NumberReading(unit: unit, allowed: ModelSection.anyNumber, faults: faults)
    guard let low = wide.value(of: ends[0], place), let high = wide.value(of: ends[1], place)
    else { return nil }
    for end in [low, high] where !allowed.contains(end) {
      faults.record(
        place, "holds \(unit.example(end)), which the number itself could not be",
        "write \(allowedInWords)")
      return nil
    }
    let slack = 1e-9 * max(abs(low), abs(high))
    guard low <= high, low - slack <= value, value <= high + slack else {
      faults.record(
        place,
        "runs from \(unit.example(low)) to \(unit.example(high)), past \(unit.example(value))",
        "write the lowest, then the highest value thought possible")
      return nil
    }
    return low...high
  }

  private static let noOrigin = "does not say where it comes from"
  private static let noRange = " without a range"

  /// Whether a fault is one of ``checkProvenance(_:_:_:)`` that whole files have.
  static func isOfProvenance(_ problem: String) -> Bool {
    problem == noOrigin || problem.hasSuffix(noRange)
  }

  /// A number must say what stands behind it, and how far it may be off when that is not grade A.
  func checkProvenance(_ provenance: Provenance, _ value: Double, _ place: SourcePlace) {
    guard let evidence = provenance.evidence else {
      faults.record(
        place, Self.noOrigin,
        provenance.sources.isEmpty
          ? "add source and evidence, or evidence: assumed with a range"
          : "its source needs evidence: official, published, derived or secondary")
      return
    }
    switch evidence {
    case .official, .published, .derived, .secondary:
      if provenance.sources.isEmpty {
        faults.record(place, "is \(evidence.rawValue) without a source", "add source: …")
      }
    case .calibrated, .assumed, .scenario: break
    }
    if evidence.grade == .b || evidence.grade == .c, provenance.range == nil {
      faults.record(
        place, "is \(evidence.rawValue)\(Self.noRange)",
        "add range: [lowest, highest], or range-factor: [0.7, 1.3] on its section")
    }
  }

  private var example: String {
    unit.example(allowed.contains(1) ? 1 : allowed.lowerBound)
  }

  /// What may be written where nothing is: the range, or where it is open an example.
  var whatToWrite: String {
    let isBounded = allowed.lowerBound > -1e300 && allowed.upperBound < 1e300
    return isBounded ? allowedInWords : example
  }

  private var allowedInWords: String {
    let low = allowed.lowerBound
    let high = allowed.upperBound
    let isOpenAbove = high == .greatestFiniteMagnitude || high == Double(Int32.max)
    switch (low, isOpenAbove) {
    case (-Double.greatestFiniteMagnitude, true): return "any number"
    case (0, true): return "zero or more"
    case (Double.leastNonzeroMagnitude, true): return "more than zero"
    case (_, true): return "\(unit.example(low)) or more"
    case (Double.leastNonzeroMagnitude, false):
      return "more than zero, at most \(unit.example(high))"
    case (-Double.greatestFiniteMagnitude, false): return "\(unit.example(high)) or less"
    default: return "a value from \(unit.example(low)) to \(unit.example(high))"
    }
  }
}
