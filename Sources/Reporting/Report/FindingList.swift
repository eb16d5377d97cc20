// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// Findings as they are read: for each scenario a list of sentences, each with its verdict in a word.
extension Findings {
  private func heading(_ group: Group, _ language: Language) -> String {
    FindingPhrase.scenario(
      title(of: group.scenario, language), against: title(of: group.baseline, language)
    ).text(language)
  }

  private func sentences(_ finding: Finding, _ group: Group, _ language: Language) -> String {
    finding.sentences(language, baselineTitle: title(of: group.baseline, language))
  }

  /// Over what was measured, and how far the findings go.
  package func notes(_ language: Language) -> [String] {
    var notes: [Phrase] = []
    if let window {
      notes.append(
        FindingPhrase.window(
          DateText.window(from: window.start, to: window.end, language), replications,
          isBatched: isBatched, isYear: DateText.isYear(from: window.start, to: window.end)))
    }
    if let sampled { notes.append(sampled) }
    if groups.isEmpty { return notes.map { $0.text(language) } }
    if comparisons > 1 { notes.append(FindingPhrase.manyComparisons(comparisons)) }
    if !hasAssumptions { notes.append(FindingPhrase.noiseAlone) }
    return notes.map { $0.text(language) }
  }

  /// For a terminal.
  ///
  /// - Parameter paint: Gives a verdict its colour.
  public func text(
    _ language: Language, width: Int, paint: (String, Finding.Tone) -> String = { text, _ in text }
  ) -> String {
    var lines: [String] = []
    for group in groups {
      lines += heading(group, language).wrapped(to: width)
      for finding in group.findings {
        let badge = finding.badge(language)
        let sentence = "[\(badge)] " + sentences(finding, group, language)
        let wrapped = sentence.wrapped(to: max(30, width - 2)).map { "  " + $0 }
        lines.append(
          wrapped[0].replacing(
            "[\(badge)]", with: paint("[\(badge)]", finding.tone), maxReplacements: 1)
        )
        lines += wrapped.dropFirst()
      }
      lines.append("")
    }
    if groups.isEmpty { lines += [FindingPhrase.noFindings.text(language), ""] }
    lines += notes(language).flatMap { $0.wrapped(to: width) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// For a program: each finding with its numbers, its verdict and its sentence.
  public func json(_ language: Language) -> JSONValue {
    .list(
      groups.flatMap { group in
        group.findings.map { finding in
          [
            "scenario": .text(finding.scenario), "baseline": .text(finding.baseline),
            "measure": .text(finding.series.measure.measure),
            "dimension": .text(finding.series.measure.dimension),
            "member": .text(finding.series.member), "mean_difference": .number(finding.mean),
            "ci_low": .number(finding.low), "ci_high": .number(finding.high),
            "verdict": .text(finding.badge(.english)),
            "sentence": .text(sentences(finding, group, language)),
          ]
        }
      })
  }

  /// For a page.
  func html(_ shown: [Group], level: Int, _ language: Language) -> [String] {
    shown.filter { !$0.findings.isEmpty }.flatMap { group in
      [
        HTML.element("h\(level)", text: heading(group, language)),
        HTML.element(
          "ul", ["class": "findings"],
          group.findings.map { finding in
            "<li>"
              + HTML.element(
                "span", ["class": "verdict \(finding.tone.rawValue)"], text: finding.badge(language)
              )
              + HTML.escaped(sentences(finding, group, language)) + "</li>"
          }),
      ]
    }
  }
}
