// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// One use of a ``PathwayBuilder``: resolves names, checks flow, lays out rows.
struct PathwayCompiler {
  let source: PathwayBuilder
  var faults: [PathwayFault]
  var steps: [PathwayStep] = []
  var entryRows: [UInt16] = []
  var durationDraws: [PathwayProgram.DurationDraw] = []
  var samplers = SamplerTable()
  var samplerOfRule: [SamplerIndex]
  var branches: [PathwayProgram.Branch] = []
  var branchExits: [PathwayProgram.BranchExit] = []
  var decisions: [PathwayProgram.Decision] = []
  var decisionExits: [UInt16] = []
  var rare = RareTables()
  var expressions: ExpressionCompiler
  var labelRows: [String: UInt16] = [:]
  var requestRows: [String: UInt16] = [:]
  var stepOfRow: [UInt16] = []
  /// The pathway in hand.
  var pathway = ""
  var drawsOfRule: [String: Int] = [:]
  var branchesOfName: [String: Int] = [:]
  var usesOfPurpose: [[String]: Int] = [:]
  var rowOfStep: [Int] = []
  var stepOfLabel: [String: Int] = [:]

  init(_ source: PathwayBuilder) {
    self.source = source
    faults = source.declarationFaults
    expressions = ExpressionCompiler(source)
    var samplers = SamplerTable()
    samplerOfRule = source.rules.map { rule in
      rule.distribution.map { samplers.add($0) } ?? SamplerIndex(rawValue: 0)
    }
    self.samplers = samplers
  }

  mutating func compile() throws(PathwayFaults) -> PathwayProgram {
    let resourceAt = provisionTable()
    checkDeclaredExpressions()
    for description in source.pathways { check(description) }
    guard faults.isEmpty else { throw PathwayFaults(faults) }
    rare.attributes = source.attributeNames.names
    rare.ownAttributeCount = rare.attributes.count
    rare.remembersDelays = source.resources.contains { $0.interrupted != .resume }
    layOutAttributes()
    var row = 0
    for description in source.pathways {
      entryRows.append(UInt16(truncatingIfNeeded: row))
      row += description.steps.reduce(0) { $0 + $1.action.rowCount }
    }
    for description in source.pathways { layOut(description) }
    rare.expressions = expressions.ranges
    rare.expressionRows = expressions.rows
    noteWatched()
    guard faults.isEmpty else { throw PathwayFaults(faults) }
    return PathwayProgram(
      steps: steps, pathways: source.pathwayNames.names, entryRows: entryRows,
      roles: source.roles.names, sites: source.sites.names, classes: source.classes.names,
      classPriorities: source.classPriorities, leaveReasons: source.leaveReasons.names,
      leaveOutcomes: source.leaveOutcomes, resources: source.resources, rare: rare,
      microsecondsPerUnit: Double(source.expressionUnit.microseconds), resourceAt: resourceAt,
      durationDraws: durationDraws,
      samplers: samplers, branches: branches, branchExits: branchExits, decisions: decisions,
      decisionExits: decisionExits, labels: labelRows,
      requestRows: requestRows, stepOfRow: stepOfRow,
      tables: PathwayTables(
        steps: steps, entryRows: entryRows, durationDraws: durationDraws, branches: branches,
        branchExits: branchExits, decisions: decisions, decisionExits: decisionExits,
        resourceAt: resourceAt,
        roleCount: source.roles.names.count, rare: rare))
  }

  /// Expressions of attributes and durations stand outside pathways.
  private mutating func checkDeclaredExpressions() {
    typealias Text = (PathwayFault.Declaration, String, ExpressionMeaning)
    var texts: [Text] = []
    for rule in source.rules {
      let declaration = PathwayFault.Declaration.rule(rule.name)
      if let text = rule.expression { texts.append((declaration, text, .time)) }
      texts += rule.computed?.expressions.map { (declaration, $0.text, $0.meaning) } ?? []
    }
    for attribute in source.attributes {
      let declaration = PathwayFault.Declaration.attribute(attribute.name)
      if case .expression(let text)? = attribute.source { texts.append((declaration, text, .any)) }
      if case .computed(let distribution)? = attribute.source {
        texts += distribution.expressions.map { (declaration, $0.text, $0.meaning) }
      }
    }
    var compiler = expressions
    for (declaration, text, meaning) in texts {
      do throws(ExpressionFault) {
        _ = try compiler.compile(text, as: meaning)
      } catch {
        faults.append(
          PathwayFault(reason: .badDeclaration(declaration, text, error)))
      }
    }
  }

