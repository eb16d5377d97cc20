// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow

/// Checks that the visit of a region asks its questions in an order that makes sense, on every path.
///
/// A patient is at the door before a doctor sees him, asks for an exam room or a bed only when a
/// decision has said so, and leaves when a decision has ended his need, neither before nor later: a
/// run traps on a need that is lost, or on a bed asked for where there is none.
struct RegionPathwayCheck {
  /// What is known of a patient at a step.
  enum Stage: Int, CaseIterable {
    case onTheWay, atTheDoor, needsExam, needsBed, inBed, moves, movedDown, ended

    /// Words that end a sentence on a patient.
    var words: String {
      switch self {
      case .onTheWay: "before the arrival is decided"
      case .atTheDoor: "by a patient who came to be seen"
      case .needsExam: "by a patient who is to be examined"
      case .needsBed: "by a patient who needs a bed"
      case .inBed: "by a patient in a bed"
      case .moves: "by a patient who is to move down"
      case .movedDown: "by a patient who has moved down"
      case .ended: "after the need has ended"
      }
    }
  }

  private typealias Role = RegionVocabulary.Role
  private typealias Decision = RegionVocabulary.Decision

  private let steps: [StepDescription]
  private let rows: [String: Int]
  /// Steps that are reached at a wrong stage, and the first such stage met.
  private var faults: [Int: Stage] = [:]

  /// What is wrong with a step, and what would be right.
  struct Fault {
    var step: Int
    var problem: String
    var remedy: String
  }

  /// The faults of a pathway that compiles, in the order of its steps.
  static func faults(of steps: [StepDescription]) -> [Fault] {
    var check = RegionPathwayCheck(steps)
    check.walk()
    return check.faults.sorted { $0.key < $1.key }.map { row, stage in
      Fault(
        step: row, problem: "is reached \(stage.words)", remedy: remedy(steps[row].action))
    }
  }

  private static func remedy(_ action: StepDescription.Action) -> String {
    switch action {
    case .leave:
      "lead here from absent, home, or after discharge or without-bed, which end a need"
    case .seize(let request), .transfer(let request, _, _):
      switch request.role {
      case RegionVocabulary.word(Role.examRoom): "ask for it after exam-need says needed"
      case RegionVocabulary.word(Role.acuteBed): "ask for it after outcome says admitted"
      case RegionVocabulary.word(Role.recoveryBed):
        "transfer to it after after-acute says moves"
      default: "ask for it after arrival says attended"
      }
    case .decide(RegionVocabulary.word(Decision.arrival), _): "decide it once, and first"
    case .decide(RegionVocabulary.word(Decision.examReading), _):
      "decide it after an exam"
    case .decide(RegionVocabulary.word(Decision.withoutBed), _):
      "decide it where patience for an acute-bed has ended"
    case .decide(RegionVocabulary.word(Decision.afterAcute), _),
      .decide(RegionVocabulary.word(Decision.discharge), _):
      "decide it in a bed"
    default: "decide it once, for a patient who has attended"
    }
  }

  private init(_ steps: [StepDescription]) {
    self.steps = steps
    var rows: [String: Int] = [:]
    for (row, step) in steps.enumerated() {
      if let label = step.label { rows[label] = row }
    }
    self.rows = rows
  }

  private mutating func walk() {
    var seen = Set<[Int]>()
    var open = [(row: 0, stage: Stage.onTheWay)]
    while let (row, stage) = open.popLast() {
      guard steps.indices.contains(row), seen.insert([row, stage.rawValue]).inserted else {
        continue
      }
      open += exits(of: row, at: stage)
    }
  }

  /// Where a patient at a stage goes on from a step. After a step that is out of place all goes on
  /// as if it were not, so that one fault does not hide the next.
  private mutating func exits(of row: Int, at stage: Stage) -> [(row: Int, stage: Stage)] {
    let step = steps[row]
    func place(_ label: String?) -> Int { label.map { rows[$0] ?? steps.count } ?? row + 1 }
    switch step.action {
    case .seize(let request), .transfer(let request, _, _):
      guard let role = Role.allCases.first(where: { RegionVocabulary.word($0) == request.role })
      else { return [] }
      if !Self.isAsked(role, isTransfer: step.action.isTransfer, at: stage) {
        faults[row] = faults[row] ?? stage
      }
      let without = role == .acuteBed ? .needsBed : stage
      let givenUp = request.patience.map { [(row: place($0.otherwise), stage: without)] } ?? []
      return [(place(step.next), Self.stage(with: role, stage))] + givenUp
    case .decide(let name, let exits):
      guard let decision = Decision.allCases.first(where: { RegionVocabulary.word($0) == name })
      else { return [] }
      if !Self.isAsked(decision, at: stage) { faults[row] = faults[row] ?? stage }
      return exits.map { (place($0.to), Self.stage(after: decision, exit: $0.name)) }
    case .branch(let exits): return exits.map { (place($0.to), stage) }
    case .leave:
      if stage != .ended { faults[row] = faults[row] ?? stage }
      return []
    case .choose(let cases): return cases.map { (place($0.to), stage) }
    case .repeatFrom(let repetition):
      return [(place(repetition.to), stage), (place(step.next), stage)]
    // Others and other pathways have no visit of the region beside them; several roles are no role.
    case .spawn, .join, .proceed, .seizeAll, .seizeAny:
      faults[row] = faults[row] ?? stage
      return [(place(step.next), stage)]
    case .delay, .release, .assignClass, .assignPriority, .assignSite, .goToDestination, .assign,
      .wait:
      return [(place(step.next), stage)]
    }
  }

  private static func isAsked(_ role: Role, isTransfer: Bool, at stage: Stage) -> Bool {
    switch role {
    case .doctor: !isTransfer && [.atTheDoor, .needsExam, .needsBed, .inBed].contains(stage)
    case .examRoom: !isTransfer && stage == .needsExam
    case .acuteBed: !isTransfer && stage == .needsBed
    case .recoveryBed: isTransfer && stage == .moves
    }
  }

  /// The stage of who has been granted a role; of who should not have asked, the one that goes
  /// with it.
  private static func stage(with role: Role, _ stage: Stage) -> Stage {
    switch role {
    case .doctor: stage == .onTheWay ? .atTheDoor : stage
    case .examRoom: .needsExam
    case .acuteBed: .inBed
    case .recoveryBed: .movedDown
    }
  }

  private static func isAsked(_ decision: Decision, at stage: Stage) -> Bool {
    switch decision {
    case .arrival: stage == .onTheWay
    case .examNeed: stage == .atTheDoor
    case .examReading: stage == .needsExam
    case .outcome, .remoteConsult: stage == .atTheDoor || stage == .needsExam
    case .afterAcute: stage == .inBed
    case .discharge: stage == .inBed || stage == .movedDown
    case .withoutBed: stage == .needsBed
    }
  }

  private static func stage(after decision: Decision, exit: String) -> Stage {
    switch (decision, exit) {
    case (.arrival, "attended"): .atTheDoor
    case (.examNeed, "needed"): .needsExam
    case (.examNeed, _): .atTheDoor
    case (.examReading, _): .needsExam
    case (.remoteConsult, _): .atTheDoor
    case (.outcome, "admitted"): .needsBed
    case (.afterAcute, "moves"): .moves
    case (.afterAcute, _): .inBed
    default: .ended
    }
  }
}

extension StepDescription.Action {
  fileprivate var isTransfer: Bool {
    if case .transfer = self { true } else { false }
  }
}
