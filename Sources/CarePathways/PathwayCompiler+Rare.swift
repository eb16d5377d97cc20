// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Rows of the steps that most models have none of.
extension PathwayCompiler {
  /// What attributes get on entry.
  mutating func layOutAttributes() {
    for (place, attribute) in source.attributes.enumerated() {
      guard let value = attribute.source else { continue }
      rare.entryAssignments.append(
        assignment(UInt16(place), value, Purpose("attribute", attribute.name)))
    }
  }

  mutating func layOutRare(_ step: StepDescription, _ place: Int, next: UInt16) {
    switch step.action {
    case .assign(let attribute, let value):
      let purpose = purpose(["attribute", attribute, pathway], step.label)
      rare.assignments.append(
        assignment(number(attribute, source.attributeNames), value, purpose))
      append(.assign, rare.assignments.count, next)
    case .choose(let cases):
      rare.choices.append(
        RareTables.Choice(first: UInt32(rare.cases.count), count: UInt32(cases.count)))
      for item in cases {
        rare.cases.append(
          RareTables.Case(
            condition: item.condition.map { expression($0) } ?? PathwayStep.none,
            row: target(item.to, below: place)))
      }
      append(.choose, rare.choices.count, next)
    case .wait(let wait):
      rare.waits.append(row(of: wait))
      append(.wait, rare.waits.count, next)
      addPatience(wait.patience, label: step.label)
    case .repeatFrom(let repetition):
      let counter = UInt16(rare.attributes.count)
      rare.attributes.append(" repeat \(pathway) \(place)")
      rare.repetitions.append(
        RareTables.Repetition(
          counter: counter, limit: Double(repetition.atMost), row: row(of: repetition.to),
          condition: repetition.condition.map { expression($0) } ?? PathwayStep.none,
          probability: repetition.probability,
          purpose: purpose(["repeat", pathway, repetition.to], step.label)))
      append(.repeatFrom, rare.repetitions.count, next)
    case .spawn(let spawning):
      rare.hasFamilies = rare.hasFamilies || spawning.isJoined
      let purpose = purpose(["spawn", pathway, spawning.pathway], step.label)
      rare.spawnings.append(
        RareTables.Spawning(
          pathway: number(spawning.pathway, source.pathwayNames),
          count: spawning.count.map { expression($0) } ?? PathwayStep.none,
          after: spawning.after.map { draw("duration", $0, label: step.label) }
            ?? PathwayStep.none,
          isJoined: spawning.isJoined, purpose: purpose))
      append(.spawn, rare.spawnings.count, next)
    case .join:
      rare.hasFamilies = true
      append(.join, 1, next)
    case .proceed(let pathway, let isReferral):
      let entry = entryRows[Int(number(pathway, source.pathwayNames))]
      append(.proceed, isReferral ? 2 : 1, entry)
    case .seizeAll(let request), .seizeAny(let request):
      rare.several.append(
        RareTables.Several(
          first: UInt32(rare.parts.count), count: UInt32(request.parts.count),
          alias: request.alias.map { number($0, source.roles) } ?? PathwayStep.none))
      for part in request.parts {
        rare.parts.append(
          RareTables.Part(
            role: number(part.role, source.roles), units: UInt16(part.units),
            keeping: UInt32(part.keeping)))
      }
      var kind = PathwayStep.Kind.seizeAll
      if case .seizeAny = step.action { kind = .seizeAny }
      append(kind, rare.several.count, next)
      steps[steps.count - 1].priority =
        request.priority.map { UInt8($0) } ?? PathwayStep.entityPriority
      addPatience(request.patience, label: step.label)
      if let refused = request.refused { steps[steps.count - 1].refused = row(of: refused) }
    default:
      preconditionFailure("not a rare step")
    }
  }

