// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns

/// Makes the rows of a design from its settings and factors.
struct RowMaker {
  let settings: DesignSettings
  let factors: [Factor]
  let constraints: [DesignConstraint]
  let section: ModelSection
  let faults: FaultCollector
  private(set) var rows: [PointDesign.Row] = []
  private(set) var leftOut = 0
  private(set) var fraction: FractionalFactorial?
  private(set) var isSobolReplaced = false
  /// A constraint whose value is not known is told once.
  private var isUnknownTold = false

  init(
    settings: DesignSettings, factors: [Factor], constraints: [DesignConstraint],
    section: ModelSection, faults: FaultCollector
  ) {
    self.settings = settings
    self.factors = factors
    self.constraints = constraints
    self.section = section
    self.faults = faults
  }

  /// Adds the rows of any method but an imported file.
  mutating func add() {
    switch settings.method {
    case .grid: addCombinations(factors.map { $0.levels(ofRange: rangeLevels(of: $0)) })
    case .factorial: addCombinations(factors.map(\.ends))
    case .fractional: addFraction()
    case .oneAtATime: addOneAtATime()
    case .lhs: addLatinHypercube()
    case .sobol: addSobol()
    case .morris: addMorris()
    case .saltelli: addSaltelli()
    case .file: preconditionFailure("a file is imported")
    }
  }

  mutating func addImported(_ file: ImportedDesign?) {
    guard let file, let columns = file.columns(of: factors, faults) else { return }
    for record in file.records {
      guard record.fields.count == file.header.fields.count else {
        faults.record(
          SourcePlace(file: file.shown, line: record.line), "has \(record.fields.count) fields",
          "the header has \(file.header.fields.count)")
        continue
      }
      let isKept = add(
        zip(factors, columns).map { factor, column in
          file.level(record.fields[column], of: factor, line: record.line, faults)
        })
      if isKept { rows[rows.count - 1].place = SourcePlace(file: file.shown, line: record.line) }
    }
  }

  // MARK: - One row

  /// Adds a row if it meets the constraints.
  ///
  /// - Returns: Whether it does.
  @discardableResult
  private mutating func add(_ levels: [Factor.Level?]) -> Bool {
    guard meetsAll(levels) else {
      leftOut += 1
      return false
    }
    rows.append(PointDesign.Row(levels: levels, origin: .row(rows.count)))
    return true
  }

  private mutating func meetsAll(_ levels: [Factor.Level?]) -> Bool {
    for constraint in constraints {
      guard let holds = constraint.holds(levels) else {
        if !isUnknownTold {
          section.fault(
            "constraints", "\(constraint.text.quotedBriefly) hangs on a value that is not known",
            "name factors that each point sets, or that the model gives one value")
        }
        isUnknownTold = true
        return true
      }
      if !holds { return false }
    }
    return true
  }

  private func levels(at coordinates: [Double]) -> [Factor.Level] {
    zip(factors, coordinates).map { $0.level(at: $1) }
  }

  private func isTooLarge(_ count: Int?) -> Bool {
    if let count, count <= DesignSettings.mostPoints { return false }
    section.fault(
      "has \(count.map(String.init) ?? "too many") points",
      "\(DesignSettings.mostPoints) are the most")
    return true
  }

  // MARK: - Combinations

  /// How many values of a range without steps are looked at; a fault where nothing says it.
  private func rangeLevels(of factor: Factor) -> Int {
    if let levels = settings.levels { return levels }
    if factor.levelCount == nil {
      faults.record(
        factor.place, "is a range without steps", "add step: …, or levels: to the design")
    }
    return 2
  }

  private mutating func addCombinations(_ levels: [[Factor.Level]]) {
    let counts = levels.map(\.count)
    guard !isTooLarge(FullFactorial.size(levels: counts)) else { return }
    for row in FullFactorial.rows(levels: counts) { add(zip(levels, row).map { $0[$1] }) }
  }

