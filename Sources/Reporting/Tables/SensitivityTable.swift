// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// What the factors of a design do to measures, by the analysis that fits the design.
public struct SensitivityTable {
  private let study: SensitivityStudy
  private let results: [(label: SeriesLabel, result: SensitivityStudy.Result)]
  /// Whether measures were asked for by name: then what cannot be told of one is said, too.
  private let isAsked: Bool

  /// - Parameter measures: Those asked for; empty for those that a report of the file shows.
  /// - Throws: ``RunnerFault`` when the file has no such design or measure.
  public init(_ file: ResultsFile, measures: [MeasureSeries]) throws {
    let study = try SensitivityStudy(file)
    self.study = study
    isAsked = !measures.isEmpty
    let all = measures.isEmpty ? try file.defaultSeries() : measures
    results = try all.flatMap { series in
      let label = SeriesLabel(series, file.header)
      return try study.quantities(of: series).map { (label, try study.result(of: $0)) }
    }
  }

  // MARK: For a program

  /// The method, and for each measure and scenario what was found of each factor.
  public var json: JSONValue {
    .object([
      ("results", .text(study.path)), ("method", .text(study.method.rawValue)),
      ("design", study.header.storedDesign?.json ?? .null),
      ("replications", .integer(study.replications)),
      ("noise_taken_out", .flag(study.replications > 1)), ("level", .number(0.95)),
      ("analyses", .list(results.map { SensitivityJSON(study).json($0.label, $0.result) })),
    ])
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    let design = study.header.storedDesign.map {
      SweepTable(header: study.header, design: $0, language: language).designBlocks
    }
    return ((design ?? []) + blocks(language)).text(width: width)
  }

  /// What was found; the design is told before.
  func blocks(_ language: Language) -> [TextBlock] {
    var blocks: [TextBlock] = []
    let isFirst = study.header.scenarioNames.count == 1
    for (label, result) in results {
      // Of other scenarios, what they change says more than what they have.
      let isShown =
        isFirst || result.quantity.baseline != nil
        || result.quantity.scenario == study.header.provenance["baseline"]
      guard isShown, let part = block(label, result, language) else { continue }
      blocks += [.gap, .heading(title(label, result.quantity, language)), .gap] + part
    }
    if results.isEmpty { blocks += [.gap, .heading(SensitivityPhrase.nothing.text(language))] }
    return blocks + [.gap] + notes.map { .paragraph($0.text(language)) }
  }

  private func title(
    _ label: SeriesLabel, _ quantity: SensitivityStudy.Quantity, _ language: Language
  ) -> String {
    let name = label.title(language, isDifference: quantity.baseline != nil)
    let (colon, space) = language == .english ? (": ", " ") : ("：", "")
    func word(_ phrase: SensitivityPhrase) -> String { phrase.text(language) }
    let titles = ScenarioTitles(study.header, language)
    func named(_ scenario: String) -> String {
      let title = titles.title(of: scenario)
      return language == .english ? " " + title : "“\(title)”"
    }
    let scenario = named(quantity.scenario)
    if let baseline = quantity.baseline {
      return name + colon + word(.differenceOf) + scenario + space + word(.against)
        + named(baseline)
    }
    guard study.header.scenarioNames.count > 1 else { return name }
    return name + colon + word(.inScenario) + scenario
  }

  private var notes: [SensitivityPhrase] {
    let isReplicated = study.replications > 1
    switch study.method {
    case .morris: return [.morrisNote, isReplicated ? .morrisTaken : .mixed]
    case .sobol: return [.sobolNote, isReplicated ? .taken : .mixed]
    case .rank: return [.rankNote]
    case .oneAtATime: return isReplicated ? [.barNote] : [.barNote, .mixed]
    }
  }

  /// What stands under a title; `nil` where there is nothing to say.
  private func block(
    _ label: SeriesLabel, _ result: SensitivityStudy.Result, _ language: Language
  ) -> [TextBlock]? {
    let scale = label.scale
    switch result.finding {
    case .constant: return isAsked ? [.heading(SensitivityPhrase.constant.text(language))] : nil
    case .undefined: return isAsked ? [.heading(SensitivityPhrase.undefined.text(language))] : nil
    case .morris(let effects):
      return [.table(morris(effects, scale, language))] + noiseLines(result, language)
    case .sobol(let indices):
      guard let table = sobol(indices, language) else {
        return [.paragraph(SensitivityPhrase.indistinct.text(language))]
      }
      let spread = indices.variance
      func root(_ variance: Double) -> Double { scale * max(0, variance).squareRoot() }
      let deviation = NumberText.text(
        mean: root(spread.estimate), low: root(spread.low), high: root(spread.high), scale: 1)
      return [
        .table(table), .heading("\(SensitivityPhrase.variance.text(language)): \(deviation)"),
      ] + noiseLines(result, language)
    case .rank(let correlation, let factors):
      return [.table(rank(correlation, factors, language))] + noiseLines(result, language)
    case .oneAtATime(let effects, let values, _):
      return [.table(bars(effects, values, scale, language))]
    }
  }

  private func noiseLines(_ result: SensitivityStudy.Result, _ language: Language) -> [TextBlock] {
    guard let noise = result.noise else { return [] }
    let share = NumberText.text(100 * noise.share, decimals: 1)
    return [.heading("\(SensitivityPhrase.noise.text(language)): \(share) %")]
  }

