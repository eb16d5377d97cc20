// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis

/// The towns of a region where they lie, as large as they have residents and coloured by what a scenario
/// changes there; with one scenario alone, by the level.
struct TownMapChart {
  let chart: Chart

  private static let dimension = "town"
  /// What is drawn where nothing is asked for: the first that the file has by town.
  private static let first = [
    "primary-visit-share", "visits-per-head", "visits", "first-contact-primary-share",
  ]

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let language = context.language
    let measure =
      context.measure?.measure.measure
      ?? Self.first.first { !source.rows($0, by: Self.dimension).isEmpty }
      ?? source.summary.first { $0.dimension == Self.dimension }?.measure
    let rows = measure.map { source.rows($0, by: Self.dimension) } ?? []
    guard let measure, !rows.isEmpty else {
      throw source.missing(
        .map, "run the experiment with measures: [\(measure ?? Self.first[0]) by \(Self.dimension)]"
      )
    }
    let told = try source.scenarioTold(context)
    let changes = source.contrasts(measure, by: Self.dimension).filter { $0.scenario == told }
    let isChange = !changes.isEmpty
    let estimates = Dictionary(
      isChange
        ? changes.map { ($0.member, ChartEstimate($0)) }
        : rows.filter { $0.scenario == told }.map { ($0.member, ChartEstimate($0)) },
      uniquingKeysWith: { one, _ in one })
    let towns = source.places.filter { $0.kind == .town && estimates[$0.key] != nil }
      .sorted { ($1.population ?? 0, $0.key) < ($0.population ?? 0, $1.key) }
    guard let largest = towns.first else {
      throw source.missing(.map, "its model says of no town where it lies")
    }
    let inside = source.places.filter { place in
      guard place.kind == .institution, place.isInside, let tier = place.tier else { return false }
      // What is only planned treats nobody under any scenario.
      let visits = source.rows("visits", by: "tier", member: tier)
      return visits.isEmpty || visits.contains { $0.mean > 0 }
    }
    let outside = source.places.count { $0.kind == .institution && !$0.isInside }
    let label = source.label(measure)
    let baseline = source.title(ofScenario: source.baseline)
    let unit = label.axisTitle(language, isDifference: isChange)
    let marks = MapMarks(
      towns: towns.map { town in
        MapMarks.Town(
          place: town, name: Self.name(town, language), estimate: estimates[town.key])
      }, institutions: inside, scale: label.scale, isChange: isChange,
      legend: isChange
        ? ChartAxis(
          ChartPhrase.difference(from: baseline).text(language), unit: unit, language
        ).title[0] : label.title(language), language: language, isFull: context.width == .full)

    let name = MapPhrase.byTown(label.bareName(language), language)
    let title = FlowPhrase.compared(
      name, source.title(ofScenario: told),
      baseline: isChange ? baseline : source.title(ofScenario: told), language)
    let hasIntervals = estimates.values.contains { $0.low != nil }
    var notes = [source.circumstances(language)]
    notes.append(
      MapPhrase.areas(
        Self.name(largest, language),
        NumberText.text(Double(largest.population ?? 0), decimals: 0)
      ).text(language))
    if hasIntervals {
      notes.append((isChange ? MapPhrase.coloursOfChange : .coloursOfLevel).text(language))
      if isChange { notes += [MapPhrase.greyIsUnclear, .eachByItself].map { $0.text(language) } }
    } else {
      notes.append(ChartPhrase.noInterval.text(language))
    }
    if !marks.hospitals.isEmpty {
      notes.append(MapPhrase.hospitals(marks.hospitals.map { Self.name($0, language) }, language))
    }
    if outside > 0 { notes.append(MapPhrase.notDrawn(outside).text(language)) }
    let quick = QuickLook(
      title: "\(title) (\(unit))",
      groups: [
        QuickLook.Group(
          title: "",
          rows: marks.towns.compactMap { town in
            town.estimate?.row(town.name, label.scale, isSigned: isChange)
          })
      ], notes: [source.circumstances(language)])
    chart = Chart(
      .map, context, title: title, notes: notes, words: quick.words(language), quickLook: quick,
      body: marks.body)
  }

  /// As the model names it in the reader's language; a key with a capital where it does not.
  private static func name(_ place: RegionPlace, _ language: Language) -> String {
    if let name = language == .chinese ? place.chinese ?? place.english : place.english {
      return name
    }
    return place.key.prefix(1).uppercased() + place.key.dropFirst().replacing("-", with: " ")
  }
}
