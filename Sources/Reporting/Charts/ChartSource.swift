// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// What charts are made of: a results file, read once.
public final class ChartSource {
  public let results: ResultsFile
  let header: ResultsHeader
  /// The rows of the scenarios that are drawn, one form of money.
  let summary: [SummaryRow]
  let contrasts: [ContrastRow]
  /// The scenarios in the order of the experiment; of a design, at its base point.
  let scenarios: [String]
  let baseline: String
  /// As the reader asked for it.
  let baselineAsked: String?
  /// In which scenarios are called by their titles.
  public var language = Language.english

  /// - Parameter baseline: The scenario that others are compared with; `nil`: the experiment's.
  /// - Throws: ``RunnerFault`` when there is no such scenario or the file cannot be read.
  public init(_ results: ResultsFile, baseline: String? = nil) throws {
    self.results = results
    header = results.header
    let design = header.storedDesign
    let form = header.points.first?.moneyForm
    let names = header.scenarioNames
    let drawn = Set(
      (design == nil
        ? header.points.filter { $0.moneyForm == form }
        : design?.basePoint == true ? Array(header.points.prefix(names.count)) : []).map(\.id))
    points = drawn
    scenarios = names
    baselineAsked = baseline
    self.baseline = baseline ?? header.provenance["baseline"] ?? names.first ?? ""
    if header.twins == nil {
      summary = try results.summary().filter { drawn.contains($0.point) }
      contrasts = try results.contrasts(baseline: baseline).filter { drawn.contains($0.point) }
    } else {
      (summary, contrasts) = ([], [])
    }
  }

  /// The points whose rows are drawn, by number.
  let points: Set<Int>

  /// The point of a scenario whose rows are drawn.
  func point(of scenario: String) -> Int? {
    header.points.first { $0.scenario == scenario && points.contains($0.id) }?.id
  }

  /// The scenario that a chart of one tells of: the one that is asked for, else the first that is no
  /// baseline, else the only one.
  ///
  /// - Throws: ``RunnerFault`` when no scenario has the name that is asked for.
  func scenarioTold(_ context: ChartContext) throws -> String {
    guard let name = context.scenario else {
      return scenarios.first { $0 != baseline } ?? baseline
    }
    guard scenarios.contains(name) else {
      throw RunnerFault.invalid(
        "\(results.path): there is no scenario \(name); there are "
          + scenarios.joined(separator: ", "))
    }
    return name
  }

  /// The towns and institutions of the region; of a network none.
  lazy var places: [RegionPlace] = {
    guard header.provenance["kind"] == "region",
      let plan = try? StoredExperiment(results).loaded.plan, let point = plan.points.first
    else { return [] }
    return RegionPlace.all(of: point.document)
  }()

  /// The assumptions of the stored model; none where this version cannot read it.
  lazy var assumptions: [Assumption] = (try? results.storedAssumptions()) ?? []

  /// The rows of a measure and dimension, and which contrasts belong to them.
  func rows(_ measure: String, by dimension: String = "", member: String? = nil) -> [SummaryRow] {
    summary.filter {
      $0.measure == measure && $0.dimension == dimension && (member ?? $0.member) == $0.member
    }
  }

  func contrasts(_ measure: String, by dimension: String = "", member: String? = nil)
    -> [ContrastRow]
  {
    contrasts.filter {
      $0.measure == measure && $0.dimension == dimension && (member ?? $0.member) == $0.member
    }
  }

  func label(_ measure: String, by dimension: String = "", member: String = "") -> SeriesLabel {
    SeriesLabel(
      MeasureSeries(
        measure: MeasureRequest(measure: measure, dimension: dimension), member: member), header)
  }

  func label(_ series: MeasureSeries) -> SeriesLabel { SeriesLabel(series, header) }

  /// What a reader calls a scenario: its title, where the experiment gives it one that no other has.
  func title(ofScenario name: String) -> String {
    if titles?.language != language { titles = ScenarioTitles(header, language) }
    return titles?.title(of: name) ?? name
  }
  private var titles: ScenarioTitles?

  /// What a reader calls a member of a dimension: a place by its own name, where the model has one.
  func member(_ name: String, of dimension: String, _ language: Language) -> String {
    if ["town", "institution"].contains(dimension),
      let place = places.first(where: {
        $0.key == name && ($0.kind == .town) == (dimension == "town")
      })
    {
      return (language == .chinese ? place.chinese : place.english) ?? name
    }
    return MeasureNames.member(name, of: dimension, language)
  }

  /// When measures were taken, how often, and where people choose by the price in two ways, in which:
  /// `23 July 2020 to 22 July 2021, 20 replications`.
  ///
  /// - Parameters:
  ///   - span: What a chart shows in the place of the window.
  ///   - isEveryForm: Whether a chart shows all forms in which prices enter choices.
  func circumstances(
    _ language: Language, span: String? = nil, isEveryForm: Bool = false
  ) -> String {
    var parts = [span ?? window(language)].compactMap(\.self)
    let n = summary.map(\.n).max() ?? header.replications
    parts.append(
      (header.isBatched ? ChartPhrase.batches(n) : ChartPhrase.replications(n)).text(language))
    if !isEveryForm, let form = header.points.first?.moneyForm,
      header.points.contains(where: { $0.moneyForm != form && $0.moneyForm != nil })
    {
      parts.append(ChartPhrase.oneForm(form).text(language))
    }
    return parts.joined(separator: language == .english ? ", " : "，")
  }

  /// What points of differences are.
  var differenceNote: String {
    let baseline = title(ofScenario: baseline)
    return
      (isPaired
      ? ChartPhrase.pairedDifference(from: baseline) : ChartPhrase.ownDifference(from: baseline))
      .text(language)
  }

  /// Whether the form in which prices enter choices is one of the assumptions that are drawn.
  var drawsForm: Bool { header.factors.contains { $0.paths == [UncertaintyText.moneyForm] } }

  /// Whether scenarios met the same luck.
  var isPaired: Bool { header.provenance["random-numbers"] != "independent" }

  /// A title that names two scenarios; more of them stand in the legend.
  func compared(_ text: String, _ scenarios: [String]) -> String {
    guard scenarios.count == 2, let other = scenarios.first(where: { $0 != baseline }),
      scenarios.contains(baseline)
    else { return text }
    return FlowPhrase.compared(
      text, title(ofScenario: other), baseline: title(ofScenario: baseline), language)
  }

  /// When measures were taken; of a network, which has no dates, `nil`.
  func window(_ language: Language) -> String? {
    guard let start = header.provenance["window-start"], let end = header.provenance["window-end"]
    else { return nil }
    return DateText.window(from: start, to: end, language)
  }

  /// - Throws: What is missing for a chart, and what would bring it.
  func missing(_ kind: ChartKind, _ what: String) -> RunnerFault {
    .invalid("\(results.path): has no numbers for the chart \(kind.rawValue): \(what)")
  }
}
