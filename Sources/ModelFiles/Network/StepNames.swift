// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

/// What the rows of a compiled network are called in the file they come from.
public struct StepNames: Sendable {
  /// A row of a compiled network.
  public struct Row: Sendable {
    public var pathway: String
    /// The step's name, or else its number in the pathway, from 1.
    public var step: String
    /// The duration that a delay is named after.
    public var duration: String?
  }

  public let rows: [Row]

  public init(_ network: NetworkReader.Network) {
    let program = network.model.program
    var rows: [Row] = []
    var pathway = -1
    for row in program.steps.indices {
      if program.entryRows.contains(UInt16(row)) { pathway += 1 }
      let name = program.pathways[pathway]
      let steps = network.description.pathways.first { $0.name == name }?.steps ?? []
      let place = Int(program.stepOfRow[row])
      rows.append(
        Row(
          pathway: name, step: network.description.name(ofStep: place, of: name, steps),
          duration: steps.indices.contains(place) ? Self.duration(of: steps[place]) : nil))
    }
    self.rows = rows
  }

  private static func duration(of step: StepDescription) -> String? {
    switch step.action {
    case .delay(let rule): rule
    case .transfer(_, _, let rule): rule
    default: nil
    }
  }
}

extension NetworkDescription {
  /// A step's name, or else its number among the steps that its author wrote.
  func name(ofStep place: Int, of pathway: String, _ steps: [StepDescription]) -> String {
    let numbers = stepNumbers[pathway] ?? []
    guard steps.indices.contains(place), numbers.count == steps.count else { return "\(place + 1)" }
    // A step that does two things carries its name on the first.
    let first = numbers.firstIndex(of: numbers[place]) ?? place
    return steps[first].label ?? "\(numbers[place])"
  }
}
