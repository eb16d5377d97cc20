// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import InputAnalysis
import ModelFiles

/// A fitted distribution as a model writes it, with where it comes from and how far it may be off.
public struct FitYAML {
  /// What the author says beside the numbers.
  public struct Origin: Sendable {
    /// The key under which the distribution stands.
    public var name: String
    /// What follows `source:`; `nil`: an entry named for the file, which is written as well.
    public var source: String?

    public init(name: String, source: String?) {
      self.name = name
      self.source = source
    }
  }

  private let data: DataColumn
  private let origin: Origin

  public init(_ data: DataColumn, _ origin: Origin) {
    self.data = data
    self.origin = origin
  }

  // MARK: - A fitted family

  /// The lines for the model.
  public func text(_ assessment: FitAssessment, of families: Int) -> String {
    let fit = assessment.fit
    var note =
      "Fitted by maximum likelihood to \(data.values.count) values; AIC \(Self.short(fit.aic)), of "
      + "\(families) families tried; ranges hold 95 % of \(assessment.samples) bootstrap samples"
    if let p = assessment.kolmogorovSmirnov { note += "; Kolmogorov-Smirnov p \(Self.short(p))" }
    return text(body(assessment), note: note)
  }

  private func body(_ assessment: FitAssessment) -> [String] {
    let fit = assessment.fit
    let numbers = zip(fit.family.parameters, zip(fit.parameters, assessment.ranges)).map {
      (parameter, found) in
      (parameter.name, number(found.0, found.1, parameter))
    }
    func value(_ name: String) -> String { numbers.first { $0.0 == name }?.1 ?? "" }
    switch fit.family {
    case .hyperexponential:
      return ["hyperexponential:"]
        + [("1.mean", value("1.weight")), ("2.mean", rest(assessment))].flatMap { key, weight in
          ["  - mean: \(value(key))", "    weight: \(weight)"]
        }
    case .lognormals:
      return ["mixture:"]
        + [("1", value("1.weight")), ("2", rest(assessment))].flatMap { place, weight in
          [
            "  - weight: \(weight)", "    lognormal:", "      median: \(value("\(place).median"))",
            "      sigma: \(value("\(place).sigma"))",
          ]
        }
    default:
      // A bound that is not there is no key.
      let written = numbers.filter { !($0.0 == "lowest" && !(fit.parameters.last ?? 0).isFinite) }
      return ["\(fit.family.rawValue):"] + written.map { "  \($0.0): \($0.1)" }
    }
  }

  /// The weight of the second of two components.
  private func rest(_ assessment: FitAssessment) -> String {
    let (weight, range) = (assessment.fit.parameters[0], assessment.ranges[0])
    return number(
      1 - weight, (1 - range.upperBound)...(1 - range.lowerBound),
      FittedFamily.Parameter(name: "weight", isInUnit: false))
  }

  private func number(
    _ value: Double, _ range: ClosedRange<Double>, _ parameter: FittedFamily.Parameter
  ) -> String {
    let unit = parameter.isInUnit && !data.unit.isEmpty ? " \(data.unit)" : ""
    let text = Self.digits(value, 6)
    // Rounding must not push an end past the value, nor a share past 1.
    let written = Double(text) ?? value
    var (low, high) = (Self.digits(range.lowerBound, 4), Self.digits(range.upperBound, 4))
    if (Double(low) ?? value) > written { low = text }
    if (Double(high) ?? value) < written { high = text }
    return "{value: \(text)\(unit), range: [\(low)\(unit), \(high)\(unit)]}"
  }

  // MARK: - The values themselves

  /// At most so many values are written; of more, equally likely quantiles.
  private static let mostValues = 200

  /// The lines of the empirical distribution.
  public func empirical(_ sample: Sample) -> String {
    let unit = data.unit.isEmpty ? "" : " \(data.unit)"
    func list(_ values: [Double]) -> String {
      values.map { Self.digits($0, 6) + unit }.joined(separator: ", ")
    }
    var lines = ["empirical:"]
    var note = "The \(data.values.count) values themselves"
    if sample.distinct.count <= Self.mostValues {
      lines.append("  values: [\(list(sample.distinct.map(\.value)))]")
      if sample.distinct.contains(where: { $0.count > 1 }) {
        lines.append(
          "  weights: [\(sample.distinct.map { "\($0.count)" }.joined(separator: ", "))]")
      }
    } else {
      let count = Self.mostValues
      let quantiles = (0..<count).map { sample.quantile((Double($0) + 0.5) / Double(count)) }
      lines.append("  values: [\(list(quantiles))]")
      note = "\(count) quantiles of \(data.values.count) values, each as likely"
    }
    return text(lines + ["range-factor: [1, 1]"], note: note)
  }

  // MARK: - Both

  private func text(_ body: [String], note: String) -> String {
    var lines = ["\(origin.name):"] + body.map { "  " + $0 }
    lines.append("  source: \(Self.quoted(origin.source ?? "\(sourceKey), column \(data.name)"))")
    lines.append("  evidence: derived")
    lines.append("  note: \(Self.quoted(note))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The entry of `sources.yaml` that the lines cite; `nil` where the author named one.
  public var sourceEntry: String? {
    guard origin.source == nil else { return nil }
    let file = (data.file as NSString).lastPathComponent
    return
      "\(sourceKey):\n  citation: \(Self.quoted("\(file): say who collected it, where and when"))\n"
      + "  file: \(Self.quoted(file))\n"
  }

  private var sourceKey: String {
    let stem = ((data.file as NSString).lastPathComponent as NSString).deletingPathExtension
    return Self.key(stem)
  }

  /// A text as a key: letters, digits and hyphens.
  public static func key(_ text: String) -> String {
    let parts = text.lowercased().split { !($0.isLetter || $0.isNumber) }
    return parts.isEmpty ? "data" : parts.joined(separator: "-")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func digits(_ value: Double, _ count: Int) -> String {
    String(format: "%.\(count)g", value)
  }

  private static func short(_ value: Double) -> String { digits(value, value < 1 ? 3 : 6) }
}
