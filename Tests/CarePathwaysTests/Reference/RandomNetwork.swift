// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// Draws small networks of every kind of step. All times are whole minutes, and few of them, so that
/// much happens at the same instant.
struct RandomNetwork {
  private var network = PlainNetwork()
  private var stream: RandomStream
  /// The pathway in hand.
  private var steps: [StepDescription] = []
  private var held: [String] = []
  private var tails: [(label: String, held: [String])] = []
  /// What was held before each step.
  private var heldBefore: [[String]] = []
  private var pathway = 0

  /// The network of a seed. A few break a rule that the builder checks, and are of no use.
  static func draw(_ seed: UInt64) -> PlainNetwork {
    var drawing = Self(seed)
    drawing.drawResources()
    drawing.drawPathways()
    return drawing.network
  }

  private init(_ seed: UInt64) {
    stream = RandomStream(
      RandomRoot(seed: seed, replication: 1), Purpose("network"), owner: 0, episode: 0)
  }

  private mutating func below(_ bound: Int) -> Int { Int(stream.uniform() * Double(bound)) }
  private mutating func chance(_ probability: Double) -> Bool { stream.uniform() < probability }
  private mutating func one<Item>(of items: [Item]) -> Item { items[below(items.count)] }

  // MARK: - Resources

  private mutating func drawResources() {
    // In one of two, nearly everybody may be interrupted.
    let isUrgent = chance(0.5)
    for number in 0..<2 + below(3) {
      var resource = ResourceDescription(name: "r\(number)", capacity: 1 + below(3))
      if chance(0.25) { resource.waitingRoom = below(3) }
      resource.isPreemptive = chance(isUrgent ? 0.8 : 0.3)
      resource.interrupted = one(of: [.resume, .restart, .resample])
      if chance(0.45) {
        resource.ending = isUrgent ? .interrupt : one(of: ShiftEnd.allCases)
        resource.calendar = calendar()
      }
      network.resources.append(resource)
      network.roles.append(.init(name: "r\(number)", resource: number))
    }
    if chance(0.3) { network.roles.append(.init(name: "x0", resource: 0)) }
    network.roles.append(.init(name: "any", resource: nil))
    network.lengths = [
      ("short", .oneOf([0, 1, 2, 5])), ("long", .oneOf([3, 4, 10, 20])), ("five", .constant(5)),
      ("none", .constant(0)), ("smooth", .exponential(mean: 6)), ("sized", .formula("4 * size")),
    ]
    network.formulas["4 * size"] = { entity, _ in 4 * entity.attributes["size"]! }
  }

  private mutating func calendar() -> CapacityCalendar {
    var minutes = Set<Int>()
    for _ in 0..<1 + below(5) { minutes.insert(below(13) * 5) }
    var capacities = minutes.map { _ in below(4) }
    // Nobody waits for an opening that never comes.
    capacities[capacities.count - 1] = 1 + below(3)
    let changes = zip(minutes.sorted(), capacities)
    if chance(0.3) { return .weekly(changes.map { .init(minuteOfWeek: $0, capacity: $1) }) }
    return .dated(changes.map { .init(time: .zero + .minutes(Double($0)), capacity: $1) })
  }

  // MARK: - Pathways

  private mutating func drawPathways() {
    let mains = 1 + below(3)
    for number in 0..<mains { drawPathway("p\(number)", isMain: true) }
    drawPathway("s0", isMain: false)
    drawPathway("s1", isMain: false)
    for _ in 0..<4 + below(12) {
      network.arrivals.append(
        .init(minute: below(50), pathway: below(mains), priority: one(of: [2, 5, 8])))
    }
  }

  private mutating func drawPathway(_ name: String, isMain: Bool) {
    steps = []
    held = []
    tails = []
    heldBefore = []
    pathway = network.pathways.count
    for _ in 0..<(isMain ? 3 + below(9) : 1 + below(4)) { drawStep(isMain: isMain) }
    if isMain, held.isEmpty, chance(0.2) {
      add(.proceed(pathway: "s\(below(2))", isReferral: chance(0.5)))
    } else {
      while let role = held.popLast() { add(.release(role: role)) }
      add(.leave(reason: "home"))
    }
    for tail in tails { drawTail(tail.label, tail.held) }
    network.pathways.append(.init(name: name, steps: steps))
  }

