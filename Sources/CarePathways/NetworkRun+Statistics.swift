// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

/// What is observed on request: statistics of distributions, and measures by step.
extension NetworkRun {
  func requestedRows(_ requests: [MeasureRequest]) -> [Observation] {
    var seen: Set<MeasureRequest> = []
    return requests.filter { seen.insert($0).inserted }.flatMap(rows)
  }

  private func rows(_ request: MeasureRequest) -> [Observation] {
    func row(_ member: String, _ value: Double?) -> Observation {
      Observation(
        measure: request.measure, dimension: request.dimension, member: member, value: value)
    }
    if let (measure, statistic) = NetworkMeasures.statistic(request.measure) {
      switch measure {
      case "wait" where request.dimension.contains("step"):
        return stepCells(request.dimension, of: \.isRequestOrEnd).map {
          row($0.member, stepWaits(statistic, $0.step.row, $0.cells, $0.classes))
        }
      case "wait" where request.dimension.contains("resource"):
        let standing = standingByLine()
        return cells(request.dimension).map {
          row($0.member, waits(statistic, lines($0.classes, $0.resources), standing))
        }
      case "wait", "time-in-system":
        return cells(request.dimension).map {
          row($0.member, entityTimes(statistic, $0.classes, isWait: measure == "wait"))
        }
      default:
        return levelRows(measure, request) { $0.value(of: statistic, at: now) }
      }
    }
    switch request.measure {
    case "in-system": return levelRows("in-system", request) { $0.mean(at: now) }
    case "window-length":
      let span = now - simulation.model.flow.measures.countingStart
      return [row("", Double(span.microseconds) / unit)]
    case "cost" where request.dimension.contains("class"):
      return cells(request.dimension).map {
        row($0.member, attributedCost(of: $0.classes, at: $0.resources))
      }
    default: return request.dimension.contains("step") ? stepRows(request, row) : []
    }
  }

  /// The members of a dimension of classes and resources, with what belongs to each.
  private func cells(
    _ dimension: String
  ) -> [(member: String, classes: Range<Int>, resources: Range<Int>)] {
    let byClass = dimension.contains("class")
    let byResource = dimension.contains("resource")
    let classRanges = byClass ? classes.indices.map { $0..<$0 + 1 } : [classes.indices]
    let resourceRanges = byResource ? resources.indices.map { $0..<$0 + 1 } : [resources.indices]
    return classRanges.flatMap { classRange in
      resourceRanges.map { resourceRange in
        let names =
          (byClass ? [classes[classRange.lowerBound]] : [])
          + (byResource ? [resources[resourceRange.lowerBound]] : [])
        return (names.joined(separator: "+"), classRange, resourceRange)
      }
    }
  }

  // MARK: - Times

  private func value(
    _ statistic: MeasureStatistic, _ spans: SpanRecord, _ cells: [Int], givenUp: SpanRecord?,
    unfinished: () -> [TimeSpan]
  ) -> Double? {
    switch statistic {
    case .quantile(let probability):
      return spans.quantile(probability, cells).map { Double($0.microseconds) / unit }
    case .shareOver(let limit, let withUnfinished):
      let limit = model.span(limit)
      var count = spans.count(cells)
      var over = spans.count(cells, over: limit)
      if withUnfinished {
        if let givenUp {
          count += givenUp.count(cells)
          over += givenUp.count(cells, over: limit)
        }
        for span in unfinished() {
          count += 1
          if span > limit { over += 1 }
        }
      }
      return count == 0 ? nil : Double(over) / Double(count)
    }
  }

  private func waits(
    _ statistic: MeasureStatistic, _ lines: [Int], _ standing: [[StandingRequest]]
  ) -> Double? {
    let record = simulation.model.domain.record
    return value(statistic, record.waits, lines, givenUp: record.givenUp) {
      lines.flatMap { standing[$0] }.compactMap(waitedSoFar)
    }
  }

  private func stepWaits(
    _ statistic: MeasureStatistic, _ row: UInt16, _ cells: [Int], _ classes: Range<Int>
  ) -> Double? {
    let record = simulation.model.domain.record
    return value(statistic, record.stepWaits, cells, givenUp: record.stepsGivenUp) {
      // A request for several resources stands in several lines and is one.
      var entities: Set<EntityIndex> = []
      return standingByLine().joined().filter {
        let entity = simulation.model.flow.entities[$0.entity]
        return entity.row == row && classes.contains(Int(entity.classIndex))
          && entities.insert($0.entity).inserted
      }.compactMap(waitedSoFar)
    }
  }