  private mutating func addOneAtATime() {
    let levels = factors.map { $0.levels(ofRange: settings.levels ?? 2) }
    for change in OneAtATime.changes(levels: levels.map(\.count)) {
      var row = [Factor.Level?](repeating: nil, count: factors.count)
      row[change.factor] = levels[change.factor][change.level]
      add(row)
    }
  }

  private mutating func addFraction() {
    let levels = factors.map(\.ends)
    for (factor, levels) in zip(factors, levels) where levels.count != 2 {
      faults.record(
        factor.place, "has \(levels.count) levels", "factors of a fraction have two: low and high")
    }
    if let points = settings.points {
      guard factors.count >= 63 || points <= 1 << factors.count else {
        section.fault(
          "points", "is \(points), and there are \(1 << factors.count) combinations",
          "write \(1 << factors.count) or fewer")
        return
      }
      let free = min(factors.count, points.trailingZeroBitCount)
      fraction = FractionalFactorial(factors: factors.count, freeFactors: free)
      if fraction == nil { failFraction(points) }
    } else {
      fraction = GeneratorReader(names: factors.map(\.name), section: section).fraction(
        settings.generators)
    }
    guard let fraction, levels.allSatisfy({ $0.count == 2 }), !isTooLarge(fraction.size) else {
      return
    }
    for row in fraction.rows { add(zip(levels, row).map { $0[$1] }) }
  }

  /// Says why there is no fraction of so many points.
  private func failFraction(_ points: Int) {
    let count = factors.count
    if count > FractionalFactorial.mostFactors {
      section.fault(
        "method", "is fractional, and there are \(count) factors",
        "\(FractionalFactorial.mostFactors) are the most")
    } else {
      // 2ᵏ points have 2ᵏ − 1 columns.
      let enough = 1 << (Int.bitWidth - count.leadingZeroBitCount)
      section.fault(
        "points", "is \(points), too few for \(count) factors", "write \(enough) or more")
    }
  }

  /// `d = a * b * c` for each generator.
  static func words(_ fraction: FractionalFactorial, _ names: [String]) -> [String] {
    fraction.generators.map { generator in
      let parts = names.indices.filter { generator.product >> UInt64($0) & 1 == 1 }
      let product = parts.map { names[$0] }.joined(separator: " * ")
      return "\(names[generator.factor]) = \(generator.isNegative ? "-" : "")\(product)"
    }
  }

  // MARK: - Samples

  private mutating func addLatinHypercube() {
    let points = LatinHypercube.points(
      settings.points!, columns: factors.count, seed: settings.seed)
    for point in points { add(levels(at: point)) }
  }

  /// Goes on along the sequence until enough points meet the constraints.
  private mutating func addSobol() {
    let wanted = settings.points!
    guard factors.count <= SobolPoints.mostColumns else {
      isSobolReplaced = true
      return addLatinHypercube()
    }
    let most = constraints.isEmpty ? wanted : min(SobolPoints.mostPoints, 100 * wanted)
    var sequence = SobolSequence(columns: factors.count, seed: settings.seed)
    var done = 0
    while rows.count < wanted, done < most, !isUnknownTold {
      add(levels(at: sequence.next()))
      done += 1
    }
    if rows.count < wanted { tooFew(rows.count, "points", of: most) }
  }

  private mutating func addMorris() {
    // Values that can be counted are each a level of the factor's own grid.
    let levels = factors.map { $0.levelCount ?? settings.levels ?? 4 }
    for (factor, levels) in zip(factors, levels) where levels < 2 {
      faults.record(
        factor.place, "has one value, and a trajectory changes every factor",
        "give it two values or more, or set it in the scenarios")
    }
    guard levels.allSatisfy({ $0 >= 2 }) else { return }
    let design = MorrisTrajectories(levels: levels, seed: settings.seed)
    guard !isTooLarge(settings.trajectories * (factors.count + 1)) else { return }
    var found = 0
    var number = 0
    let most = constraints.isEmpty ? settings.trajectories : 1000 * settings.trajectories
    while found < settings.trajectories, number < most, !isUnknownTold {
      let points = design.trajectory(number)
      number += 1
      let all = points.map { self.levels(at: $0.coordinates) }
      // A trajectory with a gap has no effect to tell.
      guard all.allSatisfy({ meetsAll($0) }) else {
        leftOut += 1
        continue
      }
      rows += zip(points, all).map { point, levels in
        PointDesign.Row(
          levels: levels, origin: .morris(trajectory: found, step: point.step))
      }
      found += 1
    }
    if found < settings.trajectories { tooFew(found, "trajectories", of: number) }
  }

