// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Takes the description of a model's pathways, checks all of it, and compiles it.
///
/// Declarations come in any order; each returns the number by which a domain knows what it
/// declared. Everything refers to everything by name, so an order changes numbers of rows but no
/// result. ``build()`` reports every fault at once.
public struct PathwayBuilder {
  struct DurationRule {
    var name: String
    /// `nil`: asked of the domain, under `domainRule`.
    var distribution: Distribution?
    var unit = TimeSpan(microseconds: 1)
    var domainRule: UInt16 = 0
    /// An expression that gives the length in units of time of expressions.
    var expression: String?
    /// A distribution of samples in such units.
    var computed: ComputedDistribution?

    /// Whether the domain gives the length.
    var isDomain: Bool { distribution == nil && expression == nil && computed == nil }
  }

  struct Attribute {
    var name: String
    /// What it gets on entry; `nil` is 0.
    var source: StepDescription.ValueSource?
  }

  struct DecisionDeclaration {
    var name: String
    var exits: [String]
  }

  struct PathwayDescription {
    var name: String
    var steps: [StepDescription]
  }

  var roles = NameTable()
  var sites = NameTable()
  var classes = NameTable()
  var classPriorities: [UInt8] = []
  var leaveReasons = NameTable()
  var leaveOutcomes: [LeaveOutcome] = []
  var ruleNames = NameTable()
  var rules: [DurationRule] = []
  var decisionNames = NameTable()
  var decisions: [DecisionDeclaration] = []
  var resourceNames = NameTable()
  var resources: [ResourceDescription] = []
  var provisions: [(role: UInt16, site: UInt16, resource: ResourceIndex)] = []
  var attributeNames = NameTable()
  var attributes: [Attribute] = []
  var pathwayNames = NameTable()
  var pathways: [PathwayDescription] = []
  var declarationFaults: [PathwayFault] = []

  /// The unit of time in which expressions reckon: what `time` is told in, and a computed length.
  public var expressionUnit = TimeSpan.minutes(1)

  public init() {}

  /// Declares a number that each entity carries along.
  ///
  /// - Parameter source: what it gets on entry, after those declared before it; `nil` is 0.
  @discardableResult
  public mutating func addAttribute(
    _ name: String, _ source: StepDescription.ValueSource? = nil
  ) -> UInt16 {
    if ExpressionCompiler.reserved.contains(name) { fault(.reservedName(name)) }
    attributes.append(Attribute(name: name, source: source))
    return declare(name, .attribute, \.attributeNames)
  }

  /// Declares a length of time that an expression gives, in units of ``expressionUnit``.
  public mutating func addComputedDuration(_ name: String, _ expression: String) {
    declare(name, .durationRule, \.ruleNames)
    rules.append(DurationRule(name: name, unit: expressionUnit, expression: expression))
  }

  /// Declares a length of time that is drawn from a distribution with computed parameters, in units
  /// of ``expressionUnit``.
  public mutating func addComputedDuration(_ name: String, _ distribution: ComputedDistribution) {
    declare(name, .durationRule, \.ruleNames)
    rules.append(DurationRule(name: name, unit: expressionUnit, computed: distribution))
  }

  /// Declares a role: what a resource is called in pathways.
  @discardableResult
  public mutating func addRole(_ name: String) -> UInt16 {
    declare(name, .role, \.roles)
  }

  /// Declares a place that provides resources for roles. A network has one.
  @discardableResult
  public mutating func addSite(_ name: String) -> UInt16 {
    declare(name, .site, \.sites)
  }

  /// Declares a class of entities.
  ///
  /// - Parameter priority: 0...15, lower is more urgent, with which its entities enter a network.
  @discardableResult
  public mutating func addClass(_ name: String, priority: UInt8 = 8) -> UInt16 {
    if priority > 15 { fault(.priorityOutOfRange(Int(priority))) }
    classPriorities.append(priority)
    return declare(name, .entityClass, \.classes)
  }