  private mutating func add(_ action: StepDescription.Action, label: String? = nil) {
    heldBefore.append(held.sorted())
    steps.append(StepDescription(label: label ?? "L\(steps.count)", action))
  }

  /// A way out for those who give up or are turned away: perhaps served elsewhere, they leave.
  private mutating func drawTail(_ label: String, _ held: [String]) {
    self.held = held
    add(.assign(attribute: "level", formula("level + 1")), label: label)
    let others = free().filter { network.resources[resource($0)].waitingRoom == nil }
    if held.count < 4, !others.isEmpty, chance(0.3) {
      let other = one(of: others)
      add(.seize(.init(other)))
      add(.delay(rule: "short"))
      add(.release(role: other))
    }
    for role in held { add(.release(role: role)) }
    add(.leave(reason: one(of: ["away", "gone"])))
  }

  private mutating func tail() -> String {
    let label = "T\(tails.count)"
    tails.append((label, held))
    return label
  }

  private func resource(_ role: String) -> Int {
    network.roles.first { $0.name == role }?.resource ?? 0
  }

  /// Roles to ask for.
  private func free() -> [String] {
    network.roles.filter { role in
      role.resource != nil
        && !held.contains { $0 == role.name || ($0 != "any" && resource($0) == role.resource) }
    }.map(\.name)
  }

  private mutating func length() -> String {
    one(of: ["short", "short", "long", "long", "five", "none", "smooth", "sized"])
  }

  // MARK: - Steps

  private mutating func drawStep(isMain: Bool) {
    let free = self.free()
    switch below(isMain ? 26 : 12) {
    case 0...3:
      add(.delay(rule: length()))
    case 4...7 where !free.isEmpty && held.count < 4:
      let role = one(of: free)
      if chance(0.2) {
        add(.choose([.init(condition([role]), to: nil), .init(nil, to: tail())]))
      }
      add(.seize(request(for: role)))
      held.append(role)
      if chance(0.7) { add(.delay(rule: length())) }
    case 8...10 where !held.isEmpty:
      add(.release(role: held.remove(at: below(held.count))))
    case 11:
      add(.assignPriority(one(of: [1, 2, 5, 8])))
    case 12 where free.count > 1 && held.count < 3:
      let parts = severalParts(free)
      if held.count + parts.count > 4 { break }
      add(.seizeAll(several(parts, alias: nil)))
      held += parts.map(\.role)
      add(.delay(rule: length()))
    case 13...14 where free.count > 1 && held.count < 4 && !held.contains("any"):
      add(.seizeAny(several(severalParts(free), alias: "any")))
      held.append("any")
      add(.delay(rule: length()))
    case 15...16:
      // Two ways around a delay.
      let below = "L\(steps.count + 2)"
      if chance(0.5) {
        add(.branch([.init(one(of: [0.25, 0.5]), to: below), .init(nil, to: nil)]))
      } else {
        add(
          .branch([.init(computed: number("0.25 * size"), to: nil), .init(nil, to: below)]))
      }
      add(.delay(rule: length()))
      add(.assignClass(one(of: PlainNetwork.classes)))
    case 17...18 where !held.isEmpty && !free.isEmpty && held.count < 4:
      let old = held[below(held.count)]
      let new = one(of: free)
      let request = self.request(for: new)
      add(.transfer(to: request, from: old, delay: chance(0.6) ? length() : nil))
      held.remove(at: held.firstIndex(of: old)!)
      held.append(new)
      if chance(0.6) { add(.delay(rule: length())) }
    case 19...20:
      drawRepetition()
    case 21...22:
      drawWait()
    case 23:
      add(.assign(attribute: "level", formula("level + 1")))
      add(
        .spawn(
          .init("p\(pathway)", count: number("level < 2"), after: "long", isJoined: chance(0.3))))
    case 24...25:
      add(
        .spawn(
          .init(
            "s\(below(2))", count: chance(0.5) ? number("size") : nil,
            after: chance(0.5) ? "short" : nil, isJoined: chance(0.7))))
      if chance(0.6) {
        add(.delay(rule: length()))
        add(.join)
      }
    default:
      add(.delay(rule: "short"))
    }
  }

