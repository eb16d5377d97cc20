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
      case "wait" where request.dimension == "step":
        return model.labelledSteps.enumerated().map { place, step in
          row(step.name, stepWaits(statistic, place, step.row))
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
      let span = now - simulation.model.flow.measures.windowStart
      return [row("", Double(span.microseconds) / unit)]
    default: return request.dimension == "step" ? stepRows(request.measure, row) : []
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

  private func stepWaits(_ statistic: MeasureStatistic, _ step: Int, _ row: UInt16) -> Double? {
    let record = simulation.model.domain.record
    return value(statistic, record.stepWaits, [step], givenUp: record.stepsGivenUp) {
      // A request for several resources stands in several lines and is one.
      var entities: Set<EntityIndex> = []
      return standingByLine().joined().filter {
        simulation.model.flow.entities[$0.entity].row == row && entities.insert($0.entity).inserted
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

  private func stepRows(
    _ measure: String, _ row: (String, Double?) -> Observation
  ) -> [Observation] {
    model.labelledSteps.enumerated().map { place, step in
      let counts = simulation.model.domain.record.steps[place]
      switch measure {
      case "wait": return row(step.name, mean(counts.waits.total, counts.waits.count))
      case "passed": return row(step.name, Double(counts.passed))
      case "reneged": return row(step.name, Double(counts.reneged))
      case "refused": return row(step.name, Double(counts.refused))
      default: preconditionFailure("no such measure by step: \(measure)")
      }
    }
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
