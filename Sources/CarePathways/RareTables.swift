// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// What the steps refer to that most models have none of.
public struct RareTables: Sendable {
  /// A value for an attribute.
  struct Assignment: BitwiseCopyable, Sendable {
    var attribute: UInt16
    /// ``PathwayStep/none`` when the value is drawn.
    var expression: UInt16
    /// A row of the computed draws, or ``PathwayStep/none``.
    var computed = PathwayStep.none
    var sampler: SamplerIndex
    var purpose: Purpose
  }

  /// A range of cases.
  struct Choice: BitwiseCopyable, Sendable {
    var first: UInt32
    var count: UInt32
  }

  struct Case: BitwiseCopyable, Sendable {
    /// ``PathwayStep/none`` holds always.
    var condition: UInt16
    var row: UInt16
  }

  struct Wait: BitwiseCopyable, Sendable {
    enum Kind: UInt8, BitwiseCopyable, Sendable { case condition, clock, opening }
    var kind: Kind
    /// An expression, or a role.
    var operand: UInt16 = PathwayStep.none
    var minuteOfDay: UInt16 = 0
    /// Bit 0 is Monday.
    var days: UInt8 = 0
    /// Whether a condition reads nothing of the entity.
    var isAlike = false
  }

  struct Repetition: BitwiseCopyable, Sendable {
    /// The attribute that counts.
    var counter: UInt16
    var limit: Double
    var row: UInt16
    var condition: UInt16
    /// `nil`: always.
    var probability: Double?
    var purpose: Purpose
  }

  struct Spawning: BitwiseCopyable, Sendable {
    var pathway: UInt16
    /// An expression, or ``PathwayStep/none`` for one.
    var count: UInt16
    /// A row of the table of duration draws, or ``PathwayStep/none`` for at once.
    var after: UInt16
    var isJoined: Bool
    var purpose: Purpose
  }

  /// A request for several resources: a range of parts.
  struct Several: BitwiseCopyable, Sendable {
    var first: UInt32
    var count: UInt32
    /// What a release calls the unit of one of several.
    var alias: UInt16
  }

  struct Part: BitwiseCopyable, Sendable {
    var role: UInt16
    var units: UInt16
    var keeping: UInt32
  }

  /// A distribution whose parameters are known when a sample is drawn.
  struct ComputedDraw: BitwiseCopyable, Sendable {
    var family: DistributionFamily
    /// Those that are known before.
    var values: DistributionFamily.Parameters
    /// An expression for each other, or ``PathwayStep/none``.
    var expressions: InlineArray<4, UInt16>
  }

  /// Names of attributes; those of counters begin with a space.
  var attributes: [String] = []
  /// How many of them are the entity's own, and not counters.
  var ownAttributeCount = 0
  /// What attributes get on entry, in this order.
  var entryAssignments: [Assignment] = []
  var assignments: [Assignment] = []
  var choices: [Choice] = []
  var cases: [Case] = []
  var waits: [Wait] = []
  var repetitions: [Repetition] = []
  var spawnings: [Spawning] = []
  var several: [Several] = []
  var parts: [Part] = []
  var computedDraws: [ComputedDraw] = []
  /// What their author calls the parameters of each.
  var computedNames: [[String]] = []
  var expressions: [ExpressionRange] = []
  var expressionRows: [ExpressionRow] = []
  /// The expression of each exit of a branch whose share is computed, by its place; else `none`.
  var computedShares: [UInt16] = []
  /// Whether entities start others that they wait for.
  var hasFamilies = false
  /// Resources that are read by conditions that entities wait for.
  var watchedResources: [UInt32] = []
  /// Whether such a condition reads what a floor above may change of an entity.
  var watchesEntities = false
  /// Whether an interrupted delay may begin anew.
  var remembersDelays = false
}