  private mutating func request(for role: String) -> StepDescription.Request {
    var request = StepDescription.Request(role)
    if chance(0.2) { request.units = 2 }
    if chance(0.3) { request.priority = one(of: [1, 4, 9]) }
    if chance(0.25) { request.patience = .init(rule: length(), otherwise: tail()) }
    if network.resources[resource(role)].waitingRoom != nil { request.refused = tail() }
    return request
  }

  private mutating func severalParts(
    _ free: [String]
  ) -> [StepDescription.SeveralRequest.Part] {
    var parts: [StepDescription.SeveralRequest.Part] = []
    for role in free where parts.count < 2 || chance(0.3) {
      if parts.contains(where: { resource($0.role) == resource(role) }) { continue }
      parts.append(
        .init(role, units: chance(0.2) ? 2 : 1, keeping: chance(0.25) ? 1 : 0))
    }
    return chance(0.5) ? parts.reversed() : parts
  }

  private mutating func several(
    _ parts: [StepDescription.SeveralRequest.Part], alias: String?
  ) -> StepDescription.SeveralRequest {
    var request = StepDescription.SeveralRequest(parts, alias: alias)
    if chance(0.3) { request.priority = one(of: [1, 4, 9]) }
    if chance(0.25) { request.patience = .init(rule: length(), otherwise: tail()) }
    if parts.contains(where: { network.resources[resource($0.role)].waitingRoom != nil }) {
      request.refused = tail()
    }
    return request
  }

  private mutating func drawRepetition() {
    let targets = heldBefore.indices.filter { heldBefore[$0] == held.sorted() }
    guard let target = targets.last else { return }
    // Time passes before it goes back.
    add(.delay(rule: "five"))
    add(
      .repeatFrom(
        .init(
          to: steps[chance(0.5) ? target : targets[0]].label!, atMost: 1 + below(2),
          condition: chance(0.3) ? number("size > 0") : nil,
          probability: chance(0.5) ? 0.5 : nil)))
  }

  private mutating func drawWait() {
    let roles = network.resources.map(\.name)
    switch below(4) {
    case 0:
      add(.wait(.init(.clock(minuteOfDay: below(20) * 5, days: chance(0.5) ? [0] : [0, 1, 4]))))
    case 1:
      add(.wait(.init(.opening(role: one(of: roles)))))
    default:
      var wait = StepDescription.Wait(.condition(condition(roles)))
      if chance(0.6) { wait.patience = .init(rule: length(), otherwise: tail()) }
      add(.wait(wait))
    }
  }

  // MARK: - Expressions

  /// A condition on one of these resources.
  private mutating func condition(_ roles: [String]) -> String {
    let place = resource(one(of: roles))
    let name = network.resources[place].name
    let (text, formula): (String, (PlainEntity, PlainInterpreter) -> Double) =
      switch below(5) {
      case 0: ("\(name).free > 0", { _, run in run.lines.free(place) > 0 ? 1 : 0 })
      case 1: ("\(name).queue < 2", { _, run in run.lines.waiting(place) < 2 ? 1 : 0 })
      case 2: ("\(name).held == 0", { _, run in run.lines.held(place) == 0 ? 1 : 0 })
      case 3:
        (
          "\(name).free > 0 and size > 0",
          { entity, run in
            run.lines.free(place) > 0 && entity.attributes["size"]! > 0 ? 1 : 0
          }
        )
      default:
        (
          "\(name).capacity > 1 or priority < 5",
          { entity, run in run.lines.capacities[place] > 1 || entity.priority + 1 < 5 ? 1 : 0 }
        )
      }
    network.formulas[text] = formula
    return text
  }

  private mutating func formula(_ text: String) -> StepDescription.ValueSource {
    .expression(number(text))
  }

  private mutating func number(_ text: String) -> String {
    network.formulas[text] = { entity, _ in
      let size = entity.attributes["size"]!
      let level = entity.attributes["level"]!
      switch text {
      case "level + 1": return level + 1
      case "level < 2": return level < 2 ? 1 : 0
      case "size": return size
      case "size > 0": return size > 0 ? 1 : 0
      case "0.25 * size": return 0.25 * size
      default: preconditionFailure("no such formula")
      }
    }
    return text
  }
}
