// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// A step of a pathway as an author writes it: everything by name.
///
/// Steps follow one another in the order in which they stand, unless ``next`` names another label
/// of the same pathway.
public struct StepDescription: Sendable {
  public var label: String?
  public var action: Action
  /// The label of the step that follows; `nil` is the one below.
  public var next: String?
  /// Whether it is the request of the step above, which an entity may balk at first: measures of
  /// that step are of this one.
  public var belongsAbove = false

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
    /// Gives an attribute a value.
    case assign(attribute: String, ValueSource)
    /// The first case whose condition holds.
    case choose([Case])
    /// Waits until a condition holds, an hour comes, or a resource opens.
    case wait(Wait)
    /// Goes back to a step, at most so many times.
    case repeatFrom(Repetition)
    /// Starts further entities on a pathway.
    case spawn(Spawning)
    /// Waits until all that were spawned to be joined have left.
    case join
    /// Goes on at the first step of another pathway.
    case proceed(pathway: String, isReferral: Bool)
    /// Seizes units of several resources at once, or none.
    case seizeAll(SeveralRequest)
    /// Seizes units of the first of several resources that has them.
    case seizeAny(SeveralRequest)
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
    /// An expression that gives the probability instead.
    public var computed: String?
    /// A label; `nil` is the step below.
    public var to: String?

    public init(_ probability: Double?, to: String?) {
      self.probability = probability
      self.to = to
    }

    public init(computed: String, to: String?) {
      self.computed = computed
      self.to = to
    }
  }

  /// A condition, an expression, and where to go when it holds.
  public struct Case: Sendable {
    /// `nil` holds always.
    public var condition: String?
    /// A label; `nil` is the step below.
    public var to: String?

    public init(_ condition: String?, to: String?) {
      self.condition = condition
      self.to = to
    }
  }

  /// Where an attribute's value comes from.
  public enum ValueSource: Sendable {
    case expression(String)
    case distribution(Distribution)
    case computed(ComputedDistribution)
  }

  public struct Wait: Sendable {
    public enum Until: Sendable {
      /// A condition, an expression that does not read the clock.
      case condition(String)
      /// The next time it is so many minutes after midnight, on any day, or on these (0 is Monday).
      case clock(minuteOfDay: Int, days: [Int])
      /// A resource has a capacity above zero.
      case opening(role: String)
    }
    public var until: Until
    /// How long the entity waits at most.
    public var patience: Patience?

    public init(_ until: Until, patience: Patience? = nil) {
      self.until = until
      self.patience = patience
    }
  }

  public struct Repetition: Sendable {
    /// The label to go back to.
    public var to: String
    /// Times that one entity goes back at most.
    public var atMost: Int
    /// Goes back only while this expression holds.
    public var condition: String?
    /// Goes back with this probability.
    public var probability: Double?

    public init(to: String, atMost: Int, condition: String? = nil, probability: Double? = nil) {
      self.to = to
      self.atMost = atMost
      self.condition = condition
      self.probability = probability
    }
  }

  public struct Spawning: Sendable {
    public var pathway: String
    /// How many, an expression; `nil` is one.
    public var count: String?
    /// A duration rule: they begin so much later.
    public var after: String?
    /// Whether a join waits for them.
    public var isJoined: Bool

    public init(_ pathway: String, count: String? = nil, after: String? = nil, isJoined: Bool) {
      self.pathway = pathway
      self.count = count
      self.after = after
      self.isJoined = isJoined
    }
  }

  /// A request that concerns several resources.
  public struct SeveralRequest: Sendable {
    public struct Part: Sendable {
      public var role: String
      public var units: Int
      /// Units that must stay free for others.
      public var keeping: Int

      public init(_ role: String, units: Int = 1, keeping: Int = 0) {
        self.role = role
        self.units = units
        self.keeping = keeping
      }
    }
    /// In order of preference, for one of them.
    public var parts: [Part]
    /// What a release calls the unit of whichever resource it was, for one of several.
    public var alias: String?
    /// 0...15, lower is more urgent; `nil` is the entity's own.
    public var priority: Int?
    public var patience: Patience?
    /// The label to go on at when there is no room to wait.
    public var refused: String?

    public init(_ parts: [Part], alias: String? = nil) {
      self.parts = parts
      self.alias = alias
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