  /// How long a request of the window has been waiting; `nil` for others, and for those interrupted.
  private func waitedSoFar(_ request: StandingRequest) -> TimeSpan? {
    guard !request.isResumption,
      request.since >= simulation.model.flow.measures.windowStart
    else { return nil }
    return now - request.since
  }

  private func entityTimes(
    _ statistic: MeasureStatistic, _ classes: Range<Int>, isWait: Bool
  ) -> Double? {
    let record = simulation.model.domain.record
    let spans = isWait ? record.entityWaits : record.timesInSystem
    return value(statistic, spans, Array(classes), givenUp: nil) {
      var soFar: [TimeSpan] = []
      forEachPresent { entity in
        guard classes.contains(Int(entity.classIndex)) else { return }
        if isWait {
          let present = entity.isInLine ? now - entity.mark : .zero
          soFar.append(
            TimeSpan(microseconds: entity.waited.microseconds + present.microseconds))
        } else {
          soFar.append(now - entity.enteredAt)
        }
      }
      return soFar
    }
  }

  // MARK: - Levels

  private func levelRows(
    _ measure: String, _ request: MeasureRequest, value: (OccupancyDistribution) -> Double?
  ) -> [Observation] {
    let kind: NetworkRecording.Level.Kind =
      switch measure {
      case "occupancy": .occupancy
      case "queue-length": .queueLength
      default: .inSystem
      }
    let members: [(String, Int?)] =
      request.dimension == "resource"
      ? resources.enumerated().map { ($0.element, $0.offset) } : [("", nil)]
    return members.map { name, resource in
      let level = NetworkRecording.Level(kind: kind, resource: resource)
      guard let place = levels.levels.firstIndex(of: level) else {
        preconditionFailure("\(request) was not asked for before the run")
      }
      return Observation(
        measure: request.measure, dimension: request.dimension, member: name,
        value: value(levels.distributions[place]))
    }
  }

  // MARK: - Steps

  private typealias StepCells = (
    member: String, step: LabelledStep, cells: [Int], classes: Range<Int>
  )

  /// The members of `step` or `class+step`, with the places of what belongs to each.
  private func stepCells(
    _ dimension: String, of isMeasured: (LabelledStep) -> Bool
  ) -> [StepCells] {
    let steps = model.labelledSteps
    let ranges =
      dimension == "step" ? [classes.indices] : classes.indices.map { $0..<$0 + 1 }
    return ranges.flatMap { range in
      steps.enumerated().filter { isMeasured($0.element) }.map { place, step in
        (
          dimension == "step" ? step.name : "\(classes[range.lowerBound])+\(step.name)", step,
          range.map { $0 * steps.count + place }, range
        )
      }
    }
  }

  private func stepRows(
    _ request: MeasureRequest, _ row: (String, Double?) -> Observation
  ) -> [Observation] {
    let record = simulation.model.domain.record
    let isMeasured: (LabelledStep) -> Bool =
      switch request.measure {
      case "passed": { _ in true }
      case "referred": { $0.kind == .proceed }
      default: \.isRequestOrEnd
      }
    func rows(_ value: (NetworkRecord.StepCounts) -> Double?) -> [Observation] {
      stepCells(request.dimension, of: isMeasured).map { cell in
        var counts = NetworkRecord.StepCounts()
        for place in cell.cells { counts.add(record.steps[place]) }
        return row(cell.member, value(counts))
      }
    }
    switch request.measure {
    case "wait": return rows { mean($0.waits.total, $0.waits.count) }
    case "passed": return rows { Double($0.passed) }
    case "reneged": return rows { Double($0.reneged) }
    case "refused": return rows { Double($0.refused) }
    case "referred": return rows { Double($0.referred) }
    default: preconditionFailure("no such measure by step: \(request.measure)")
    }
  }

  // MARK: - Costs

  /// What the entities of some classes held and were granted costs: capacity and overtime are
  /// nobody's own.
  private func attributedCost(of classes: Range<Int>, at resources: Range<Int>) -> Double? {
    guard !model.costs.isEmpty else { return nil }
    let holdings = simulation.model.domain.record.holdings
    var total = 0.0
    for resource in resources {
      let cost = model.costs[resource]
      for line in lines(classes, resource..<resource + 1) {
        total +=
          cost.busy * Double(holdings.integral(line, at: now)) / unit
          + cost.use * Double(holdings.grants(line))
      }
    }
    return total
  }
}

extension OccupancyDistribution {
  fileprivate func value(of statistic: MeasureStatistic, at now: SimulationTime) -> Double? {
    switch statistic {
    case .quantile(let probability): quantile(probability, at: now).map(Double.init)
    case .shareOver(let limit, _): share(over: Int(limit), at: now)
    }
  }
}
