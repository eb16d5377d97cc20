// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// What a results file shows of each scenario: a finding for each measure that was asked for.
public struct Findings: Sendable {
  /// Of one scenario, in the order of the experiment.
  public struct Group: Sendable {
    public let scenario: String
    public let baseline: String
    public let findings: [Finding]
  }

  public let groups: [Group]
  /// Whether an analysis over the assumptions was read.
  package let hasAssumptions: Bool
  /// Scenarios that each measure is compared for.
  package let comparisons: Int
  package let window: (start: String, end: String)?
  package let replications: Int
  package let isBatched: Bool
  /// What is said of a sample of residents.
  let sampled: Phrase?
  private let titles: [Language: ScenarioTitles]

  /// - Parameters:
  ///   - uncertainty: A file of draws of the assumptions of the same model; it may be the same file.
  /// - Throws: ``RunnerFault`` when the file cannot be read.
  public init(_ results: ResultsFile, uncertainty: ResultsFile? = nil, threads: Int = 1) throws {
    let header = results.header
    titles = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, ScenarioTitles(header, $0)) })
    replications = header.replications
    isBatched = header.isBatched
    sampled = SampleNote.phrase(header)
    window = header.provenance["window-start"].flatMap { start in
      header.provenance["window-end"].map { (start, $0) }
    }
    var drawn: [AssumptionFinding] = []
    if let uncertainty {
      let analysis = try UncertaintyAnalysis(uncertainty, threads: threads)
      drawn = analysis.rows.map { AssumptionFinding($0, assumptions: analysis.factors.count) }
    }
    hasAssumptions = !drawn.isEmpty
    if let uncertainty, uncertainty.path == results.path {
      comparisons = 1
      groups = Self.groups(
        header,
        drawn.map { finding in
          Finding(
            finding, unit: SeriesLabel(finding.row.series, header).unit,
            replications: header.replications)
        })
      return
    }
    guard header.twins == nil, header.storedDesign == nil else {
      (groups, comparisons) = ([], 1)
      return
    }
    let found = try Self.findings(results, drawn)
    groups = Self.groups(header, found)
    comparisons = groups.count
  }

  /// Of a file that has none.
  package init(none results: ResultsFile) {
    titles = [:]
    replications = results.header.replications
    isBatched = results.header.isBatched
    sampled = SampleNote.phrase(results.header)
    (window, groups, hasAssumptions, comparisons) = (nil, [], false, 1)
  }

  private static func groups(_ header: ResultsHeader, _ findings: [Finding]) -> [Group] {
    header.scenarioNames.compactMap { name in
      let own = findings.filter { $0.scenario == name }
      return own.first.map { Group(scenario: name, baseline: $0.baseline, findings: own) }
    }
  }

  private static func findings(
    _ results: ResultsFile, _ drawn: [AssumptionFinding]
  ) throws -> [Finding] {
    let header = results.header
    let contrasts = try results.contrasts()
    let summary = try results.summary()
    let forms = FormDependence(header, contrasts)
    let layout = ReportLayout(
      header, catalogue: header.measureCatalogue, observed: try results.observedMeasures())
    let matters = header.matters
    // Where both forms of money were run, the first is told in numbers, and both in the verdict.
    let form = header.points.first?.moneyForm
    let points = header.points.filter { $0.moneyForm == form }
    var means: [Int: [MeasureSeries: Double]] = [:]
    for row in summary {
      means[row.point, default: [:]][
        MeasureSeries(
          measure: MeasureRequest(measure: row.measure, dimension: row.dimension),
          member: row.member)] = row.mean
    }
    let comparisons = points.filter { header.baselines[$0.id] != nil }.count
    return points.flatMap { point in
      layout.groups.flatMap(\.measures).flatMap { measure in
        told(layout.dimensions[measure] ?? []).flatMap { dimension in
          let rows = contrasts.filter {
            $0.point == point.id && $0.measure == measure && $0.dimension == dimension
          }
          let order = ReportLayout.ordered(Set(rows.map(\.member)), of: dimension)
          return order.compactMap { member in rows.first { $0.member == member } }
        }
      }.compactMap { row -> Finding? in
        let series = MeasureSeries(
          measure: MeasureRequest(measure: row.measure, dimension: row.dimension),
          member: row.member)
        let base = header.baselines[point.id].flatMap { means[$0]?[series] }
        let own = means[point.id]?[series]
        // A member that nobody goes to in either scenario is not one of the region.
        if !row.member.isEmpty, base == 0, own == 0 { return nil }
        return Finding(
          row, unit: SeriesLabel(series, header).unit, baselineMean: base, scenarioMean: own,
          matters: matters[series], comparisons: comparisons,
          forms: forms.disagreement(FormDependence.Key(row)),
          assumptions: drawn.first {
            $0.row.scenario == row.scenario && $0.row.baseline == row.baseline
              && $0.row.series == series
          })
      }
    }
  }

  /// Parts that a reader thinks of as measures of their own, or the only ones that were asked for; the
  /// tables have the others.
  private static func told(_ dimensions: [String]) -> [String] {
    let main = dimensions.filter { $0.isEmpty || $0 == "tier" }
    return main.isEmpty ? Array(dimensions.prefix(1)) : main
  }

  package func title(of scenario: String, _ language: Language) -> String {
    titles[language]?.title(of: scenario) ?? scenario
  }

  /// The first of each scenario that say something; as a whole, so many at most.
  package func main(most: Int = 12) -> [Group] {
    let each = max(2, most / max(1, groups.count))
    return groups.map { group in
      let whole = group.findings.filter { $0.series.member.isEmpty && $0.verdict != .same }
      return Group(
        scenario: group.scenario, baseline: group.baseline, findings: Array(whole.prefix(each)))
    }
  }
}

extension FormDependence {
  /// The verdict on a contrast on which the forms of money disagree.
  func disagreement(_ key: Key) -> Finding.Verdict? {
    guard isFormDependent(key) == true else { return nil }
    func verdict(_ form: String) -> Finding.FormVerdict {
      switch self.verdict(key, form: form) {
      case .up?: .up
      case .down?: .down
      case nil, .some(.none): .open
      }
    }
    return .formDependent(cost: verdict("cost"), share: verdict("share"))
  }
}
