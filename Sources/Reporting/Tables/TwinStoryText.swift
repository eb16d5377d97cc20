// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The two stories of one resident, told as one as long as they are one.
public struct TwinStoryText {
  private let story: TwinStory
  private let language: Language
  /// What a reader calls the scenarios.
  private let arms: (scenario: String, baseline: String)

  public init(_ story: TwinStory, _ language: Language) {
    self.story = story
    self.language = language
    let settings = story.settings
    let titles = ScenarioTitles([settings.scenario, settings.baseline], story.titles, language)
    arms = (titles.title(of: settings.scenario), titles.title(of: settings.baseline))
  }

  public var text: String {
    let told = ResidentStory(story.baseline, language)
    var lines = [
      Phrase(
        "\(story.resident), replication \(story.replication): the same life under "
          + "\(arms.baseline) and under \(arms.scenario)",
        "\(story.resident)，第 \(story.replication) 次重复：“\(arms.baseline)”与"
          + "“\(arms.scenario)”两种方案下的同一人生"
      ).text(language)
    ]
    var haveParted = false
    var isOpen = false
    for day in story.days {
      lines.append("")
      if !isOpen, day.number >= story.windowDay {
        isOpen = true
        lines += [TwinPhrase.opens(told.title(of: story.windowDay)).text(language), ""]
      }
      if !day.isSame, !haveParted {
        haveParted = true
        lines += [TwinPhrase.parts.text(language), ""]
      }
      var title = told.title(of: day.number)
      if haveParted, day.isSame { title += " (\(TwinPhrase.both.text(language)))" }
      lines.append(title)
      lines += day.isSame ? day.baseline.map { "  " + line($0, told) } : apart(day, told)
    }
    if !haveParted { lines += ["", TwinPhrase.neverParts.text(language)] }
    return (lines + [""] + totals).joined(separator: "\n") + "\n"
  }

  private func line(_ event: ResidentEvent, _ told: ResidentStory) -> String {
    told.line(event, inDay: event.microseconds % 86_400_000_000)
  }

  /// A day on which the two differ: what both still share stands once, then each by its name.
  private func apart(_ day: TwinStory.Day, _ told: ResidentStory) -> [String] {
    let shared = zip(day.baseline, day.scenario).prefix { $0 == $1 }.count
    var lines = day.baseline.prefix(shared).map { "  " + line($0, told) }
    for (name, events) in [
      (arms.baseline, day.baseline), (arms.scenario, day.scenario),
    ] {
      lines.append("  \(name):")
      let rest = events.dropFirst(shared)
      lines += rest.isEmpty ? ["    " + nothing(shared)] : rest.map { "    " + line($0, told) }
    }
    return lines
  }

  private func nothing(_ shared: Int) -> String {
    (shared == 0
      ? Phrase("nothing happens", "无事发生")
      : Phrase("nothing more happens", "此后无事发生")).text(language)
  }

  private var totals: [String] {
    var table = TextTable(
      labelTitle: TwinPhrase.story.text(language),
      columns: [(arms.baseline, 0), (arms.scenario, 0)])
    for total in story.totals {
      let unit = MeasureNames.unit(total.outcome.unit, language)
      let name = TwinPhrase.name(total.outcome).text(language)
      table.rows.append(
        .cells(
          label: MeasureNames.isCount(total.outcome.unit) ? name : "\(name) (\(unit))", depth: 0,
          [total.baseline, total.scenario].map { text($0) }))
    }
    return table.lines(width: 100)
  }

  private func text(_ value: Double) -> String {
    NumberText.text(value, decimals: value == value.rounded() ? 0 : 2)
  }

  /// Both stories: each day with the events of both, `same` where they are alike.
  public var json: JSONValue {
    func list(_ events: [ResidentEvent]) -> JSONValue { .list(events.map { .object($0.members) }) }
    return .object([
      ("resident", .text(story.resident)), ("replication", .integer(story.replication)),
      ("baseline", .text(story.settings.baseline)), ("scenario", .text(story.settings.scenario)),
      ("parting_day", story.parting.map { .integer(Int($0)) } ?? .null),
      (
        "days",
        .list(
          story.days.map { day in
            .object([
              ("day", .integer(Int(day.number))), ("same", .flag(day.isSame)),
              ("baseline", list(day.baseline)), ("scenario", list(day.scenario)),
            ])
          })
      ),
      (
        "window",
        .list(
          story.totals.map { total in
            .object([
              ("outcome", .text(total.outcome.rawValue)), ("unit", .text(total.outcome.unit)),
              ("baseline", .number(total.baseline)), ("scenario", .number(total.scenario)),
            ])
          })
      ),
    ])
  }
}
