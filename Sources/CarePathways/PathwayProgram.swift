// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// The pathways of a model, checked and compiled to flat rows, with the tables the rows refer to.
///
/// Immutable and shared by all replications. Made by a ``PathwayBuilder``.
public struct PathwayProgram: Sendable {
  /// How a step's delay, or a wait's patience, comes about.
  public struct DurationDraw: BitwiseCopyable, Sendable {
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
      /// Always the same; nothing is drawn.
      case fixed
      /// Drawn from an exponential distribution: the commonest, and drawn in line.
      case exponential
      /// Drawn from another distribution.
      case sampled
      /// Asked of the domain.
      case domain
      /// An expression's value.
      case expression
      /// Drawn from a distribution whose parameters are expressions.
      case parametric
      /// Drawn as another row says, and kept in case it is interrupted and begins anew.
      case remembered
    }
    public var kind: Kind
    /// The distribution, when sampled.
    public var sampler: SamplerIndex
    /// The domain's number of the rule, when asked of the domain; else the expression, or the row of
    /// the table of parametric draws, or the other row.
    public var operand: UInt16
    /// Microseconds in the unit of the distribution.
    public var microsecondsPerUnit: Double
    /// The purpose of the draw.
    public var purpose: Purpose
    /// The length, when fixed.
    public var span: TimeSpan
    /// The mean in the unit of the distribution, when exponential.
    public var mean: Double
  }

  /// A branch: rows of ``branchExits`` and the purpose of its draw.
  public struct Branch: BitwiseCopyable, Sendable {
    public var firstExit: UInt32
    public var exitCount: UInt32
    public var purpose: Purpose
    /// Whether some exit's probability is an expression.
    @usableFromInline var isComputed = false
  }

  /// An exit of a branch: taken when the draw is below the cumulative probability.
  public struct BranchExit: BitwiseCopyable, Sendable {
    public var cumulativeProbability: Double
    public var row: UInt16
    var probability = 0.0
    /// An expression that gives the probability, or ``PathwayStep/none``.
    var computed = PathwayStep.none
    /// Whether it takes what the others leave.
    var isRest = false
  }

  /// A decision at one step: which question, and the rows of ``decisionExits`` that answer it.
  public struct Decision: BitwiseCopyable, Sendable {
    /// The domain's number of the decision.
    public var question: UInt16
    public var exitCount: UInt16
    public var firstExit: UInt32
  }

  public let steps: [PathwayStep]
  /// Pathway names in the order they were added.
  public let pathways: [String]
  /// The first row of each pathway.
  public let entryRows: [UInt16]
  public let roles: [String]
  public let sites: [String]
  public let classes: [String]
  /// The priority with which entities of a class enter a network.
  public let classPriorities: [UInt8]
  public let leaveReasons: [String]
  /// What leaving for each reason comes to.
  public let leaveOutcomes: [LeaveOutcome]
  public let resources: [ResourceDescription]
  /// What few models use.
  let rare: RareTables
  /// Microseconds in the unit of time in which expressions reckon.
  let microsecondsPerUnit: Double
  /// The resource for each site and role, at `site * roles.count + role`; ``noResource``: none.
  public let resourceAt: [UInt32]
  public let durationDraws: [DurationDraw]
  public let samplers: SamplerTable
  public let branches: [Branch]
  public let branchExits: [BranchExit]
  public let decisions: [Decision]
  public let decisionExits: [UInt16]
  /// Labels of steps: pathway, label, row.
  let labels: [String: UInt16]
  /// The rows of requests that stand below the row of their label, as after balking.
  let requestRows: [String: UInt16]
  /// For each row the place, from 0, of the step in its pathway that it was compiled from.
  public let stepOfRow: [UInt16]
  /// The same tables for runs.
  @usableFromInline let tables: PathwayTables

  /// Stands in ``resourceAt`` where a site does not provide a role.
  public static let noResource = UInt32.max

  /// The number of a pathway, or `nil`.
  public func pathway(named name: String) -> UInt16? {
    pathways.firstIndex(of: name).map { UInt16($0) }
  }

  /// The row of a labelled step, or `nil`.
  public func row(pathway: String, label: String) -> UInt16? {
    labels[Self.labelKey(pathway, label)]
  }

  /// The label of a row, or `nil`.
  func label(of row: UInt16, inPathway pathway: String) -> String? {
    let prefix = Self.labelKey(pathway, "")
    return labels.first { $0.value == row && $0.key.hasPrefix(prefix) }
      .map { String($0.key.dropFirst(prefix.count)) }
  }

  /// Whether the rows, names and resources are the same; only what is drawn may differ.
  func hasLayout(of other: PathwayProgram) -> Bool {
    steps == other.steps && pathways == other.pathways && entryRows == other.entryRows
      && roles == other.roles && sites == other.sites && classes == other.classes
      && leaveReasons == other.leaveReasons && resources == other.resources
      && resourceAt == other.resourceAt && rare.attributes == other.rare.attributes
  }

  static func labelKey(_ pathway: String, _ label: String) -> String { pathway + "\u{0}" + label }
}

/// What it comes to when an entity leaves.
public enum LeaveOutcome: UInt8, BitwiseCopyable, Hashable, Sendable {
  /// It got what it came for: counted in throughput.
  case completed
  /// It was turned away.
  case lost
  /// It gave up waiting.
  case reneged
}

/// A resource as a model states it.
public struct ResourceDescription: Hashable, Sendable {
  public var name: String
  /// Units at time 0, unless the calendar says otherwise.
  public var capacity: Int
  /// The most entities that may wait, or `nil` without limit.
  public var waitingRoom: Int?
  /// Whether a more urgent entity may take units from a less urgent one.
  public var isPreemptive: Bool
  /// When the capacity changes.
  public var calendar: CapacityCalendar?
  /// What a change means for those in service.
  public var ending: ShiftEnd
  /// What becomes of a delay that a more urgent entity or the end of a shift interrupts.
  public var interrupted: InterruptedWork

  public init(
    name: String, capacity: Int, waitingRoom: Int? = nil, isPreemptive: Bool = false,
    calendar: CapacityCalendar? = nil, ending: ShiftEnd = .handOver,
    interrupted: InterruptedWork = .resume
  ) {
    self.name = name
    self.capacity = capacity
    self.waitingRoom = waitingRoom
    self.isPreemptive = isPreemptive
    self.calendar = calendar
    self.ending = ending
    self.interrupted = interrupted
  }
}