  private func provisionTable() -> [UInt32] {
    let roleCount = source.roles.names.count
    var table = [UInt32](
      repeating: PathwayProgram.noResource, count: roleCount * source.sites.names.count)
    for provision in source.provisions {
      table[Int(provision.site) * roleCount + Int(provision.role)] = provision.resource.rawValue
    }
    return table
  }

  private mutating func check(_ description: PathwayBuilder.PathwayDescription) {
    var check = PathwayCheck(source, description)
    faults += check.run()
  }

  // MARK: - Rows

  private mutating func layOut(_ description: PathwayBuilder.PathwayDescription) {
    pathway = description.name
    drawsOfRule = [:]
    branchesOfName = [:]
    stepOfLabel = [:]
    rowOfStep = []
    var row = steps.count
    var labelAbove: String?
    for (place, step) in description.steps.enumerated() {
      rowOfStep.append(row)
      if step.belongsAbove, let labelAbove {
        requestRows[PathwayProgram.labelKey(pathway, labelAbove)] =
          UInt16(truncatingIfNeeded: row)
      }
      labelAbove = step.label
      if let label = step.label {
        stepOfLabel[label] = place
        labelRows[PathwayProgram.labelKey(pathway, label)] = UInt16(truncatingIfNeeded: row)
      }
      row += step.action.rowCount
    }
    guard row < Int(PathwayStep.none) else {
      faults.append(PathwayFault(pathway: pathway, reason: .tooManyRows))
      return
    }
    rowOfStep.append(row)
    for place in description.steps.indices {
      stepOfRow += Array(repeating: UInt16(place), count: rowOfStep[place + 1] - rowOfStep[place])
    }
    for (place, step) in description.steps.enumerated() { layOut(step, place) }
  }

  private mutating func layOut(_ step: StepDescription, _ place: Int) {
    let next = target(step.next, below: place)
    switch step.action {
    case .seize(let request):
      steps.append(seize(request, label: step.label, next: next))
    case .delay(let rule):
      steps.append(
        PathwayStep(.delay, operand: draw("duration", rule, label: step.label), next: next))
    case .release(let role):
      steps.append(PathwayStep(.release, operand: number(role, source.roles), next: next))
    case .branch(let exits):
      steps.append(branch(exits, label: step.label, place))
    case .decide(let decision, let exits):
      steps.append(decide(decision, exits, place))
    case .assignClass(let name):
      steps.append(PathwayStep(.assignClass, operand: number(name, source.classes), next: next))
    case .assignPriority(let priority):
      steps.append(PathwayStep(.assignPriority, operand: UInt16(priority), next: next))
    case .assignSite(let name):
      steps.append(PathwayStep(.assignSite, operand: number(name, source.sites), next: next))
    case .goToDestination:
      steps.append(PathwayStep(.assignSite, operand: PathwayStep.none, next: next))
    case .transfer(let request, let old, let delay):
      let row = rowOfStep[place]
      var request = request
      request.isAtDestination = true
      steps.append(seize(request, label: step.label, next: UInt16(row + 1)))
      steps[row].isTransfer = true
      if let delay {
        steps.append(
          PathwayStep(
            .delay, operand: draw("duration", delay, label: step.label), next: UInt16(row + 2)))
      }
      steps.append(PathwayStep(.move, operand: number(old, source.roles), next: next))
    case .leave(let reason):
      steps.append(PathwayStep(.leave, operand: number(reason, source.leaveReasons)))
    default:
      layOutRare(step, place, next: next)
    }
  }

  private mutating func seize(
    _ request: StepDescription.Request, label: String?, next: UInt16
  ) -> PathwayStep {
    var step = PathwayStep(.seize, operand: number(request.role, source.roles), next: next)
    step.units = UInt16(request.units)
    step.priority = request.priority.map { UInt8($0) } ?? PathwayStep.entityPriority
    step.isAtDestination = request.isAtDestination
    if let patience = request.patience {
      step.patience = draw("patience", patience.rule, label: label)
      step.otherwise = row(of: patience.otherwise)
    }
    if let refused = request.refused { step.refused = row(of: refused) }
    return step
  }

