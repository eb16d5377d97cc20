// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

extension NetworkRun {
  /// The measures of the window so far, in the network's time unit.
  ///
  /// The same rows in every replication: all measures without dimension, by class and by resource,
  /// and those by class and resource that are asked for.
  public func observations(requested: [MeasureRequest] = []) -> [Observation] {
    let isCrossed = requested.contains { $0.dimension == "class+resource" }
    let crossed = Set(
      requested.filter { $0.dimension == "class+resource" }.map(\.measure))
    var rows = entityRows() + resourceRows() + lineRows(dimension: "class")
    rows += lineRows(dimension: "resource") + lineRows(dimension: "")
    if isCrossed {
      rows += lineRows(dimension: "class+resource").filter { crossed.contains($0.measure) }
    }
    return rows
  }

  private var unit: Double { Double(model.timeUnit.microseconds) }
  private var classes: [String] { model.program.classes }
  private var resources: [String] { model.program.resources.map(\.name) }

  // MARK: - Entities

  private func entityRows() -> [Observation] {
    var rows: [Observation] = []
    var whole = EntityCounts()
    for (place, name) in classes.enumerated() {
      let counts = entityCounts(UInt16(place))
      whole.add(counts)
      rows += entityRows(counts, "class", name)
    }
    return rows + entityRows(whole, "", "")
  }

  private struct EntityCounts {
    var entities = ClassMeasures()
    var completed: Int64 = 0
    var lost: Int64 = 0

    mutating func add(_ other: Self) {
      entities.entered += other.entities.entered
      entities.left += other.entities.left
      entities.timeInSystem += other.entities.timeInSystem
      entities.waited += other.entities.waited
      completed += other.completed
      lost += other.lost
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
    return counts
  }

  private func entityRows(
    _ counts: EntityCounts, _ dimension: String, _ member: String
  ) -> [Observation] {
    let span = now - simulation.model.flow.measures.windowStart
    func row(_ measure: String, _ value: Double?) -> Observation {
      Observation(measure: measure, dimension: dimension, member: member, value: value)
    }
    return [
      row("wait", mean(counts.entities.waited, counts.entities.left)),
      row("time-in-system", mean(counts.entities.timeInSystem, counts.entities.left)),
      row(
        "throughput",
        span > .zero ? Double(counts.completed) / Double(span.microseconds) * unit : nil),
      row("arrivals", Double(counts.entities.entered)),
      row("lost", Double(counts.lost)),
    ]
  }

  private func mean(_ total: Int128, _ count: Int64) -> Double? {
    count == 0 ? nil : Double(total) / Double(count) / unit
  }

  // MARK: - Resources

  private func resourceRows() -> [Observation] {
    var rows: [Observation] = []
    var queue: Double? = 0
    var occupancy: Double? = 0
    var held: Int128 = 0
    var capacity: Int128 = 0
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
      queue = sum(queue, statistics.meanWaiting)
      occupancy = sum(occupancy, statistics.meanHeld)
      held += statistics.heldWithinCapacityIntegral
      capacity += statistics.capacityIntegral
    }
    row("queue-length", "", queue)
    row("occupancy", "", occupancy)
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
    var rows: [Observation] = []
    for classRange in classRanges {
      for resourceRange in resourceRanges {
        var names: [String] = []
        if dimension.contains("class") { names.append(classes[classRange.lowerBound]) }
        if dimension.contains("resource") { names.append(resources[resourceRange.lowerBound]) }
        rows += lineRows(classRange, resourceRange, dimension, names.joined(separator: "+"))
      }
    }
    return rows
  }

  private func lineRows(
    _ classRange: Range<Int>, _ resourceRange: Range<Int>, _ dimension: String, _ member: String
  ) -> [Observation] {
    var counts = NetworkDomain.LineCounts()
    for classIndex in classRange {
      for resource in resourceRange {
        counts.add(simulation.model.domain.lines[classIndex * resources.count + resource])
      }
    }
    func row(_ measure: String, _ value: Double?) -> Observation {
      Observation(measure: measure, dimension: dimension, member: member, value: value)
    }
    let rows = [
      row("blocked", Double(counts.blocked)), row("reneged", Double(counts.reneged)),
      row("refused", Double(counts.refused)),
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
