// SPDX-License-Identifier: GPL-3.0-or-later

/// One row of a compiled pathway: sixteen bytes of plain data.
///
/// All pathways of a model stand in one flat table; `next`, `otherwise` and `refused` are rows of
/// that table. `operand` is a row of the table that ``kind`` selects.
public struct PathwayStep: BitwiseCopyable, Hashable, Sendable {
  /// What a row does, and what its operand means.
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// Ask for units of a role; operand: the role.
    case seize
    /// Let time pass; operand: a row of the table of duration draws.
    case delay
    /// Give back what was seized under a role; operand: the role.
    case release
    /// Go on at a row drawn by probability; operand: a row of the table of branches.
    case branch
    /// Go on at the exit that the domain chooses; operand: a row of the table of decisions.
    case decide
    /// Make the entity a member of a class; operand: the class.
    case assignClass
    /// Change the entity's priority; operand: the priority.
    case assignPriority
    /// Put the entity at a site; operand: the site, or ``PathwayStep/none`` for its destination.
    case assignSite
    /// Give back what was held longest under a role, and be at the destination; operand: the role.
    case move
    /// Leave the model; operand: the reason.
    case leave
    /// Give an attribute a value; operand: a row of the table of assignments.
    case assign
    /// Go on at the first case that holds; operand: a row of the table of choices.
    case choose
    /// Wait for a condition or the clock; operand: a row of the table of waits.
    case wait
    /// Go back, at most so many times; operand: a row of the table of repetitions.
    case repeatFrom
    /// Start further entities; operand: a row of the table of spawnings.
    case spawn
    /// Wait for those started.
    case join
    /// Go on at the first row of another pathway; operand: 1 if that is a referral, counted.
    case proceed
    /// Ask for units of several resources together, or of one of them; operand: a row of the table
    /// of such requests.
    case seizeAll, seizeAny
  }

  /// No row, no rule, no limit.
  public static let none = UInt16.max
  /// The priority of a request is the entity's own.
  public static let entityPriority = UInt8.max

  public var kind: Kind
  /// The priority of a request, 0...15, or ``entityPriority``.
  public var priority: UInt8 = Self.entityPriority
  /// Row in the table that ``kind`` selects.
  public var operand: UInt16
  /// The row that follows.
  public var next: UInt16 = Self.none
  /// The row that follows when patience ends before the grant.
  public var otherwise: UInt16 = Self.none
  /// The row that follows when the waiting room is full.
  public var refused: UInt16 = Self.none
  /// How long a request waits at most: a row of the table of duration draws, or ``none``.
  public var patience: UInt16 = Self.none
  /// Units asked for.
  public var units: UInt16 = 1
  /// Whether a request goes to the destination site instead of the entity's own.
  public var isAtDestination = false
  /// Whether a request belongs to a transfer, and a wait for it is blocking.
  public var isTransfer = false

  public init(_ kind: Kind, operand: UInt16, next: UInt16 = Self.none) {
    self.kind = kind
    self.operand = operand
    self.next = next
  }
}
