// SPDX-License-Identifier: GPL-3.0-or-later

/// Something wrong in the description of pathways: where, and what.
public struct PathwayFault: Error, Hashable, Sendable {
  /// The pathway, or `nil` when a declaration is at fault.
  public var pathway: String?
  /// The step's place in the pathway, from 0.
  public var step: Int?
  public var label: String?
  public var reason: Reason

  /// What a name names.
  public enum NameKind: String, Hashable, Sendable {
    case pathway, role, site, resource, label, decision, exit
    case entityClass = "class"
    case attribute
    case durationRule = "duration rule"
    case leaveReason = "leave reason"
  }

  /// What an expression outside pathways belongs to.
  public enum Declaration: Hashable, Sendable {
    case rule(String)
    case attribute(String)
  }

  public enum Reason: Hashable, Sendable {
    /// A name that nothing has; `known` are those of its kind.
    case unknownName(NameKind, String, known: [String])
    case duplicateName(NameKind, String)
    /// A pathway without steps.
    case empty
    /// No path leads to the step.
    case unreachable
    /// The last step lets the entity go on, but there is nothing below.
    case fallsOffTheEnd
    /// No path leads from the step to a leave.
    case neverLeaves
    case probabilityOutOfRange(Double)
    /// Probabilities add up to this instead of 1; with an exit for the rest, to more than 1.
    case probabilitiesSumTo(Double)
    /// More than one exit takes the rest.
    case severalRests
    /// A decision's exit is given no label.
    case missingExit(String)
    /// A branch or decision has no exits.
    case noExits
    /// A role's waiting room can be full, and the step does not say what follows then.
    case missingRefusedExit(role: String)
    /// On some path the entity leaves while it holds this role.
    case neverReleased(role: String)
    /// On some path the entity does not hold the role it releases or transfers from.
    case releasedButNotHeld(role: String)
    /// On some path the entity holds the role already.
    case seizedTwice(role: String)
    /// On some path the entity would hold more than ``Entity/holdLimit`` roles at once.
    case tooManyHeld
    /// On some path the entity holds one role and seizes another of the same preemptive resource.
    case sharesPreemptiveResource(role: String, held: String)
    case unitsOutOfRange(Int)
    case priorityOutOfRange(Int)
    /// No site provides the role.
    case notProvided(role: String)
    /// The rule's distribution has negative values.
    case mayBeNegative(rule: String)
    case capacityOutOfRange(resource: String, Int)
    /// A capacity calendar is empty, or its changes do not ascend or lie outside the week.
    case badCalendar(resource: String)
    /// A text is not an expression that can stand here.
    case badExpression(String, ExpressionFault)
    /// The same of one that stands outside pathways.
    case badDeclaration(Declaration, String, ExpressionFault)
    /// An attribute's name means something else in expressions.
    case reservedName(String)
    /// A condition that is waited for reads the clock, at which nothing happens.
    case waitReadsClock(String)
    /// No case holds always.
    case noOtherwise
    /// An entity would wait for a condition or others while a more urgent one may take what it holds.
    case waitsWhileInterruptible(role: String)
    case countOutOfRange(Int)
    /// Hours outside the day, or no days.
    case badHour
    /// The pathways together are too long for the row format.
    case tooManyRows
  }

  public init(
    pathway: String? = nil, step: Int? = nil, label: String? = nil, reason: Reason
  ) {
    self.pathway = pathway
    self.step = step
    self.label = label
    self.reason = reason
  }
}

/// All faults of the description of pathways, in the order of the description.
public struct PathwayFaults: Error, Hashable, Sendable {
  public var faults: [PathwayFault]

  public init(_ faults: [PathwayFault]) { self.faults = faults }
}
