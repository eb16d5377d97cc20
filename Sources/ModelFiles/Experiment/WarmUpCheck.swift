// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What can be said of a warm-up before anything is run: whether the author thought of it, and of a
/// region, whether it is whole years.
struct WarmUpCheck {
  let model: ModelDocument
  let kind: ExperimentPlan.ModelKind
  let run: RunSettings
  let faults: FaultCollector

  /// Warns of a run whose statistics begin at time 0 although nobody said so; `warm-up: 0 d` says
  /// so. Of a region whose warm-up cuts a year, records a fault: half a year has no winter, and
  /// deductibles, budgets and follow-ups run by the year.
  func check() {
    guard run.length > .zero else { return }
    guard model.root["run"]?["warm-up"] != nil else {
      let place = model.place(of: "run")
      faults.warn(
        SourcePlace(file: place.file, line: place.line, path: "run.warm-up"),
        "is not given, so statistics begin in an empty system",
        kind == .network
          ? "yilian warm-up finds one; a system that really begins empty says warm-up: 0 d"
          : "give whole years, such as 365 d, or say warm-up: 0 d")
      return
    }
    guard kind == .region, !isWholeYears else { return }
    faults.record(
      model.place(of: "run.warm-up"),
      "is \(plainNumber(run.warmUp.inDays)) d, and a region warms up for whole years",
      "write \(remedy)")
  }

  /// 0, 365 days a year, or so many as lie between two days of the same date.
  private var isWholeYears: Bool {
    let days = run.warmUp.inDays
    guard days == days.rounded() else { return false }
    let years = Int(days) / 365
    return Int(days) == 365 * years || Int(days) == daysToAnniversary(years)
  }

  /// From the start of the run to the same date so many years later; `nil` without a start, or
  /// where that year has no such date.
  private func daysToAnniversary(_ years: Int) -> Int? {
    guard let start = run.start else { return nil }
    let (year, month, day) = start.parts
    return CalendarDate(year: year + years, month: month, day: day).map {
      $0.dayNumber - start.dayNumber
    }
  }

  /// The whole years on either side.
  private var remedy: String {
    let years = Int(run.warmUp.inDays / 365)
    let choices = years == 0 ? [0, 1] : [years, years + 1]
    return choices.map { "\(daysToAnniversary($0) ?? 365 * $0) d" }.joined(separator: " or ")
  }
}
