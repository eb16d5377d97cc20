// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import OutputAnalysis
import Reporting

struct EconomicsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "economics",
    abstract: "Weighs what scenarios cost against what they bring, from a results file.",
    discussion: """
      Cost and effect of each scenario, increments with dominance, cost-effectiveness ratios with \
      Fieller's interval, net benefit and acceptability at prices of the effect, and budget impact by \
      year where the costs were measured by month.
      """)

  @Argument(help: ArgumentHelp("A results file of an experiment.", valueName: "file.sqlite"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "A measure of costs; may be repeated, and is then added up (default: those of the perspective).",
      valueName: "measure"),
    transform: { try series($0, "--cost") })
  var cost: [MeasureSeries] = []

  @Option(
    help: ArgumentHelp(
      "A measure of what is brought: visits, or 'visits by tier=township'.", valueName: "measure"),
    transform: { try series($0, "--effect") })
  var effect: MeasureSeries

  @Option(
    help: """
      Which effect is better: higher or lower (default: higher, but of waits, travel, care not had and \
      what patients pay, lower).
      """)
  var better: Better?

  @Option(
    help: ArgumentHelp(
      "What one unit of the effect is worth; may be repeated. Also low:high:step.", valueName: "λ"),
    transform: { try thresholds($0) })
  var threshold: [[Double]] = []

  @Option(help: "Whose costs: patient, fund, provider or society.")
  var perspective: EconomicRequest.Perspective?

  @Option(
    help: ArgumentHelp("Discount rate a year, such as '3 %' (default: none).", valueName: "rate"),
    transform: { try rate($0) })
  var discount = 0.0

  @Option(help: "The year whose prices the model has.")
  var priceYear: Int?

  @Option(help: "The scenario to compare with (default: the experiment's baseline).")
  var baseline: String?

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  enum Better: String, CaseIterable, ExpressibleByArgument {
    case higher, lower
  }

  func run() throws {
    var request = EconomicRequest(effect: effect)
    request.costs = cost
    if let better { request.isHigherBetter = better == .higher }
    request.thresholds = threshold.flatMap(\.self)
    request.perspective = perspective
    request.discountRate = discount
    request.priceYear = priceYear
    request.baseline = baseline
    let table = EconomicTable(try EconomicEvaluation(ResultsFile.open(file), request))
    try Console.print(
      common.json ? table.json.indented : table.text(language.resolved, width: Console.width))
  }

  private static func series(_ text: String, _ option: String) throws -> MeasureSeries {
    guard let series = MeasureSeries(text) else {
      throw ValidationError("write a measure, such as visits, or 'visits by tier=township'")
    }
    return series
  }

  /// The most thresholds of one range.
  private static let mostThresholds = 1000

  private static func thresholds(_ text: String) throws -> [Double] {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.allSatisfy({ $0.map { $0.isFinite && $0 >= 0 } ?? false }) else {
      throw ValidationError("write numbers of 0 or more, such as 50000, or 0:100000:10000")
    }
    let numbers = parts.compactMap(\.self)
    switch numbers.count {
    case 1: return numbers
    case 3 where numbers[1] >= numbers[0] && numbers[2] > 0:
      let count = ((numbers[1] - numbers[0]) / numbers[2] + 1e-9).rounded(.down)
      guard count < Double(mostThresholds) else {
        throw ValidationError("there are more than \(mostThresholds) steps; write a larger one")
      }
      return (0...Int(count)).map { numbers[0] + Double($0) * numbers[2] }
    default: throw ValidationError("write one number, or low:high:step")
    }
  }

  private static func rate(_ text: String) throws -> Double {
    let digits = text.replacing("%", with: "").replacing(" ", with: "")
    guard let number = Double(digits) else {
      throw ValidationError("write a rate, such as '3 %' or 0.03")
    }
    let rate = text.contains("%") ? number / 100 : number
    guard rate >= 0, rate < 1 else {
      throw ValidationError("is \(text) a year; write a rate from 0 to below 100 %")
    }
    return rate
  }
}

extension EconomicRequest.Perspective: ExpressibleByArgument {}