  mutating func branch(
    _ exits: [StepDescription.BranchExit], label: String?, _ place: Int
  ) -> PathwayStep {
    let name = label ?? exits.map { $0.to ?? "" }.joined(separator: "|")
    let use = branchesOfName[name, default: 0] + 1
    branchesOfName[name] = use
    let parts = ["branch", pathway, name] + (use > 1 ? [String(use)] : [])
    branches.append(
      PathwayProgram.Branch(
        firstExit: UInt32(branchExits.count), exitCount: UInt32(exits.count),
        purpose: Purpose(parts: parts)))
    branches[branches.count - 1].isComputed = exits.contains { $0.computed != nil }
    let stated = exits.reduce(0) { $0 + ($1.probability ?? 0) }
    var cumulative = 0.0
    for exit in exits {
      cumulative += exit.probability ?? max(0, 1 - stated)
      branchExits.append(
        PathwayProgram.BranchExit(
          cumulativeProbability: cumulative, row: target(exit.to, below: place),
          probability: exit.probability ?? 0,
          computed: exit.computed.map { expression($0) } ?? PathwayStep.none,
          isRest: exit.probability == nil && exit.computed == nil))
    }
    return PathwayStep(.branch, operand: UInt16(branches.count - 1))
  }

  private mutating func decide(
    _ name: String, _ exits: [StepDescription.DecisionExit], _ place: Int
  ) -> PathwayStep {
    let question = number(name, source.decisionNames)
    let declared = source.decisions[Int(question)].exits
    decisions.append(
      PathwayProgram.Decision(
        question: question, exitCount: UInt16(declared.count),
        firstExit: UInt32(decisionExits.count)))
    for exit in declared {
      let given = exits.first { $0.name == exit }
      decisionExits.append(target(given?.to, below: place))
    }
    return PathwayStep(.decide, operand: UInt16(decisions.count - 1))
  }

  /// A row of the table of draws for one use of a rule.
  ///
  /// The purpose is the rule's name; a label, or else the number of the use within the pathway from
  /// the second on, tells uses apart, so that one entity never gets the same number twice.
  mutating func draw(_ use: String, _ name: String, label: String?) -> UInt16 {
    let number = Int(self.number(name, source.ruleNames))
    let rule = source.rules[number]
    var parts = [use, name]
    if let label {
      parts.append(label)
    } else {
      let count = drawsOfRule[use + name, default: 0] + 1
      drawsOfRule[use + name] = count
      if count > 1 { parts.append(String(count)) }
    }
    var draw = PathwayProgram.DurationDraw(
      kind: .domain, sampler: samplerOfRule[number], operand: rule.domainRule,
      microsecondsPerUnit: Double(rule.unit.microseconds), purpose: Purpose(parts: parts),
      span: .zero, mean: 0)
    if let text = rule.expression {
      draw.kind = .expression
      draw.operand = expression(text)
    }
    if let distribution = rule.computed {
      draw.kind = .parametric
      draw.operand = computedDraw(distribution)
    }
    if let distribution = rule.distribution {
      switch distribution.form {
      case .constant(let value):
        draw.kind = .fixed
        draw.span = TimeSpan(
          microseconds: Int64((value * draw.microsecondsPerUnit).rounded()))
      case .exponential(let mean):
        draw.kind = .exponential
        draw.mean = mean
      default:
        draw.kind = .sampled
      }
    }
    durationDraws.append(draw)
    if rare.remembersDelays && use == "duration" {
      draw.kind = .remembered
      draw.operand = UInt16(durationDraws.count - 1)
      durationDraws.append(draw)
    }
    return UInt16(durationDraws.count - 1)
  }

  func number(_ name: String, _ table: NameTable) -> UInt16 {
    guard let number = table.number(of: name) else {
      preconditionFailure("a name passed the check but is unknown")
    }
    return number
  }

  func row(of label: String) -> UInt16 {
    guard let step = stepOfLabel[label] else {
      preconditionFailure("a label passed the check but is unknown")
    }
    return UInt16(rowOfStep[step])
  }

  func target(_ label: String?, below place: Int) -> UInt16 {
    label.map { row(of: $0) } ?? UInt16(rowOfStep[place + 1])
  }
}

extension StepDescription.Action {
  /// How many rows a step takes.
  fileprivate var rowCount: Int {
    if case .transfer(_, _, let delay) = self { return delay == nil ? 2 : 3 }
    return 1
  }
}
