// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

extension NetworkRun {
  /// The measures of the window so far, in the network's time unit.
  ///
  /// The same rows in every replication: all measures without dimension, by class and by resource,
  /// and those that are asked for.
  ///
  /// - Parameter others: in place of ``requested``; nothing of which that the run has not kept since
  ///   its start.
  public func observations(requested others: [MeasureRequest]? = nil) -> [Observation] {
    let requested = others ?? requested
    let isCrossed = requested.contains { $0.dimension == "class+resource" }
    let crossed = Set(
      requested.filter { $0.dimension == "class+resource" }.map(\.measure))
    var rows = entityRows() + resourceRows() + lineRows(dimension: "class")
    rows += lineRows(dimension: "resource") + lineRows(dimension: "")
    if isCrossed {
      rows += lineRows(dimension: "class+resource").filter { crossed.contains($0.measure) }
    }
    return rows + requestedRows(requested)
  }

  var unit: Double { Double(model.timeUnit.microseconds) }
  var classes: [String] { model.program.classes }
  var resources: [String] { model.program.resources.map(\.name) }

  // MARK: - Entities

  private func entityRows() -> [Observation] {
    var rows: [Observation] = []
    let present = presentAtEnd()
    var whole = EntityCounts()
    for (place, name) in classes.enumerated() {
      var counts = entityCounts(UInt16(place))
      counts.present = present[place].present
      counts.waiting = present[place].waiting
      whole.add(counts)
      rows += entityRows(counts, "class", name)
    }
    return rows + entityRows(whole, "", "")
  }

  private struct EntityCounts {
    var entities = ClassMeasures()
    var completed: Int64 = 0
    var lost: Int64 = 0
    var referred: Int64 = 0
    var present: Int64 = 0
    var waiting: Int64 = 0

    mutating func add(_ other: Self) {
      entities.entered += other.entities.entered
      entities.left += other.entities.left
      entities.timeInSystem += other.entities.timeInSystem
      entities.waited += other.entities.waited
      completed += other.completed
      lost += other.lost
      referred += other.referred
      present += other.present
      waiting += other.waiting
    }
  }

  /// Entities in the system now, and those of them in a line, by class.
  private func presentAtEnd() -> [(present: Int64, waiting: Int64)] {
    var counts = classes.map { _ in (present: Int64(0), waiting: Int64(0)) }
    forEachPresent { entity in
      counts[Int(entity.classIndex)].present += 1
      if entity.isInLine { counts[Int(entity.classIndex)].waiting += 1 }
    }
    return counts
  }

  func forEachPresent(_ body: (Entity) -> Void) {
    for place in 0..<simulation.model.flow.entities.indexLimit {
      let index = EntityIndex(rawValue: UInt32(place))
      if simulation.model.flow.entities.isPresent(index) {
        body(simulation.model.flow.entities[index])
      }
    }
  }

  private func entityCounts(_ index: UInt16) -> EntityCounts {
    var counts = EntityCounts()
    counts.entities = simulation.model.flow.measures.counts(class: index)
    for (reason, outcome) in model.program.leaveOutcomes.enumerated() {
      let left = simulation.model.flow.measures.left(class: index, reason: UInt16(reason))
      if outcome == .completed { counts.completed += left }
      if outcome == .lost { counts.lost += left }
    }
    counts.referred = simulation.model.domain.referrals[Int(index)]
    return counts
  }

  private func entityRows(
    _ counts: EntityCounts, _ dimension: String, _ member: String
  ) -> [Observation] {
    let span = now - simulation.model.flow.measures.countingStart
    func row(_ measure: String, _ value: Double?) -> Observation {
      Observation(measure: measure, dimension: dimension, member: member, value: value)
    }
    let rows = [
      row("wait", mean(counts.entities.waited, counts.entities.left)),
      row("time-in-system", mean(counts.entities.timeInSystem, counts.entities.left)),
      row(
        "throughput",
        span > .zero ? Double(counts.completed) / Double(span.microseconds) * unit : nil),
      row("arrivals", Double(counts.entities.entered)),
      row("lost", Double(counts.lost)),
      row("waiting-at-end", Double(counts.waiting)),
      row("in-system-at-end", Double(counts.present)),
    ]
    let isAboutReferrals = model.refers || requested.contains { $0.measure == "referred" }
    return isAboutReferrals ? rows + [row("referred", Double(counts.referred))] : rows
  }

  func mean(_ total: Int128, _ count: Int64) -> Double? {
    count == 0 ? nil : Double(total) / Double(count) / unit
  }

  // MARK: - Resources

