// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// The charts of results files as figures of a page: each at the width of a page, and at half of it for
/// small screens.
struct ReportCharts {
  private var charts: [(file: Int, full: Chart, half: Chart)] = []
  private var figures: [String] = []

  /// None.
  init() {}

  /// Whatever can be drawn of the files.
  ///
  /// - Parameter most: How many charts of each file there may be.
  /// - Throws: ``RunnerFault`` when the renderer is missing or refuses.
  init(
    _ files: [ReportFile], _ language: Language, most: Int = .max,
    renderer: () throws -> ChartRenderer
  ) throws {
    for (index, file) in files.enumerated() {
      let source = try ChartSource(file.results)
      // Whether a scenario is worth its cost hangs on a price that nobody has named here.
      var room = most
      for kind in ChartKind.allCases where kind != .acceptability && room > 0 {
        do {
          charts.append(
            (
              index, try kind.chart(source, ChartContext(language)),
              try kind.chart(source, ChartContext(language, width: .half))
            ))
          room -= 1
        } catch let fault as RunnerFault where fault.cause == .invalidInput {
          continue
        }
      }
    }
    guard !charts.isEmpty else { return }
    let pictures = try renderer().pictures(charts.flatMap { [$0.full, $0.half] }, as: .svg)
      .map { String(decoding: $0, as: UTF8.self) }
    figures = charts.indices.map { place in
      Self.figure(
        charts[place].full, place, full: pictures[2 * place], half: pictures[2 * place + 1])
    }
  }

  /// The figures of a file, by its place.
  func figures(of file: Int) -> [String] {
    zip(charts, figures).filter { $0.0.file == file }.map(\.1)
  }

  private static func figure(
    _ chart: Chart, _ place: Int, full: String, half: String
  ) -> String {
    func picture(_ svg: String, _ width: String) -> String {
      HTML.element(
        "div", ["class": "chart \(width)", "role": "img", "aria-label": chart.words],
        [inline(svg, mark: "chart-\(place + 1)-\(width)-")])
    }
    return HTML.element(
      "figure", ["id": "chart-\(chart.kind.rawValue)-\(place + 1)"],
      [
        picture(full, "full"), picture(half, "half"),
        HTML.element(
          "details", ["class": "words"],
          [
            HTML.element("summary", text: PagePhrase.inWords.text(chart.language)),
            HTML.element("p", text: chart.words),
          ]),
      ])
  }

  /// The picture as a part of a page, on which every identifier stands once.
  private static func inline(_ svg: String, mark: String) -> String {
    let start = svg.range(of: "<svg")?.lowerBound ?? svg.startIndex
    return String(svg[start...]).replacing(" id=\"", with: " id=\"\(mark)")
      .replacing("url(#", with: "url(#\(mark)")
      .replacing("href=\"#", with: "href=\"#\(mark)")
  }
}
