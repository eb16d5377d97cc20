// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// A chart as a web page of its own, which shows the number under the pointer and needs no network:
/// the specification, and the bundle of Vega, Vega-Lite and vega-embed that `Tests/set-up --charts` makes.
public struct ChartPage {
  public let html: String

  /// - Throws: ``RunnerFault`` when the bundle is not there.
  public init(_ chart: Chart, _ renderer: ChartRenderer) throws {
    let bundle = try renderer.browserBundle()
    let language = chart.language == .chinese ? "zh-CN" : "en"
    // An expression is interpreted (`ast`), never compiled: the policy forbids eval.
    html = """
      <!doctype html>
      <html lang="\(language)">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
      <title>\(Self.escaped(chart.title))</title>
      <style>body { margin: 1rem; font-family: sans-serif }</style>
      <figure>
      <div id="chart" role="img" aria-label="\(Self.escaped(chart.words))"></div>
      <noscript>\(Self.escaped(chart.words))</noscript>
      </figure>
      <script type="application/json" id="specification">\(Self.inScript(chart.spec.description))</script>
      <script>\(Self.inScript(bundle))</script>
      <script>
      vegaEmbed("#chart", JSON.parse(document.getElementById("specification").textContent),
        {ast: true, actions: false, renderer: "svg", tooltip: {theme: "light"}})
      </script>
      </html>

      """
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// In strings of JavaScript and JSON `<\/` is `</`, but ends no element of HTML.
  private static func inScript(_ text: String) -> String { text.replacing("</", with: "<\\/") }
}
