// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import InputAnalysis
import ModelFiles
import Reporting

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fits distributions to a column of data and prints the best as a model writes it.",
    discussion: """
      By maximum likelihood, ranked by AIC or BIC, with Kolmogorov-Smirnov, Anderson-Darling and \
      chi-square tests whose p-values allow for fitted parameters (bootstrap). Whole numbers without \
      a unit are taken as counts, all else as measured; --kind decides otherwise.
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case measured, counts
  }

  @Argument(help: ArgumentHelp("A CSV file with a header.", valueName: "data.csv"))
  var file: String

  @Option(help: ArgumentHelp("The column (default: the only one).", valueName: "name"))
  var column: String?

  @Option(
    help: ArgumentHelp(
      "The unit of the values (default: that in which the column's name ends: _minutes or _min, _seconds or _s, "
        + "_hours or _h, _days or _d, _week, _years or _year, _yuan or _CNY, _km).",
      valueName: "unit"))
  var unit: String?

  @Option(
    help: ArgumentHelp(
      "What the model shall cite: an entry of sources.yaml, and the place in it.",
      valueName: "source"))
  var source: String?

  @Option(
    help: ArgumentHelp("The key for the model (default: the column's name).", valueName: "key"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Print and plot this distribution, or empirical, in place of the best.", valueName: "name"))
  var family: String?

  @Option(help: "What the values are (default: as their column tells).")
  var kind: Kind?

  @Option(help: "Rank by aic or bic.")
  var criterion = FitComparison.Criterion.aic

  @Option(help: ArgumentHelp("The lower end of a beta distribution.", valueName: "number"))
  var low: Double?

  @Option(help: ArgumentHelp("The upper end of a beta distribution.", valueName: "number"))
  var high: Double?

  @Option(help: ArgumentHelp("Bootstrap samples for each distribution.", valueName: "n"))
  var bootstrap = 200

  @Option(help: "Seed of the bootstrap.")
  var seed: UInt64 = 1

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  private static let families = FittedFamily.allCases.map(\.rawValue) + ["empirical"]

  func validate() throws {
    // The ranges of what is fitted are the bootstrap's: of fewer samples they would say nothing. A
    // program may do without.
    guard (20...100_000).contains(bootstrap) || bootstrap == 0 && common.json else {
      throw ValidationError(
        "--bootstrap is \(bootstrap); write 20 to 100000, or with --json 0 for no ranges")
    }
    if let family, !Self.families.contains(family) {
      let hint = nearestName(to: family, among: Self.families).map { "did you mean \($0)? " } ?? ""
      throw ValidationError(
        "there is no distribution \(family) to fit; \(hint)there are "
          + Self.families.joined(separator: ", "))
    }
    if let name,
      name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    {
      throw ValidationError(
        "--name is “\(name)”; write letters, digits and hyphens, such as \(FitYAML.key(name))")
    }
    if let low, let high, low >= high {
      throw ValidationError("--low is \(low) and --high \(high); write the lower one first")
    }
    if (low == nil) != (high == nil) {
      throw ValidationError("--low and --high are the ends of one distribution; write both")
    }
  }

  func run() throws {
    let signals = StopSignals()
    let faults = FaultCollector()
    let data = DataColumn(file: file, column: column, unit: unit, faults)
    try faults.throwIfAny()
    guard let data else { preconditionFailure("data that cannot be read have recorded a fault") }
    let sample = Sample(data.values)
    let families = try families(sample, data)
    try checkFamily(sample)
    let clock = ContinuousClock.now
    // Nothing is said of short work, and of long work a line every ten seconds.
    var next = Duration.seconds(2)
    let comparison = FitComparison(
      of: sample, families: families, bounds: bounds(sample), criterion: criterion,
      samples: bootstrap, seed: seed
    ) { share in
      let elapsed = clock.duration(to: .now)
      if !common.quiet, elapsed >= next {
        next = elapsed + .seconds(10)
        Console.complain(["\(Int(100 * share)) % of the bootstrap samples"])
      }
      return !signals.flag.isRaised
    }
    if signals.flag.isRaised { throw ExitStatus.stopped }
    try print(data, comparison)
    withExtendedLifetime(signals) {}
  }

  private func families(_ sample: Sample, _ data: DataColumn) throws(RunnerFault) -> [FittedFamily]
  {
    let areCounts = kind.map { $0 == .counts } ?? (sample.areCounts && data.unit.isEmpty)
    guard !areCounts || sample.areCounts else {
      throw .invalid(
        "\(file): \(data.name): holds values that are no whole numbers from 0; leave --kind counts out"
      )
    }
    let families = FitComparison.families(ofCounts: areCounts)
    guard let family, let asked = FittedFamily(rawValue: family) else { return families }
    guard families.contains(asked) else {
      throw .invalid(
        "--family \(family): is a distribution of \(areCounts ? "measured values" : "counts"); write "
          + "--kind \(areCounts ? "measured" : "counts") to fit it")
    }
    return families
  }

  /// Whether the family asked for can be fitted at all, before time is spent on the others.
  private func checkFamily(_ sample: Sample) throws(RunnerFault) {
    guard let family, let asked = FittedFamily(rawValue: family) else { return }
    do { _ = try Fit(asked, to: sample, bounds: bounds(sample)) } catch {
      throw .invalid("--family \(family): cannot be fitted: \(FitTable.words(for: error))")
    }
  }

  /// Those given, else 0 to 1 for shares.
  private func bounds(_ sample: Sample) -> ClosedRange<Double>? {
    if let low, let high { return low...high }
    return sample.minimum > 0 && sample.maximum < 1 ? 0...1 : nil
  }

  private func print(_ data: DataColumn, _ comparison: FitComparison) throws {
    var choice = FitTable.Choice.best
    if let family { choice = FittedFamily(rawValue: family).map { .family($0) } ?? .empirical }
    let table = FitTable(
      data, comparison, choice: choice,
      origin: FitYAML.Origin(name: name ?? FitYAML.key(data.name), source: source))
    try Console.print(
      common.json ? table.json.indented : table.text(language.resolved, width: Console.width))
  }
}

extension FitComparison.Criterion: ExpressibleByArgument {}
