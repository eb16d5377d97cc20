// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Where the steps of a pathway lead, and what is held on the way.
extension PathwayCheck {
  /// Where a step can lead, and what is held then; a label that is unknown leads nowhere.
  struct Exit {
    var label: String?
    var held: [String]
  }

  mutating func checkFlow() {
    var reached: [Set<[String]>] = Array(repeating: [], count: steps.count)
    var followers: [Set<Int>] = Array(repeating: [], count: steps.count)
    var pending: [(place: Int, held: [String])] = [(0, [])]
    reached[0] = [[]]
    while let (place, held) = pending.popLast() {
      for exit in exits(of: place, holding: held) {
        let target: Int
        if let label = exit.label {
          guard let known = stepOfLabel[label] else { continue }
          target = known
        } else {
          target = place + 1
        }
        guard target < steps.count else {
          fault(place, .fallsOffTheEnd)
          continue
        }
        followers[place].insert(target)
        if reached[target].insert(exit.held.sorted()).inserted {
          pending.append((target, exit.held.sorted()))
        }
      }
    }
    for place in steps.indices where reached[place].isEmpty { fault(place, .unreachable) }
    checkLeaving(followers, reached.map { !$0.isEmpty })
  }

  /// Faults the first reached step from which no path leads to a leave.
  mutating func checkLeaving(_ followers: [Set<Int>], _ isReached: [Bool]) {
    let isBroken = faults.contains {
      if case .unknownName(.label, _, _) = $0.reason { return true }
      return $0.reason == .fallsOffTheEnd
    }
    if isBroken { return }
    var leads = steps.map { step in
      switch step.action {
      case .leave, .proceed: return true
      default: return false
      }
    }
    var isChanging = true
    while isChanging {
      isChanging = false
      for place in steps.indices.reversed() where !leads[place] {
        if followers[place].contains(where: { leads[$0] }) {
          leads[place] = true
          isChanging = true
        }
      }
    }
    if let place = steps.indices.first(where: { isReached[$0] && !leads[$0] }) {
      fault(place, .neverLeaves)
    }
  }

  mutating func exits(of place: Int, holding held: [String]) -> [Exit] {
    let step = steps[place]
    switch step.action {
    case .seize(let request):
      if held.contains(request.role) { fault(place, .seizedTwice(role: request.role)) }
      let after = held.filter { $0 != request.role } + [request.role]
      return granted(request, place, held: held, after: after, atMost: after.count)
    case .transfer(let request, let old, _):
      if !held.contains(old) { fault(place, .releasedButNotHeld(role: old)) }
      if request.role != old, held.contains(request.role) {
        fault(place, .seizedTwice(role: request.role))
      }
      let after = held.filter { $0 != old && $0 != request.role } + [request.role]
      return granted(request, place, held: held, after: after, atMost: held.count + 1)
    case .release(let role):
      if !held.contains(role) { fault(place, .releasedButNotHeld(role: role)) }
      return [Exit(label: step.next, held: held.filter { $0 != role })]
    case .branch(let exits):
      // An exit of probability 0 counts: a sweep may raise it.
      return exits.map { Exit(label: $0.to, held: held) }
    case .decide(_, let exits):
      return exits.map { Exit(label: $0.to, held: held) }
    case .leave:
      for role in held { fault(place, .neverReleased(role: role)) }
      return []
    case .choose(let cases):
      return cases.map { Exit(label: $0.to, held: held) }
    case .wait(let wait):
      refuseInterruptible(held, place)
      return [Exit(label: step.next, held: held)]
        + (wait.patience.map { [Exit(label: $0.otherwise, held: held)] } ?? [])
    case .join:
      refuseInterruptible(held, place)
      return [Exit(label: step.next, held: held)]
    case .repeatFrom(let repetition):
      return [Exit(label: step.next, held: held), Exit(label: repetition.to, held: held)]
    case .proceed:
      for role in held { fault(place, .neverReleased(role: role)) }
      return []
    case .seizeAll(let request):
      let roles = request.parts.map(\.role)
      for role in roles where held.contains(role) { fault(place, .seizedTwice(role: role)) }
      if Set(roles).count < roles.count { fault(place, .seizedTwice(role: roles[0])) }
      return granted(
        request, place, held: held, after: held.filter { !roles.contains($0) } + roles)
    case .seizeAny(let request):
      let role = request.alias ?? request.parts.first?.role ?? ""
      if held.contains(role) { fault(place, .seizedTwice(role: role)) }
      return granted(request, place, held: held, after: held.filter { $0 != role } + [role])
    case .delay, .assignClass, .assignPriority, .assignSite, .goToDestination, .assign, .spawn:
      return [Exit(label: step.next, held: held)]
    }
  }

  /// Nobody can be sent back to a wait for a condition or others once he has been interrupted there.
  mutating func refuseInterruptible(_ held: [String], _ place: Int) {
    for role in held where preemptive[role] != nil {
      fault(place, .waitsWhileInterruptible(role: role))
    }
  }

  /// Whoever loses units of a resource must know which.
  mutating func refuseSharing(_ wanted: String, _ held: [String], _ place: Int) {
    let resources = preemptive[wanted] ?? []
    for role in held where !resources.isDisjoint(with: preemptive[role] ?? []) {
      fault(place, .sharesPreemptiveResource(role: wanted, held: role))
    }
  }

  mutating func granted(
    _ request: StepDescription.SeveralRequest, _ place: Int, held: [String], after: [String]
  ) -> [Exit] {
    if after.count > Entity.holdLimit { fault(place, .tooManyHeld) }
    for part in request.parts { refuseSharing(part.role, held, place) }
    var exits = [Exit(label: steps[place].next, held: after)]
    if let patience = request.patience { exits.append(Exit(label: patience.otherwise, held: held)) }
    if let refused = request.refused { exits.append(Exit(label: refused, held: held)) }
    return exits
  }

  mutating func granted(
    _ request: StepDescription.Request, _ place: Int, held: [String], after: [String],
    atMost count: Int
  ) -> [Exit] {
    if count > Entity.holdLimit { fault(place, .tooManyHeld) }
    refuseSharing(request.role, held, place)
    var exits = [Exit(label: steps[place].next, held: after)]
    if let patience = request.patience { exits.append(Exit(label: patience.otherwise, held: held)) }
    if let refused = request.refused { exits.append(Exit(label: refused, held: held)) }
    return exits
  }
}
