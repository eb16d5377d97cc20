// SPDX-License-Identifier: GPL-3.0-or-later

/// A step of a pathway as an author writes it: everything by name.
///
/// Steps follow one another in the order in which they stand, unless ``next`` names another label
/// of the same pathway.
public struct StepDescription: Sendable {
  public var label: String?
  public var action: Action
  /// The label of the step that follows; `nil` is the one below.
  public var next: String?

  public enum Action: Sendable {
    case seize(Request)
    /// A delay by a duration rule.
    case delay(rule: String)
    case release(role: String)
    /// Exits with their probabilities.
    case branch([BranchExit])
    /// A decision of the domain: for each of its exits, by name, a label.
    case decide(decision: String, exits: [DecisionExit])
    case assignClass(String)
    case assignPriority(Int)
    case assignSite(String)
    /// The entity is at its destination from now on.
    case goToDestination
    /// Seize at the destination while keeping what is held here (blocking), then the delay, then
    /// give back `from` and be at the destination.
    case transfer(to: Request, from: String, delay: String?)
    case leave(reason: String)
  }

  /// What a seize asks for.
  public struct Request: Sendable {
    public var role: String
    public var units: Int
    /// At the destination instead of where the entity is.
    public var isAtDestination: Bool
    /// 0...15, lower is more urgent; `nil` is the entity's own.
    public var priority: Int?
    /// How long the entity waits at most.
    public var patience: Patience?
    /// The label to go on at when the waiting room is full.
    public var refused: String?

    public init(
      _ role: String, units: Int = 1, isAtDestination: Bool = false, priority: Int? = nil,
      patience: Patience? = nil, refused: String? = nil
    ) {
      self.role = role
      self.units = units
      self.isAtDestination = isAtDestination
      self.priority = priority
      self.patience = patience
      self.refused = refused
    }
  }

  /// A duration rule, and the label to go on at when it is over before the grant.
  public struct Patience: Sendable {
    public var rule: String
    public var otherwise: String

    public init(rule: String, otherwise: String) {
      self.rule = rule
      self.otherwise = otherwise
    }
  }

  public struct BranchExit: Sendable {
    /// `nil` is what the others leave; at most one exit.
    public var probability: Double?
    /// A label; `nil` is the step below.
    public var to: String?

    public init(_ probability: Double?, to: String?) {
      self.probability = probability
      self.to = to
    }
  }

  public struct DecisionExit: Sendable {
    public var name: String
    /// A label; `nil` is the step below.
    public var to: String?

    public init(_ name: String, to: String?) {
      self.name = name
      self.to = to
    }
  }

  public init(label: String? = nil, _ action: Action, next: String? = nil) {
    self.label = label
    self.action = action
    self.next = next
  }
}
