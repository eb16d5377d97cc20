// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

/// Where the parts of a network stand in its files, so that a fault found in the compiled
/// description is shown at the line its author wrote.
struct NetworkPlaces {
  struct Declaration: Hashable {
    var kind: PathwayFault.NameKind
    var name: String

    init(_ kind: PathwayFault.NameKind, _ name: String) {
      self.kind = kind
      self.name = name
    }
  }

  var model = SourcePlace(file: "")
  var declarations: [Declaration: SourcePlace] = [:]
  /// One place for each compiled step of a pathway.
  var steps: [String: [SourcePlace]] = [:]
  var pathways: [String: SourcePlace] = [:]
  /// Pathways with a step that could not be read.
  var brokenPathways = Set<String>()
  var sources: [String: SourcePlace] = [:]

  /// The faults without those that only follow from others: where a step is wrong, what is held
  /// after it, and whether it leads anywhere, means nothing.
  func withoutConsequences(_ faults: [PathwayFault]) -> [PathwayFault] {
    let broken = brokenPathways.union(
      faults.filter { !$0.isAboutPaths }.compactMap(\.pathway))
    return faults.filter { fault in
      guard fault.isAboutPaths, let pathway = fault.pathway else { return true }
      return !broken.contains(pathway)
    }
  }

  func modelFault(for fault: PathwayFault) -> ModelFault {
    let (problem, remedy) = words(for: fault.reason)
    return ModelFault(place(of: fault), problem, remedy)
  }

  func modelFault(for fault: ArrivalFault) -> ModelFault {
    let (problem, remedy) = words(for: fault.reason)
    var place = sources[fault.source] ?? model
    switch fault.reason {
    case .batchOutOfRange: place = place.appending("batch")
    case .intervalsOutOfRange, .noStationaryInterval: place = place.appending("renewal")
    case .neverOpen: place = place.appending("open")
    case .seasonsWithoutRate: place = place.appending("seasons")
    default: break
    }
    return ModelFault(place, problem, remedy)
  }

  private func place(of fault: PathwayFault) -> SourcePlace {
    if let pathway = fault.pathway {
      if let step = fault.step, let places = steps[pathway], places.indices.contains(step) {
        return places[step]
      }
      return pathways[pathway] ?? model
    }
    let declaration: Declaration? =
      switch fault.reason {
      case .duplicateName(let kind, let name): Declaration(kind, name)
      case .mayBeNegative(let rule): Declaration(.durationRule, rule)
      case .reservedName(let name), .badDeclaration(.attribute(let name), _, _):
        Declaration(.attribute, name)
      case .badDeclaration(.rule(let name), _, _): Declaration(.durationRule, name)
      case .capacityOutOfRange(let resource, _), .badCalendar(let resource):
        Declaration(.resource, resource)
      default: nil
      }
    return declaration.flatMap { declarations[$0] } ?? model
  }

