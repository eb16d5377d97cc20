// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import Reporting

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Writes a report on results: findings, charts, tables, assumptions, methods, provenance.",
    discussion: """
      One page that needs nothing else, as HTML, or as PDF where the browser Chromium is installed. Further \
      files of the same model, as yilian uncertainty, explain, seek, twins and sensitivity write them, \
      each add a section; findings then say what holds over the assumptions, too. Charts are drawn by \
      vl-convert, which Tests/set-up --charts installs.
      """)

  @Argument(help: ArgumentHelp("A results file.", valueName: "file.sqlite"))
  var file: String

  @Argument(help: ArgumentHelp("Further results files of the same model.", valueName: "others"))
  var others: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file that ends in .html or .pdf (default: NAME-report-en.html beside the results).",
      valueName: "file"))
  var out: String?

  @Flag(help: "A single sheet: what was asked, what comes out, what it hangs on.")
  var brief = false

  @OptionGroup var language: LanguageOption
  @OptionGroup var threads: ThreadsOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let out, !out.lowercased().hasSuffix(".html"), !isPDF(out) {
      throw ValidationError("--out \(out): write a file that ends in .html or .pdf")
    }
  }

  private func isPDF(_ path: String) -> Bool { path.lowercased().hasSuffix(".pdf") }

  func run() throws {
    let language = language.resolved
    let target = out ?? defaultPath(language)
    let chromium = isPDF(target) ? try Chromium.program() : nil
    let results = try ResultsFile.open(file)
    let page = try ReportPage(
      results, others: others.map { try ResultsFile.open($0) }, language, threads: threads.count)
    let html = try brief ? page.brief() : page.html(isOpen: chromium != nil)
    if let chromium {
      try Chromium.print(html, to: target, with: chromium)
    } else {
      try OutputFile.write(Data(html.utf8), to: target)
    }
    if common.json {
      try Console.print(
        JSONValue.object([
          ("report", .text(target)), ("findings", page.findings.json(language)),
        ]).indented)
      return
    }
    if !common.quiet {
      try Console.print(
        page.findings.text(language, width: Console.width, paint: Colour.paint) + "\n")
    }
    try Console.print("report: \(target)")
  }

  private func defaultPath(_ language: Language) -> String {
    let stem = file.hasSuffix(".sqlite") ? String(file.dropLast(7)) : file
    return "\(stem)-\(brief ? "brief" : "report")-\(language.rawValue).html"
  }
}