  /// Notes what the conditions read that entities wait for.
  mutating func noteWatched() {
    var resources: Set<UInt32> = []
    for (place, wait) in rare.waits.enumerated() where wait.kind == .condition {
      let range = rare.expressions[Int(wait.operand)]
      let rows = rare.expressionRows[Int(range.first)..<Int(range.first + range.count)]
      rare.waits[place].isAlike = true
      for row in rows where row.kind.rawValue <= ExpressionRow.Kind.capacity.rawValue {
        switch row.kind {
        case .number: break
        case .free, .queue, .held, .capacity: resources.insert(UInt32(row.operand))
        case .attribute: rare.waits[place].isAlike = false
        default:
          rare.waits[place].isAlike = false
          rare.watchesEntities = true
        }
      }
    }
    rare.watchedResources = resources.sorted()
  }

  /// The row of a distribution with computed parameters.
  mutating func computedDraw(_ distribution: ComputedDistribution) -> UInt16 {
    var row = RareTables.ComputedDraw(
      family: distribution.family, values: .init(repeating: 0),
      expressions: .init(repeating: PathwayStep.none))
    for (place, parameter) in distribution.parameters.enumerated() {
      switch parameter {
      case .number(let value): row.values[place] = value
      case .expression(let text): row.expressions[place] = expression(text)
      }
    }
    rare.computedDraws.append(row)
    rare.computedNames.append(distribution.names)
    return UInt16(rare.computedDraws.count - 1)
  }

  /// The number of an expression, which passed the check.
  mutating func expression(_ text: String) -> UInt16 {
    do throws(ExpressionFault) {
      return try expressions.compile(text)
    } catch {
      preconditionFailure("an expression passed the check and does not compile")
    }
  }

  /// - Parameter count: rows of the table that the operand is the last one of.
  private mutating func append(_ kind: PathwayStep.Kind, _ count: Int, _ next: UInt16) {
    steps.append(PathwayStep(kind, operand: UInt16(count - 1), next: next))
  }

  private mutating func addPatience(_ patience: StepDescription.Patience?, label: String?) {
    guard let patience else { return }
    steps[steps.count - 1].patience = draw("patience", patience.rule, label: label)
    steps[steps.count - 1].otherwise = row(of: patience.otherwise)
  }

  private mutating func row(of wait: StepDescription.Wait) -> RareTables.Wait {
    switch wait.until {
    case .condition(let text): return RareTables.Wait(kind: .condition, operand: expression(text))
    case .clock(let minute, let days):
      return RareTables.Wait(
        kind: .clock, minuteOfDay: UInt16(minute), days: days.reduce(0) { $0 | 1 << UInt8($1) })
    case .opening(let role):
      return RareTables.Wait(kind: .opening, operand: number(role, source.roles))
    }
  }

  private mutating func assignment(
    _ attribute: UInt16, _ value: StepDescription.ValueSource, _ purpose: Purpose
  ) -> RareTables.Assignment {
    switch value {
    case .expression(let text):
      RareTables.Assignment(
        attribute: attribute, expression: expression(text),
        sampler: SamplerIndex(rawValue: 0), purpose: purpose)
    case .distribution(let distribution):
      RareTables.Assignment(
        attribute: attribute, expression: PathwayStep.none, sampler: samplers.add(distribution),
        purpose: purpose)
    case .computed(let distribution):
      RareTables.Assignment(
        attribute: attribute, expression: PathwayStep.none,
        computed: computedDraw(distribution), sampler: SamplerIndex(rawValue: 0),
        purpose: purpose)
    }
  }

  /// The purpose of a draw at a step: told apart by the step's label, or else, from the second use
  /// on, by the number of the use.
  private mutating func purpose(_ parts: [String], _ label: String?) -> Purpose {
    if let label { return Purpose(parts: parts + [label]) }
    let use = usesOfPurpose[parts, default: 0] + 1
    usesOfPurpose[parts] = use
    return Purpose(parts: parts + (use > 1 ? [String(use)] : []))
  }
}
