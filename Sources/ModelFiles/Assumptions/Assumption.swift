// SPDX-License-Identifier: GPL-3.0-or-later

/// What a model assumes: a number that is not well known (grade B or C) and states a range, or all such
/// numbers of a table's column, which are moved together.
public struct Assumption: Hashable, Sendable {
  /// What stands after `range.` to move it: a number's path, or a column's with `[*]` for its rows.
  public var path: String
  /// Numbers that are moved together.
  public var count: Int
  /// As stated; of a column that of its first row.
  public var text: String
  public var unit: String
  /// In the unit written; of a column those of its first row.
  public var low: Double
  public var high: Double
  /// The weakest there is.
  public var grade: EvidenceGrade
  public var note: String?
  /// Why an analysis of uncertainty leaves it as it is; `nil`: it is moved.
  public var held: Reason?

  /// Why an assumption is held.
  public enum Reason: Hashable, Sendable {
    case setByScenario(String)
    case setByCommand
    case byAuthor
    /// At one end of the range the model is none, for this fault.
    case faulty(isHigh: Bool, fault: String)
  }
}

extension ExperimentPlan {
  /// The assumptions of the model under the baseline, in the order of its files.
  ///
  /// Left out are what a calibration is held against (`targets`), map coordinates, the policies that no
  /// scenario has in force, what the command line sets, and ranges without width. What a scenario sets is
  /// listed as held.
  public var assumptions: [Assumption] {
    let scenarios = Array(points.prefix(scenarioCount))
    let documents = scenarios.map(\.document)
    let set = scenarios.map { point in
      let own = point.settings.filter { !overrides.contains($0) }
      return (
        Assumption.Reason.setByScenario(point.scenario), own.compactMap { ModelPath($0.path) }
      )
    }
    let overridden = (Assumption.Reason.setByCommand, overrides.compactMap { ModelPath($0.path) })
    var places: [String: Int] = [:]
    var found: [Assumption] = []
    for leaf in points[baseline].document.leaves() {
      guard let range = leaf.provenance.range, range.lowerBound < range.upperBound,
        let grade = leaf.provenance.grade, grade != .a, leaf.unit != "deg",
        let path = ModelPath(leaf.path), case .key(let section) = path.parts[0],
        section != "targets", section != "run"
      else { continue }
      if ["policies", "adopt"].contains(section), path.parts.count > 1,
        !documents.contains(where: { $0.hasInForce(path) })
      {
        continue
      }
      let name = path.ofEveryRow.description
      if let place = places[name] {
        found[place].count += 1
        if grade == .c { found[place].grade = .c }
        continue
      }
      places[name] = found.count
      var assumption = Assumption(
        path: name, count: 1, text: leaf.text, unit: leaf.unit, low: range.lowerBound,
        high: range.upperBound, grade: grade, note: leaf.provenance.note)
      assumption.held =
        (set + [overridden]).first { $0.1.contains { $0.overlaps(path.ofEveryRow) } }?.0
      found.append(assumption)
    }
    return found
  }
}

extension ModelDocument {
  /// Whether the policy that a path leads into is in force; one adopted, as a whole and by itself.
  fileprivate func hasInForce(_ path: ModelPath) -> Bool {
    guard case .key(let section) = path.parts[0], case .key(let name) = path.parts[1] else {
      return false
    }
    func flag(_ path: String) -> Bool? { value(at: path).flatMap(flagValue) }
    guard flag("\(section).\(name).in-force") == true else { return false }
    guard section == "adopt", path.parts.count > 3, case .key(let lever) = path.parts[3] else {
      return true
    }
    return flag("adopt.\(name).policies.\(lever).in-force") ?? true
  }

  /// Whether a policy that a path leads into is in force; `nil` of what belongs to no policy.
  package func policyIsInForce(_ path: String) -> Bool? {
    guard let path = ModelPath(path), path.parts.count > 2,
      [.key("policies"), .key("adopt")].contains(path.parts[0])
    else { return nil }
    return hasInForce(path)
  }
}

extension ExperimentPlan {
  /// Whether the experiment asks for every scenario under both forms in which money enters choices.
  public var drawsMoneyForm: Bool {
    Set(points.compactMap { $0.settings.last { $0.path == "money-form" }?.value }).count > 1
  }
}
