// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import SimulationKernel

/// How long and how often a model is run: the `run:` section of a model, as an experiment and the
/// command line changed it.
public struct RunSettings: Sendable {
  /// The keys of `run:`.
  public static let keys = [
    "start", "warm-up", "length", "replications", "seed", "measures",
    "until-completed", "batches", "sample",
  ]

  /// The day whose start is time 0; `nil`: time 0 is the start of a Monday.
  public var start: CalendarDate?
  /// From time 0 to where statistics begin.
  public var warmUp = TimeSpan.zero
  /// From the end of the warm-up to the end of the run.
  public var length = TimeSpan.zero
  /// The run of a network ends when so many entities have left completed since the warm-up, if that
  /// is before the end of `length`.
  public var untilCompleted: Int?
  public var replications = 10
  /// What decides how many replications there are; ``replications`` is then the least number.
  public var precision: PrecisionRule?
  /// A network is run once and the time after the warm-up cut into so many batches, each of `length`,
  /// which stand in the place of replications.
  public var batches: Int?
  public var seed: UInt64 = 1
  /// Share of a region's residents that is simulated.
  public var sample = 1.0
  /// Measures asked for beyond those always written.
  public var measures: [MeasureRequest] = []

  public init() {}

  /// Reads the section `run` of a model; faults tell what is missing or wrong.
  ///
  /// - Parameter isRequired: whether a model without a `run` section is at fault.
  init(_ model: ModelSection, isRequired: Bool) {
    guard let run = model.settingsIfPresent("run") else {
      if isRequired {
        model.fault(
          "has no run section", "add run: {warm-up: …, length: …} here or in an experiment")
      }
      return
    }
    let longest = 0...36_500.0
    start = run.dateIfPresent("start")
    warmUp = .days(run.numberIfPresent("warm-up", .days, in: longest) ?? 0)
    if isRequired || run.has("length") {
      length = .days(run.number("length", .days, in: ModelSection.positive.clamped(to: longest)))
    }
    untilCompleted = run.integerIfPresent("until-completed", in: 1...1_000_000_000)
    batches = run.integerIfPresent("batches", in: 2...100_000)
    precision = run.precisionIfPresent("replications")
    replications =
      precision?.minimum ?? run.integerUnlessSection("replications", in: 1...1_000_000)
      ?? replications
    checkBatches(run)
    if run.has("sample") {
      sample = run.number("sample", .share, in: ModelSection.positive.clamped(to: 0...1))
    }
    seed = run.seedIfPresent("seed") ?? seed
    measures = run.measuresIfPresent("measures")
  }

  private mutating func checkBatches(_ run: ModelSection) {
    guard let batches else { return }
    if run.has("replications") {
      run.fault(
        "batches", "stands beside replications",
        "keep one of them: batches are cut from one run of each scenario")
    }
    if untilCompleted != nil {
      run.fault("batches", "stands beside until-completed", "batches are of equal length")
    }
    let longest = 3_650_000
    if length.inDays * Double(batches) > Double(longest) {
      run.fault(
        "batches", "make a run of \(length.inDays * Double(batches)) d",
        "all together last \(longest) d at most")
      self.batches = nil
    }
    replications = batches
  }

  /// Where the warm-up ends and the run ends.
  public func window(policyStart: SimulationTime? = nil) -> RunWindow {
    let length = TimeSpan(microseconds: length.microseconds * Int64(batches ?? 1))
    return RunWindow(
      warmUpEnd: .zero + warmUp, policyStart: policyStart, end: .zero + warmUp + length,
      lastCompletion: untilCompleted.map(Int64.init), batches: batches ?? 1)
  }

  /// An instant at or before time 0 at which a week begins.
  public var weekStart: SimulationTime {
    .zero - .days(Double(start?.weekday ?? 0))
  }
}

extension ModelSection {
  /// A whole number of 64 bits.
  func seedIfPresent(_ key: String) -> UInt64? {
    guard let text = textIfPresent(key) else { return nil }
    if let seed = UInt64(text) { return seed }
    fault(key, "is \(text.quotedBriefly)", "write a whole number from 0 to 18446744073709551615")
    return nil
  }

  /// Measures, written `visits` or `visits by institution`.
  func measuresIfPresent(_ key: String) -> [MeasureRequest] {
    (textsIfPresent(key) ?? []).compactMap { text in
      let words = text.split(separator: " ").map(String.init)
      switch words.count {
      case 1: return MeasureRequest(measure: words[0])
      case 3 where words[1] == "by":
        let dimensions = words[2].split(separator: "+").sorted().joined(separator: "+")
        return MeasureRequest(measure: words[0], dimension: dimensions)
      default:
        fault(
          key, "\(text.quotedBriefly) is not a measure", "write visits, or visits by institution")
        return nil
      }
    }
  }
}
