// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns

/// The points at which an experiment's scenarios are run: rows of a design over its factors.
///
/// Everything follows from the experiment's text: whoever has it has the points again, with the place of
/// each in its design, in the same order.
public struct PointDesign: Sendable {
  /// One point.
  public struct Row: Sendable {
    /// The value of each factor; `nil`: as the model has it.
    public var levels: [Factor.Level?]
    public var origin: Origin
    /// Where it is written, if in a file of its own.
    var place: SourcePlace?

    /// What is set, in the order of the factors.
    public var settings: [ExperimentPlan.Setting] { levels.flatMap { $0?.settings ?? [] } }
  }

  /// Where in its design a point stands.
  public enum Origin: Hashable, Sendable {
    /// The model as it is.
    case base
    /// A row among equals, from 0.
    case row(Int)
    /// A point of a Morris trajectory, from 0; no step at its start.
    case morris(trajectory: Int, step: MorrisTrajectories.Step?)
    /// A point of one of Saltelli's samples, by its row there.
    case saltelli(row: Int, matrix: SaltelliDesign.Matrix)
  }

  public let settings: DesignSettings
  public let factors: [Factor]
  /// In design order, the base point first unless it is left out.
  public let rows: [Row]
  /// Points or trajectories that the constraints left out.
  public let leftOut: Int
  /// Of a fraction: the length of its shortest defining word.
  public let resolution: Int?
  /// Of a fraction: what each made factor is the product of, by names.
  public let generators: [String]
  /// Whether a Latin hypercube stands in for Sobol points, of which there are none in so many columns.
  public let isSobolReplaced: Bool
  /// The text of an imported design.
  public let imported: (file: String, text: String)?

  /// Reads `factors` and `design` of an experiment.
  ///
  /// - Parameters:
  ///   - model: The model under the command line's settings.
  ///   - folder: That of the experiment file, before which the name of an imported design stands.
  /// - Returns: `nil` when there are none, or after a fault.
  init?(
    _ experiment: ModelSection, model: ModelDocument, folder: String, _ faults: FaultCollector
  ) {
    guard experiment.has("factors") || experiment.has("design") else { return nil }
    guard experiment.has("factors") else {
      experiment.fault("design", "has no factors", "add factors: - name: …")
      _ = experiment.entry("design")
      return nil
    }
    let before = faults.count
    let section = experiment.section("design")
    let settings = DesignSettings(section)
    var factors = FactorReader(
      model: model, isImported: settings?.method == .file, faults: faults
    ).factors(of: experiment)
    let constraints = (settings?.constraints ?? []).compactMap {
      DesignConstraint($0, factors, section)
    }
    guard faults.count == before, let settings else { return nil }
    var rows = RowMaker(
      settings: settings, factors: factors, constraints: constraints, section: section,
      faults: faults)
    if settings.method == .file {
      let file = ImportedDesign(settings.file!, folder: folder, section, faults)
      rows.addImported(file)
      imported = file.map { ($0.name, $0.text) }
      for (column, factor) in factors.enumerated() where factor.unit.isEmpty {
        guard case .imported = factor.values else { continue }
        factors[column].setUnit(
          FactorReader.commonUnit(of: rows.rows.compactMap { $0.levels[column] }))
      }
    } else {
      rows.add()
      imported = nil
    }
    if faults.count == before, rows.rows.isEmpty {
      section.fault("has no point", "loosen its constraints")
    }
    guard faults.count == before else { return nil }
    self.settings = settings
    self.factors = factors
    let base = Row(levels: factors.map { _ in nil }, origin: .base)
    self.rows = (settings.hasBasePoint ? [base] : []) + rows.rows
    leftOut = rows.leftOut
    resolution = rows.fraction?.resolution
    generators = rows.fraction.map { RowMaker.words($0, factors.map(\.name)) } ?? []
    isSobolReplaced = rows.isSobolReplaced
  }

  /// For each factor, those of its values that are tried alone before anything is run: all that can be
  /// counted and are used, of a range the least and the greatest used; with the first row's place.
  var levelsToTry: [(level: Factor.Level, place: SourcePlace?)] {
    factors.indices.flatMap { index -> [(level: Factor.Level, place: SourcePlace?)] in
      var used: [(level: Factor.Level, place: SourcePlace?)] = []
      var seen: Set<String> = []
      for row in rows {
        guard let level = row.levels[index], seen.insert(level.name).inserted else { continue }
        used.append((level, row.place))
      }
      guard case .levels = factors[index].values else {
        let sorted = used.filter { $0.level.number != nil }.sorted {
          $0.level.number! < $1.level.number!
        }
        guard sorted.count == used.count, let first = sorted.first, let last = sorted.last else {
          return used
        }
        return sorted.count == 1 ? [first] : [first, last]
      }
      return used
    }
  }
}