  private func resourceRows() -> [Observation] {
    var rows: [Observation] = []
    var queue: Double? = 0
    var occupancy: Double? = 0
    var held: Int128 = 0
    var capacity: Int128 = 0
    var overtime: Int128 = 0
    var cost: Double? = 0
    let isAboutCosts = !model.costs.isEmpty || requested.contains { $0.measure == "cost" }
    func row(_ measure: String, _ member: String, _ value: Double?) {
      rows.append(
        Observation(
          measure: measure, dimension: member.isEmpty ? "" : "resource", member: member,
          value: value))
    }
    for (place, name) in resources.enumerated() {
      let statistics = simulation.model.flow.resources.statistics(
        ResourceIndex(rawValue: UInt32(place)), at: now)
      row("queue-length", name, statistics.meanWaiting)
      row("occupancy", name, statistics.meanHeld)
      row("utilisation", name, statistics.utilisation)
      let excess = statistics.heldIntegral - statistics.heldWithinCapacityIntegral
      row("overtime", name, Double(excess) / unit)
      overtime += excess
      if isAboutCosts {
        let total =
          model.costs.isEmpty
          ? nil : model.costs[place].total(of: statistics, timeUnit: model.timeUnit)
        row("cost", name, total)
        cost = sum(cost, total)
      }
      queue = sum(queue, statistics.meanWaiting)
      occupancy = sum(occupancy, statistics.meanHeld)
      held += statistics.heldWithinCapacityIntegral
      capacity += statistics.capacityIntegral
    }
    row("queue-length", "", queue)
    row("occupancy", "", occupancy)
    row("overtime", "", Double(overtime) / unit)
    if isAboutCosts { row("cost", "", cost) }
    row("utilisation", "", capacity > 0 ? Double(held) / Double(capacity) : nil)
    return rows
  }

  private func sum(_ one: Double?, _ other: Double?) -> Double? {
    guard let one, let other else { return nil }
    return one + other
  }

  // MARK: - Requests

  private func lineRows(dimension: String) -> [Observation] {
    let classRanges =
      dimension.contains("class") ? classes.indices.map { $0..<$0 + 1 } : [classes.indices]
    let resourceRanges =
      dimension.contains("resource") ? resources.indices.map { $0..<$0 + 1 } : [resources.indices]
    let standing = dimension.contains("resource") ? standingByLine() : []
    var rows: [Observation] = []
    for classRange in classRanges {
      for resourceRange in resourceRanges {
        var names: [String] = []
        if dimension.contains("class") { names.append(classes[classRange.lowerBound]) }
        if dimension.contains("resource") { names.append(resources[resourceRange.lowerBound]) }
        let member = names.joined(separator: "+")
        rows += lineRows(classRange, resourceRange, dimension, member)
        guard dimension.contains("resource") else { continue }
        let waiting = lines(classRange, resourceRange).reduce(0) { $0 + standing[$1].count }
        rows.append(
          Observation(
            measure: "waiting-at-end", dimension: dimension, member: member, value: Double(waiting))
        )
      }
    }
    return rows
  }

  /// Places in the tables by class, then resource.
  func lines(_ classRange: Range<Int>, _ resourceRange: Range<Int>) -> [Int] {
    classRange.flatMap { one in resourceRange.map { one * resources.count + $0 } }
  }

  /// Requests that stand in lines now, by class, then resource.
  func standingByLine() -> [[StandingRequest]] {
    let empty: [StandingRequest] = []
    var result = Array(repeating: empty, count: simulation.model.domain.lines.count)
    for resource in resources.indices {
      let index = ResourceIndex(rawValue: UInt32(resource))
      for request in simulation.model.flow.resources.standing(at: index) {
        let entity = simulation.model.flow.entities[request.entity]
        result[Int(entity.classIndex) * resources.count + resource].append(request)
      }
    }
    return result
  }

  private func lineRows(
    _ classRange: Range<Int>, _ resourceRange: Range<Int>, _ dimension: String, _ member: String
  ) -> [Observation] {
    var counts = NetworkDomain.LineCounts()
    var givenUpAfter: Int128 = 0
    for line in lines(classRange, resourceRange) {
      counts.add(simulation.model.domain.lines[line])
      givenUpAfter += simulation.model.domain.givenUpAfter[line]
    }
    func row(_ measure: String, _ value: Double?) -> Observation {
      Observation(measure: measure, dimension: dimension, member: member, value: value)
    }
    let rows = [
      row("blocked", Double(counts.blocked)), row("reneged", Double(counts.reneged)),
      row("refused", Double(counts.refused)),
      row("reneged-after", mean(givenUpAfter, counts.reneged)),
    ]
    // Without a resource, waits and losses are those of entities, not of requests.
    guard dimension.contains("resource") else { return rows }
    return rows + [
      row("wait", mean(counts.waits.total, counts.waits.count)),
      row("lost", Double(counts.lost)),
    ]
  }
}

extension NetworkDomain.LineCounts {
  fileprivate mutating func add(_ other: Self) {
    waits.count += other.waits.count
    waits.total += other.waits.total
    blocked += other.blocked
    reneged += other.reneged
    refused += other.refused
    lost += other.lost
  }
}

extension Entity {
  /// Whether it waits in a line, after preemption too.
  var isInLine: Bool {
    switch phase {
    case .waiting, .preempted, .preemptedReady: true
    default: false
    }
  }
}
