// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// The part of a region that holds what is fitted: `fitted.yaml`, with `constants.csv` beside it.
public struct FittedPart {
  public static let file = "fitted.yaml"
  public static let constantsFile = "constants.csv"

  private static let cares = ["refill", "outpatient", "admission"]
  private let fit: BaselineFit
  private let folder: String

  public init(_ fit: BaselineFit, in folder: String) {
    self.fit = fit
    self.folder = folder
  }

  /// The texts of both files.
  public var texts: [(file: String, text: String)] {
    [(Self.constantsFile, constants), (Self.file, yaml)]
  }

  /// Writes both files in the place of those that are there.
  ///
  /// - Throws: ``RunnerFault`` when the model does not have its fitted values there.
  public func write() throws {
    for (name, text) in texts {
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else {
        throw RunnerFault.invalid(
          "\(path): is not there, so the model has its constants elsewhere; carry the values "
            + "over by hand")
      }
      do {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
      } catch {
        throw RunnerFault.machine("\(path): cannot be written: \(error.localizedDescription)")
      }
    }
  }

  private func value(_ path: String, decimals: Int) -> String {
    let found = (fit.values + fit.logsums).first { $0.path == path }?.value ?? 0
    return decimals > 0 ? String(format: "%.\(decimals)f", found) : String(format: "%.4g", found)
  }

  private var constants: String {
    var tiers: [String] = []
    for (path, _) in fit.values where path.hasPrefix("constants[") {
      let tier = String(path.dropFirst("constants[".count).prefix { $0 != "]" })
      if !tiers.contains(tier) { tiers.append(tier) }
    }
    let rows = tiers.map { tier in
      ([tier] + Self.cares.map { value("constants[\(tier)].\($0)", decimals: 3) })
        .joined(separator: ",")
    }
    return (["tier," + Self.cares.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
  }

  private var yaml: String {
    func rate(_ need: String) -> String { value("needs[\(need)].rate_per_year", decimals: 0) }
    func logsum(_ care: String) -> String {
      value("seek.reference-logsum.\(care)", decimals: 3)
    }
    func logsums(_ care: String) -> String {
      let bands = ["mild", "moderate", "severe"].map { "\($0): \(logsum("\(care).\($0)"))" }
      return "{\(bands.joined(separator: ", "))}"
    }
    let outpatient = rate(BaselineFit.outpatientResidual)
    let admission = rate(BaselineFit.admissionResidual)
    return """
      # What `yilian baseline \(folder)` fits: the use of care as it is (the rows of targets.csv marked
      # fitted), and nothing else. `yilian baseline \(folder) --write` makes this file and constants.csv anew.
      evidence: calibrated
      range-factor: [0.8, 1.25]

      constants:
        table: constants.csv
        key: tier
        note: to the shares of visits and discharges by tier; one primary tier is 0 by convention

      needs:
        range-factor: [0.6, 1.6]
        rows:
          \(BaselineFit.outpatientResidual):
            rate_per_year: {value: \(outpatient), note: with the named needs makes the visits a head}
          \(BaselineFit.admissionResidual):
            rate_per_year: {value: \(admission), note: with the named needs makes the admissions per 100}

      seek:
        reference-logsum:
          note: mean logsums of the fitted baseline, so that the stated shares seek care there
          refill: \(logsum("refill"))
          outpatient: \(logsums("outpatient"))
          admission: \(logsums("admission"))

      """
  }
}