  private mutating func addSaltelli() {
    guard !isTooLarge(settings.points! * (factors.count + 2)) else { return }
    isSobolReplaced = !SaltelliDesign.usesSobol(columns: factors.count)
    let design = SaltelliDesign(
      rows: settings.points!, columns: factors.count, seed: settings.seed)
    rows = design.points.map { point in
      PointDesign.Row(
        levels: levels(at: point.coordinates),
        origin: .saltelli(row: point.row, matrix: point.matrix))
    }
  }

  private func tooFew(_ found: Int, _ what: String, of tried: Int) {
    guard !isUnknownTold else { return }
    section.fault(
      "constraints", "leave \(found) of \(tried) \(what)", "loosen them, or narrow the ranges")
  }
}

/// Reads the generators of a fraction: `d = a * b * c` by names, or `D=ABC` by letters.
private struct GeneratorReader {
  let names: [String]
  let section: ModelSection

  func fraction(_ texts: [String]) -> FractionalFactorial? {
    let generators = texts.compactMap(generator)
    guard generators.count == texts.count else { return nil }
    do throws(FractionalFactorial.Fault) {
      return try FractionalFactorial(factors: names.count, generators: generators)
    } catch {
      let (problem, remedy) = words(error)
      section.fault("generators", problem, remedy)
      return nil
    }
  }

  private func generator(_ text: String) -> FractionalFactorial.Generator? {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmed)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
      fail(text, "is no generator", "write d = a * b * c")
      return nil
    }
    let isNegative = sides[1].hasPrefix("-")
    let product = isNegative ? sides[1].dropFirst().trimmed : sides[1]
    guard let factor = number(sides[0], text) else { return nil }
    let isLetters =
      !names.contains(product) && product.allSatisfy { $0.isASCII && $0.isUppercase }
    let parts =
      isLetters
      ? product.map { String($0) }
      : product.split(separator: "*", omittingEmptySubsequences: false).map(\.trimmed)
    var bits: UInt64 = 0
    for part in parts {
      guard let number = number(part, text) else { return nil }
      bits |= 1 << UInt64(number)
    }
    return .init(factor: factor, product: bits, isNegative: isNegative)
  }

  private func number(_ name: String, _ text: String) -> Int? {
    if let index = names.firstIndex(of: name) { return index }
    if name.utf8.count == 1, let letter = name.utf8.first, letter >= 65,
      names.indices.contains(Int(letter) - 65)
    {
      return Int(letter) - 65
    }
    fail(text, "names \(name.quotedBriefly)", remedy(for: name, among: names, kind: "factor"))
    return nil
  }

  private func fail(_ text: String, _ problem: String, _ remedy: String) {
    section.fault("generators", "\(text.quotedBriefly) \(problem)", remedy)
  }

  private func words(_ fault: FractionalFactorial.Fault) -> (String, String) {
    switch fault {
    case .madeTwice(let factor): ("make \(names[factor]) twice", "keep one of them")
    case .isMadeOfMade(let factor, let part):
      (
        "make \(names[factor]) of \(names[part]), which is made itself",
        "use factors that no generator makes"
      )
    case .confounds(let factor, let other):
      (
        "make \(names[factor]) the same as \(names[other])",
        "multiply at least two factors, others for each"
      )
    case .isTooLarge:
      (
        "are too many",
        "\(FractionalFactorial.mostFactors) factors are the most"
      )
    }
  }
}