  /// Declares a reason for which entities leave, and what leaving for it comes to.
  @discardableResult
  public mutating func addLeaveReason(
    _ name: String, outcome: LeaveOutcome = .completed
  ) -> UInt16 {
    leaveOutcomes.append(outcome)
    return declare(name, .leaveReason, \.leaveReasons)
  }

  /// Declares a length of time that is drawn from a distribution.
  ///
  /// - Parameters:
  ///   - name: names the rule, and with it the purpose of its draws.
  ///   - distribution: without negative values.
  ///   - unit: what 1 of the distribution is.
  public mutating func addDurationRule(
    _ name: String, _ distribution: Distribution, unit: TimeSpan
  ) {
    if !distribution.isNonnegative { fault(.mayBeNegative(rule: name)) }
    declare(name, .durationRule, \.ruleNames)
    rules.append(DurationRule(name: name, distribution: distribution, unit: unit))
  }

  /// Declares a length of time that the domain gives.
  ///
  /// - Returns: the rule's number for ``PathwayDomain/duration(_:_:_:_:)``: its place among the
  ///   domain rules.
  @discardableResult
  public mutating func addDomainRule(_ name: String) -> UInt16 {
    let number = UInt16(rules.count(where: \.isDomain))
    declare(name, .durationRule, \.ruleNames)
    rules.append(DurationRule(name: name, distribution: nil, domainRule: number))
    return number
  }

  /// Declares a decision of the domain, with its exits in order.
  ///
  /// - Returns: the decision's number for ``PathwayDomain/decide(_:_:_:_:)``.
  @discardableResult
  public mutating func addDecision(_ name: String, exits: [String]) -> UInt16 {
    if exits.isEmpty { fault(.noExits) }
    decisions.append(DecisionDeclaration(name: name, exits: exits))
    return declare(name, .decision, \.decisionNames)
  }

  /// Declares a resource.
  @discardableResult
  public mutating func addResource(_ resource: ResourceDescription) -> ResourceIndex {
    if resource.capacity < 0 {
      fault(.capacityOutOfRange(resource: resource.name, resource.capacity))
    }
    if let room = resource.waitingRoom, room < 0 {
      fault(.capacityOutOfRange(resource: resource.name, room))
    }
    if let calendar = resource.calendar, !calendar.isWellFormed {
      fault(.badCalendar(resource: resource.name))
    }
    resources.append(resource)
    declare(resource.name, .resource, \.resourceNames)
    return ResourceIndex(rawValue: UInt32(resources.count - 1))
  }

  /// Says which resource provides a role at a site. One resource may provide several roles.
  public mutating func provide(role: UInt16, at site: UInt16 = 0, by resource: ResourceIndex) {
    provisions.append((role, site, resource))
  }

  /// Adds a pathway; its steps are checked by ``build()``.
  @discardableResult
  public mutating func addPathway(_ name: String, steps: [StepDescription]) -> UInt16 {
    pathways.append(PathwayDescription(name: name, steps: steps))
    return declare(name, .pathway, \.pathwayNames)
  }

  /// Checks everything and compiles it.
  public func build() throws(PathwayFaults) -> PathwayProgram {
    var compiler = PathwayCompiler(self)
    return try compiler.compile()
  }

  @discardableResult
  private mutating func declare(
    _ name: String, _ kind: PathwayFault.NameKind, _ table: WritableKeyPath<Self, NameTable>
  ) -> UInt16 {
    if self[keyPath: table].number(of: name) != nil { fault(.duplicateName(kind, name)) }
    return self[keyPath: table].append(name)
  }

  private mutating func fault(_ reason: PathwayFault.Reason) {
    declarationFaults.append(PathwayFault(reason: reason))
  }
}

/// Names in order, and their numbers.
struct NameTable {
  private(set) var names: [String] = []
  private var numbers: [String: UInt16] = [:]

  func number(of name: String) -> UInt16? { numbers[name] }

  mutating func append(_ name: String) -> UInt16 {
    precondition(names.count < Int(PathwayStep.none), "more than 65,534 names of one kind")
    let number = UInt16(names.count)
    names.append(name)
    if numbers[name] == nil { numbers[name] = number }
    return number
  }
}