  private func table(
    _ title: SensitivityPhrase?, _ columns: [SensitivityPhrase], _ language: Language
  )
    -> TextTable
  {
    TextTable(
      labelTitle: title?.text(language) ?? SweepPhrase.factor.text(language),
      columns: columns.enumerated().map { (title: $1.text(language), group: $0) })
  }

  private static func cell(
    _ interval: ConfidenceInterval?, _ scale: Double, isSigned: Bool = false
  ) -> String {
    guard let interval else { return "-" }
    return NumberText.text(
      mean: interval.estimate, low: interval.low, high: interval.high, scale: scale,
      isSigned: isSigned)
  }

  private func name(_ factor: Int) -> String { study.factors[factor].name }

  private func morris(
    _ effects: ElementaryEffects, _ scale: Double, _ language: Language
  ) -> TextTable {
    let isTold = effects.replications > 1
    var table = table(nil, [.size, .mean, .deviation] + (isTold ? [.told] : []), language)
    let order = effects.effects.indices.sorted {
      (-(effects.effects[$0]?.size.mean ?? -.infinity), $0)
        < (-(effects.effects[$1]?.size.mean ?? -.infinity), $1)
    }
    for factor in order {
      let effect = effects.effects[factor]
      var cells = [
        Self.cell(effect?.size, scale), Self.cell(effect?.mean, scale, isSigned: true),
        Self.cell(effect?.deviation, scale),
      ]
      if isTold {
        cells.append(
          effect?.isTold.map { ($0 ? SensitivityPhrase.yes : .no).text(language) } ?? "-")
      }
      table.rows.append(.cells(label: name(factor), depth: 0, cells))
    }
    return table
  }

  private func sobol(_ found: SobolIndices, _ language: Language) -> TextTable? {
    guard let indices = found.indices else { return nil }
    var table = table(nil, [.first, .total], language)
    let order = indices.indices.sorted {
      (-indices[$0].total.estimate, $0) < (-indices[$1].total.estimate, $1)
    }
    for factor in order {
      table.rows.append(
        .cells(
          label: name(factor), depth: 0,
          [Self.cell(indices[factor].first, 100), Self.cell(indices[factor].total, 100)]))
    }
    return table
  }

  private func rank(
    _ found: RankCorrelation, _ factors: [Int], _ language: Language
  ) -> TextTable {
    var columns: [SensitivityPhrase] = [.correlation, .chance]
    if found.partial != nil { columns += [.partial, .partialChance] }
    var table = table(nil, columns, language)
    // A coefficient and its chance stay together.
    for place in table.columns.indices { table.columns[place].group = place / 2 }
    let chances = SensitivityJSON.adjusted(found.plain)
    let partialChances = found.partial.map { SensitivityJSON.adjusted($0) }
    func size(_ place: Int) -> Double { abs(found.plain[place]?.interval.estimate ?? 0) }
    let order = factors.indices.sorted { (-size($0), $0) < (-size($1), $1) }
    for place in order {
      func chance(_ value: Double?) -> String {
        value.map { NumberText.text(probability: $0) } ?? "-"
      }
      var cells = [
        Self.cell(found.plain[place]?.interval, 1, isSigned: true), chance(chances[place]),
      ]
      if let partial = found.partial, let partialChances {
        cells += [
          Self.cell(partial[place].interval, 1, isSigned: true), chance(partialChances[place]),
        ]
      }
      table.rows.append(.cells(label: name(factors[place]), depth: 0, cells))
    }
    let others = study.factors.indices.filter { !factors.contains($0) }
    let blank = columns.map { _ in "-" }
    table.rows += others.map { factor in
      .cells(
        label: "\(name(factor)) (\(SensitivityPhrase.notOrdered.text(language)))", depth: 0, blank)
    }
    return table
  }

  /// Columns on either side of a bar's middle.
  private static let barWidth = 12

  private func bars(
    _ effects: OneAtATimeEffects, _ values: [[String]], _ scale: Double, _ language: Language
  ) -> TextTable {
    var table = table(.value, [.effect, .chance, .bar], language)
    let largest = effects.factors.joined().map { abs($0.effect.mean) }.max() ?? 0
    for factor in effects.order {
      table.rows.append(.heading(name(factor)))
      for (bar, value) in zip(effects.factors[factor], values[factor]) {
        let (effect, interval) = (bar.effect, bar.effect.interval)
        table.rows.append(
          .cells(
            label: value, depth: 1,
            [
              NumberText.text(
                mean: effect.mean, low: interval?.low, high: interval?.high, scale: scale,
                isSigned: true),
              bar.adjustedPValue.map { NumberText.text(probability: $0) } ?? "-",
              Self.drawn(largest > 0 ? effect.mean / largest : 0),
            ]))
      }
    }
    return table
  }

  /// A bar to the left or to the right of a middle line.
  private static func drawn(_ share: Double) -> String {
    let length = Int((abs(share) * Double(barWidth)).rounded())
    let bar = String(repeating: "█", count: length)
    let space = String(repeating: " ", count: barWidth - length)
    let blank = String(repeating: " ", count: barWidth)
    return share < 0 ? "\(space)\(bar)│\(blank)" : "\(blank)│\(bar)\(space)"
  }
}
