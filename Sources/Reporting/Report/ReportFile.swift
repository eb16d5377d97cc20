// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// A results file that a report is made of, and what it is an answer to.
public struct ReportFile {
  public enum Kind: Sendable {
    case scenarios, uncertainty, sensitivity, sweep, explanation, search, selection, twins
  }

  public let results: ResultsFile
  public let kind: Kind

  public init(_ results: ResultsFile) {
    self.results = results
    let header = results.header
    if header.twins != nil {
      kind = .twins
    } else if header.explanation != nil {
      kind = .explanation
    } else if case .search = header.stopping {
      kind = .search
    } else if case .selection = header.stopping {
      kind = .selection
    } else if header.storedDesign == nil {
      kind = .scenarios
    } else if Self.drawsAssumptions(header) {
      kind = .uncertainty
    } else {
      kind = (try? SensitivityTable(results, measures: [])) == nil ? .sweep : .sensitivity
    }
  }

  /// Whether every factor is a place in the range of an assumption, as `yilian uncertainty` writes them.
  private static func drawsAssumptions(_ header: ResultsHeader) -> Bool {
    header.scenarioNames.count > 1
      && header.factors.allSatisfy { factor in
        factor.paths.allSatisfy {
          $0.hasPrefix("range.") || $0 == UncertaintyText.moneyForm
        } && !factor.paths.isEmpty
      }
  }

  /// Whether its scenarios are to be compared as they stand: points of a design, subsets of levers and
  /// what a search ran are not.
  var tellsFindings: Bool { kind == .scenarios }

  /// Its name without the folder.
  var name: String { URL(fileURLWithPath: results.path).lastPathComponent }

  /// What the file answers, in tables and sentences; of plain scenarios nothing beyond the report's own.
  func analysis(_ language: Language, threads: Int) throws -> [TextBlock]? {
    switch kind {
    case .scenarios: nil
    case .uncertainty:
      UncertaintyTable(results, try UncertaintyAnalysis(results, threads: threads))
        .blocks(language)
    case .sensitivity: try SensitivityTable(results, measures: []).blocks(language)
    case .explanation: try ExplanationTable(results, measures: []).blocks(language)
    case .search: try SearchTable(results).blocks(language)
    case .twins: try TwinTable(TwinFindings(results)).blocks(language)
    case .selection: try SelectionTable(results).blocks(language)
    case .sweep: try sweep(language)
    }
  }

  private func sweep(_ language: Language) throws -> [TextBlock] {
    let report = try ResultsReport(results)
    guard let design = results.header.storedDesign, !report.summary.isEmpty else {
      return [.paragraph(ReportPhrase.nothing.text(language))]
    }
    return report.sweepBlocks(design, language)
  }

  /// Costs of scenarios beside the primary share of visits, where a file of a region holds both; prices of
  /// the effect, which nobody has named here, are left out.
  func economics(_ language: Language) throws -> [TextBlock]? {
    guard kind == .scenarios, results.header.provenance["kind"] == "region",
      results.header.scenarioNames.count > 1,
      let effect = try results.defaultSeries().first(where: {
        $0.measure.measure == "primary-visit-share"
      })
    else { return nil }
    do {
      let evaluation = try EconomicEvaluation(results, EconomicRequest(effect: effect))
      return EconomicTable(evaluation).blocks(language, hasOptions: false)
    } catch let fault as RunnerFault where fault.cause == .invalidInput {
      return nil
    }
  }
}
