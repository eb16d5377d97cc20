// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

/// The pathways of a model as a Graphviz graph, in the DOT language.
///
/// A pathway is a box of its own; in it, a use of a resource (seize, delay, release, one after the
/// other) is one node, a branch a diamond with its shares on the ways out, a leave an oval. Ways
/// taken when patience ends are dashed, those of a full waiting room dotted.
public struct PathwayDiagram {
  private let network: NetworkDescription
  private let title: String
  private let timeUnit: String
  /// By source, its mean rate as text, such as `12 /h`.
  private let rates: [String: String]
  private var nodes: [String] = []
  private var edges: [String] = []

  /// - Parameters:
  ///   - network: the pathways by name; resources and sources, where the model has them.
  ///   - title: what the graph is called.
  ///   - timeUnit: the unit of the mean durations.
  public init(_ network: NetworkDescription, title: String, timeUnit: String) {
    self.network = network
    self.title = title
    self.timeUnit = timeUnit
    rates = Dictionary(
      network.sources.map { ($0.name, Self.text(of: $0.process, timeUnit)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The graph as text.
  public var dot: String {
    var copy = self
    return copy.draw()
  }

  private mutating func draw() -> String {
    var clusters = ""
    for (place, pathway) in network.pathways.enumerated() {
      nodes = []
      draw(pathway.steps, place)
      clusters += """
          subgraph cluster_\(place) {
            label=\(Self.quoted(pathway.name)); labeljust=l; color="#9aa5b1"; fontcolor="#334e68";
            \(nodes.joined(separator: "\n    "))
          }

        """
    }
    nodes = []
    for (place, source) in network.sources.enumerated() {
      let text = [source.name, rates[source.name] ?? ""].filter { !$0.isEmpty }
      node("source_\(place)", text, "shape=cds, style=filled, fillcolor=lightcyan")
      if let pathway = network.pathways.firstIndex(where: { $0.name == source.pathway }),
        !network.pathways[pathway].steps.isEmpty
      {
        edges.append("source_\(place) -> step_\(pathway)_0;")
      }
    }
    return """
      digraph \(Self.quoted(title)) {
        label=\(Self.quoted(title)); labelloc=t; rankdir=TB; fontname="Helvetica";
        node [fontname="Helvetica", fontsize=11, shape=box, style="rounded,filled", fillcolor=white];
        edge [fontname="Helvetica", fontsize=10, color="#486581"];
      \(clusters)  \((nodes + resources() + edges).joined(separator: "\n  "))
      }

      """
  }

  /// One table with a line for each resource.
  private func resources() -> [String] {
    guard !network.resources.isEmpty else { return [] }
    let lines = network.resources.map { resource in
      "\(resource.name): \(Self.capacity(of: resource))"
    }
    let text = (["resources"] + lines).map(Self.escaped).joined(separator: "\\l") + "\\l"
    return ["resources [label=\"\(text)\", shape=note, fillcolor=\"#f0f4f8\"];"]
  }

  private static func capacity(of resource: ResourceDescription) -> String {
    var text = "\(resource.capacity)"
    if resource.capacity >= NetworkReader.largestCapacity { text = "unlimited" }
    if case .weekly(let changes)? = resource.calendar {
      let amounts = changes.map(\.capacity)
      text = "\(amounts.min() ?? 0) to \(amounts.max() ?? 0), by shifts"
    }
    if let room = resource.waitingRoom { text += ", \(room) may wait" }
    if resource.isPreemptive { text += ", preemptive" }
    return text
  }

  // MARK: - Steps

  private mutating func draw(_ steps: [StepDescription], _ pathway: Int) {
    var stepOfLabel: [String: Int] = [:]
    for (place, step) in steps.enumerated() {
      if let label = step.label { stepOfLabel[label] = place }
    }
    // By step, the node that it is a part of: its first step.
    var nodeOfStep: [Int] = []
    for place in steps.indices {
      let isPart = place > 0 && Self.joins(steps[place], steps[place - 1])
      nodeOfStep.append(isPart ? nodeOfStep[place - 1] : place)
    }
    func id(_ place: Int) -> String { "step_\(pathway)_\(nodeOfStep[place])" }
    func target(_ label: String?, below place: Int) -> String? {
      if let label { return stepOfLabel[label].map(id) }
      return place + 1 < steps.count ? id(place + 1) : nil
    }
    for first in steps.indices where nodeOfStep[first] == first {
      let parts = steps.indices.filter { nodeOfStep[$0] == first }
      let (lines, look) = words(for: parts.map { steps[$0] })
      node(id(first), lines, look)
      for place in parts { drawWays(from: place, steps[place], id(place), target) }
      guard let last = parts.last, Self.goesOn(steps[last]) else { continue }
      edge(id(first), target(steps[last].next, below: last))
    }
  }

  /// Whether a step is drawn in one node with the one above it.
  private static func joins(_ step: StepDescription, _ above: StepDescription) -> Bool {
    guard step.label == nil, above.next == nil else { return false }
    switch (above.action, step.action) {
    case (.seize, .seize), (.seize, .delay), (.transfer, .delay), (.seizeAll, .delay),
      (.seizeAny, .delay), (.delay, .release),
      (.release, .release), (.assignClass, .assignPriority):
      return true
    default: return false
    }
  }

  private static func goesOn(_ step: StepDescription) -> Bool {
    switch step.action {
    case .branch, .decide, .choose, .proceed, .leave: false
    default: true
    }
  }

  /// The ways out of a step besides the one to the next.
  private mutating func drawWays(
    from place: Int, _ step: StepDescription, _ id: String,
    _ target: (String?, Int) -> String?
  ) {
    switch step.action {
    case .seize(let request), .transfer(let request, _, _):
      if let patience = request.patience {
        edge(
          id, target(patience.otherwise, place), "gives up: \(duration(patience.rule))",
          "style=dashed")
      }
      if let refused = request.refused { edge(id, target(refused, place), "full", "style=dotted") }
    case .branch(let exits):
      let stated = exits.reduce(0) { $0 + ($1.probability ?? 0) }
      for exit in exits {
        edge(
          id, target(exit.to, place),
          exit.computed ?? exit.probability.map(Self.share)
            ?? (exits.contains { $0.computed != nil }
              ? "otherwise" : Self.share(max(0, 1 - stated))))
      }
    case .choose(let cases):
      for item in cases { edge(id, target(item.to, place), item.condition ?? "otherwise") }
    case .repeatFrom(let repetition):
      let conditions = [
        "again, \(repetition.atMost) times at most", repetition.probability.map(Self.share),
        repetition.condition.map { "while \($0)" },
      ]
      edge(
        id, target(repetition.to, place), conditions.compactMap { $0 }.joined(separator: ", "))
    case .proceed(let name, let isReferral):
      edge(id, firstNode(of: name), isReferral ? "referred" : "")
    case .spawn(let spawning):
      edge(id, firstNode(of: spawning.pathway), "starts", "style=dashed")
    case .seizeAll(let request), .seizeAny(let request):
      if let patience = request.patience {
        edge(
          id, target(patience.otherwise, place), "gives up: \(duration(patience.rule))",
          "style=dashed")
      }
      if let refused = request.refused { edge(id, target(refused, place), "full", "style=dotted") }
    case .wait(let wait):
      if let patience = wait.patience {
        edge(
          id, target(patience.otherwise, place), "gives up: \(duration(patience.rule))",
          "style=dashed")
      }
    case .decide(_, let exits):
      for exit in exits { edge(id, target(exit.to, place), exit.name) }
    default: break
    }
  }

  /// The node that another pathway begins with.
  private func firstNode(of name: String) -> String? {
    network.pathways.firstIndex { $0.name == name }.map { "step_\($0)_0" }
  }

  /// What stands in a node, and how it looks.
  private func words(for steps: [StepDescription]) -> (lines: [String], look: String) {
    let label = steps[0].label.map { [$0] } ?? []
    let diamond = "shape=diamond, style=filled, fillcolor=lightyellow"
    switch steps[0].action {
    case .branch, .choose: return (label, diamond)
    case .decide(let decision, _): return (label + [decision], diamond)
    case .leave(let reason):
      return (
        label.filter { $0 != reason } + [reason], "shape=oval, style=filled, fillcolor=honeydew"
      )
    default: break
    }
    var asked: [String] = []
    var times: [String] = []
    var notes: [String] = []
    for step in steps {
      switch step.action {
      case .seize(let request): asked.append(Self.text(of: request))
      case .seizeAll(let request):
        asked += request.parts.map { $0.role + ($0.units > 1 ? " ×\($0.units)" : "") }
      case .seizeAny(let request):
        asked.append(request.parts.map(\.role).joined(separator: " or "))
      case .transfer(let request, let old, let way):
        asked.append("\(old) → \(Self.text(of: request))")
        if let way { times.append(duration(way)) }
      case .delay(let rule): times.append(duration(rule))
      case .release(let role):
        // To give back what the node began with goes without saying.
        if !asked.contains(where: { $0 == role || $0.hasPrefix(role + " ×") }) {
          notes.append("gives back \(role)")
        }
      case .assignClass(let name): notes.append("class \(name)")
      case .assignPriority(let priority): notes.append("priority \(priority + 1)")
      case .assignSite(let site): notes.append("to \(site)")
      case .goToDestination: notes.append("to the destination")
      case .assign(let attribute, .expression(let text)): notes.append("\(attribute) = \(text)")
      case .assign(let attribute, _): notes.append("\(attribute) drawn")
      case .wait(let wait): notes.append(Self.text(of: wait))
      case .spawn(let spawning):
        notes.append("starts " + (spawning.count.map { "\($0) × " } ?? "") + spawning.pathway)
      case .join: notes.append("waits for all it started")
      case .repeatFrom: notes.append("again?")
      case .proceed(let name, _): notes.append("to \(name)")
      default: notes.append(Self.verb(step.action))
      }
    }
    let use = [asked.joined(separator: " + "), times.joined(separator: ", ")]
    return (
      label + [use.filter { !$0.isEmpty }.joined(separator: " · ")].filter { !$0.isEmpty } + notes,
      asked.isEmpty ? "" : "fillcolor=aliceblue"
    )
  }

  private static func text(of request: StepDescription.Request) -> String {
    request.role + (request.units > 1 ? " ×\(request.units)" : "")
  }

  private static func text(of wait: StepDescription.Wait) -> String {
    switch wait.until {
    case .condition(let text): return "until \(text)"
    case .clock(let minute, _):
      return "until \(minute / 60):" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)"
    case .opening(let role): return "until \(role) opens"
    }
  }

  /// What a step is called that has no words here.
  private static func verb(_ action: StepDescription.Action) -> String {
    Mirror(reflecting: action).children.first?.label ?? "\(action)"
  }

  /// A duration by its name, without what only tells it apart, and its mean.
  private func duration(_ rule: String) -> String {
    let name = rule.contains(".") ? "" : rule + " "
    guard let mean = network.meanDurations[rule] else { return rule }
    if mean.isNaN { return name + "computed" }
    guard mean > 0 || rule.contains(".") else { return rule }
    return name + "\(Self.rounded(mean)) \(timeUnit)"
  }

  // MARK: - Text

  private mutating func node(_ id: String, _ lines: [String], _ look: String) {
    let text = lines.map(Self.escaped).joined(separator: "\\n")
    nodes.append("\(id) [label=\"\(text)\"\(look.isEmpty ? "" : ", " + look)];")
  }

  private mutating func edge(
    _ from: String, _ to: String?, _ label: String = "", _ look: String = ""
  ) {
    guard let to else { return }
    let attributes = [label.isEmpty ? "" : "label=\(Self.quoted(label))", look]
      .filter { !$0.isEmpty }.joined(separator: ", ")
    edges.append("\(from) -> \(to)\(attributes.isEmpty ? "" : " [\(attributes)]");")
  }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ")
  }

  private static func share(_ value: Double) -> String { rounded(100 * value) + " %" }

  private static func text(of process: ArrivalProcess, _ timeUnit: String) -> String {
    if case .poisson(let rate) = process { return "\(rounded(rate)) /\(timeUnit)" }
    if case .scheduled(let times) = process { return "\(times.count) scheduled" }
    if case .periodic = process { return "by the hour of the week" }
    return ""
  }

  /// Three significant figures.
  static func rounded(_ value: Double) -> String {
    guard value > 0, value < 1e12 else { return plainNumber(value) }
    var scale = 1.0
    while value * scale < 100 { scale *= 10 }
    return plainNumber((value * scale).rounded() / scale)
  }
}

extension PathwayDiagram {
  /// The diagram of a model of either kind; `nil` after faults.
  public init?(
    _ document: ModelDocument, kind: ExperimentPlan.ModelKind, title: String,
    _ faults: FaultCollector
  ) {
    switch kind {
    case .network:
      guard let network = NetworkReader.network(document, faults) else { return nil }
      self.init(network.description, title: title, timeUnit: network.timeUnit)
    case .region:
      guard RegionReader.region(document, faults) != nil else { return nil }
      // Its institutions are the resources: too many to draw.
      let pathways = RegionPathways(model: document.section(faults), faults: faults).description()
      self.init(pathways, title: title, timeUnit: "min")
    }
  }
}