  private func words(for reason: PathwayFault.Reason) -> (String, String) {
    switch reason {
    case .unknownName(let kind, let name, let known):
      let word = kind == .role ? "resource" : kind == .label ? "step" : kind.rawValue
      return (
        "\(name.quotedBriefly) is not \(withArticle(word))"
          + (kind == .label ? " of this pathway" : ""),
        remedy(for: name, among: known, kind: kind == .label ? "step with a name" : word)
      )
    case .duplicateName(let kind, let name):
      let word = kind == .label ? "step" : kind.rawValue
      return ("\(name.quotedBriefly) is the name of two \(word)s", "give each its own")
    case .empty: return ("has no steps", "write at least - leave: REASON")
    case .unreachable:
      return ("is never reached", "lead a step to it with next, branch, renege or if-full")
    case .fallsOffTheEnd:
      return ("is the last step, and does not leave", "end the pathway with - leave: REASON")
    case .neverLeaves:
      return ("leads round and round", "let some step lead to a - leave: REASON")
    case .probabilityOutOfRange(let value):
      return ("is \(plainNumber(value))", "write a share from 0 to 100 %")
    case .probabilitiesSumTo(let sum):
      return (
        "has shares that sum to \(plainNumber(sum))", "let them sum to 1, or add otherwise: STEP"
      )
    case .severalRests: return ("has several otherwise", "keep one")
    case .missingExit(let name): return ("does not say where \(name) leads", "add \(name): STEP")
    case .noExits: return ("leads nowhere", "write {STEP: 30 %, otherwise: STEP}")
    case .missingRefusedExit(let role):
      return (
        "does not say what happens when the waiting room of \(role) is full",
        "add if-full: STEP"
      )
    case .neverReleased(let role):
      return ("is reached while \(role) is still held", "add - release: \(role) before it")
    case .releasedButNotHeld(let role):
      return ("gives back \(role), which is not held here on every path", "seize it first")
    case .seizedTwice(let role):
      return ("asks for \(role), which is held already on some path", "release it first")
    case .tooManyHeld:
      return ("would hold more than \(Entity.holdLimit) resources at once", "release one first")
    case .sharesPreemptiveResource(let role, let held):
      return ("asks for \(role) while it holds \(held) of the same preemptive resource", "")
    case .unitsOutOfRange(let units): return ("asks for \(units) units", "ask for 1 to 65535")
    case .priorityOutOfRange(let priority):
      return ("has the priority \(priority + 1)", "write 1, the most urgent, to 16")
    case .notProvided(let role): return ("asks for \(role), which nobody provides", "")
    case .mayBeNegative: return ("can be negative", "a length of time cannot")
    case .capacityOutOfRange(_, let value): return ("is \(value)", "write zero or more")
    case .badCalendar: return ("has shifts that do not make a week", "look at their hours")
    case .badExpression(let text, let fault), .badDeclaration(_, let text, let fault):
      return ("the expression \(text.quotedBriefly) \(fault.problem)", fault.remedy)
    case .reservedName: return ("means something else in expressions", "take another name")
    case .waitReadsClock(let text):
      return (
        "\(text.quotedBriefly) reads the clock, at which nothing happens",
        "write until: 08:00, or a condition on resources and attributes"
      )
    case .noOtherwise:
      return ("does not say what follows when no case holds", "add otherwise: STEP")
    case .waitsWhileInterruptible(let role):
      return ("waits while it holds \(role), which is preemptive", "release it first")
    case .countOutOfRange(let count):
      return ("repeats \(count) times", "write 1 to 1,000,000")
    case .badHour: return ("is no hour of a day", "write 08:00, and days such as Mon-Fri")
    case .tooManyRows: return ("is too long", "65,000 steps are the most a model can have")
    }
  }

  private func words(for reason: ArrivalFault.Reason) -> (String, String) {
    switch reason {
    case .duplicateSource: return ("is the name of two sources", "give each its own")
    case .unknownPathway(let name, let known):
      return (
        "\(name.quotedBriefly) is not a pathway", remedy(for: name, among: known, kind: "pathway")
      )
    case .unknownClass(let name, let known):
      return (
        "\(name.quotedBriefly) is not a class", remedy(for: name, among: known, kind: "class")
      )
    case .noClasses: return ("has no class", "add class: NAME")
    case .shareOutOfRange(let share):
      return ("has the share \(plainNumber(share))", "write a share from 0 to 100 %")
    case .sharesSumTo(let sum):
      return ("has classes whose shares sum to \(plainNumber(sum))", "let them sum to 1")
    case .rateOutOfRange(let rate):
      return ("has the rate \(plainNumber(rate))", "write a rate of zero or more")
    case .noRate: return ("has no rate above zero", "give some hours a rate")
    case .offsetsOutOfOrder: return ("has rates out of order", "list them by time")
    case .timesOutOfOrder: return ("has times out of order", "list them by time, none below zero")
    case .unknownAttribute(let name, let known):
      return (
        "\(name.quotedBriefly) is not an attribute",
        remedy(for: name, among: known, kind: "attribute")
      )
    case .intervalsOutOfRange:
      return ("has intervals that can be negative, or are all zero", "let them be above zero")
    case .noStationaryInterval(let family):
      return (
        "has a stationary first interval, which is not known for \(family)",
        "leave out first: stationary, or write first: with a distribution"
      )
    case .batchOutOfRange:
      return (
        "is not always a whole number from 1",
        "write 3, or {empirical: {values: [1, 2, 3], weights: [5, 3, 2]}}"
      )
    case .neverOpen: return ("has no open hours", "write {days: Mon-Fri, hours: 08:00-17:00}")
    case .timeOutsideOpening: return ("has a time outside its open hours", "change either")
    case .seasonsWithoutRate:
      return ("stands beside a process without a rate", "seasons go with poisson, weekly or rates")
    case .priorityOutOfRange(let priority):
      return ("has the priority \(priority + 1)", "write 1, the most urgent, to 16")
    case .attributesMissing: return ("has rows without their attributes", "give each row all")
    case .limitOutOfRange: return ("has a limit below zero", "write until: 10 d or most: 500")
    }
  }
}

extension PathwayFault {
  /// Whether the fault is found by following paths, and so hangs on every step before it.
  fileprivate var isAboutPaths: Bool {
    switch reason {
    case .unreachable, .fallsOffTheEnd, .neverLeaves, .neverReleased, .releasedButNotHeld,
      .seizedTwice, .tooManyHeld, .sharesPreemptiveResource:
      true
    default: false
    }
  }
}
