// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// A network of arrivals, resources and pathways, checked and compiled; shared by all its runs.
public struct NetworkModel: Sendable {
  public let program: PathwayProgram
  public let sources: [ArrivalSource]
  /// The unit in which rates are given and times are reported.
  public let timeUnit: TimeSpan
  /// An instant, at or before time 0, at which a week begins.
  public let weekStart: SimulationTime
  /// What each resource costs, in their order; empty where no resource costs anything.
  public let costs: [ResourceCost]
  /// Whether some step refers to another pathway.
  let refers: Bool
  let compiledSources: [CompiledSource]

  /// A source with names resolved.
  struct CompiledSource: Sendable {
    /// The hash of the source's name.
    let owner: UInt64
    let pathway: UInt16
    let clock: ArrivalClock
    /// The distributions of intervals and batches.
    let samplers: SamplerTable
    /// How many come at an arrival; `nil`: one.
    let batch: SamplerIndex?
    /// A log's rows in the order of their times.
    let records: [CompiledRecord]
    /// The numbers of the attributes that a log gives.
    let recordedAttributes: [UInt16]
    /// Classes with cumulative shares, the last of which is infinite.
    let classes: [CompiledShare]
  }

  struct CompiledShare: BitwiseCopyable, Sendable {
    let classIndex: UInt16
    let priority: UInt8
    let cumulativeShare: Double
  }

  /// A row of a log with names resolved; `nil`: as the source says.
  struct CompiledRecord: Sendable {
    /// The row, from 1.
    let number: UInt64
    let classIndex: UInt16?
    let priority: UInt8?
    let pathway: UInt16?
    let attributes: [Double?]
  }

  /// Checks the sources against the pathways.
  ///
  /// - Parameters:
  ///   - program: pathways of one site.
  ///   - sources: streams of arrivals.
  ///   - timeUnit: the unit of rates and of reported times.
  ///   - weekStart: an instant, at or before time 0, at which a week begins.
  ///   - costs: of each resource, in their order; or none.
  public init(
    program: PathwayProgram, sources: [ArrivalSource], timeUnit: TimeSpan,
    weekStart: SimulationTime = .zero, costs: [ResourceCost] = []
  ) throws(ArrivalFaults) {
    precondition(
      costs.isEmpty || costs.count == program.resources.count, "each resource has a cost, or none")
    precondition(program.sites.count == 1, "a network has one site")
    precondition(timeUnit > .zero && weekStart <= .zero, "a time unit must be above 0")
    var faults: [ArrivalFault] = []
    var names: Set<String> = []
    for source in sources {
      if !names.insert(source.name).inserted {
        faults.append(ArrivalFault(source: source.name, reason: .duplicateSource))
      }
      faults += source.faults(in: program, timeUnit: timeUnit, weekStart: weekStart)
    }
    guard faults.isEmpty else { throw ArrivalFaults(faults) }
    self.program = program
    self.sources = sources
    self.timeUnit = timeUnit
    self.weekStart = weekStart
    self.costs = costs
    refers = program.steps.contains { $0.kind == .proceed && $0.operand == 1 }
    compiledSources = sources.map { Self.compile($0, program, timeUnit, weekStart) }
  }

  private static func compile(
    _ source: ArrivalSource, _ program: PathwayProgram, _ timeUnit: TimeSpan,
    _ weekStart: SimulationTime
  ) -> CompiledSource {
    guard let pathway = program.pathway(named: source.pathway) else {
      preconditionFailure("a pathway passed the check but is unknown")
    }
    var cumulative = 0.0
    var classes: [CompiledShare] = []
    for (place, part) in source.classes.enumerated() {
      guard let index = program.classes.firstIndex(of: part.name) else {
        preconditionFailure("a class passed the check but is unknown")
      }
      cumulative += part.share
      classes.append(
        CompiledShare(
          classIndex: UInt16(index), priority: program.classPriorities[index],
          cumulativeShare: place == source.classes.count - 1 ? .infinity : cumulative))
    }
    var samplers = SamplerTable()
    let clock = ArrivalClock(source, timeUnit: timeUnit, weekStart: weekStart, &samplers)
    let batch = source.batch.map { samplers.add($0) }
    return CompiledSource(
      owner: Purpose(source.name).rawValue, pathway: pathway, clock: clock,
      samplers: samplers, batch: batch,
      records: records(of: source, program),
      recordedAttributes: recordedAttributes(of: source, program), classes: classes)
  }

  /// The numbers of the attributes that a log gives.
  private static func recordedAttributes(
    of source: ArrivalSource, _ program: PathwayProgram
  ) -> [UInt16] {
    guard case .recorded(_, let names) = source.process else { return [] }
    return names.map { name in
      guard let number = program.rare.attributes.firstIndex(of: name) else {
        preconditionFailure("an attribute passed the check but is unknown")
      }
      return UInt16(number)
    }
  }

  /// Rows of one instant keep their order.
  private static func records(
    of source: ArrivalSource, _ program: PathwayProgram
  ) -> [CompiledRecord] {
    guard case .recorded(let rows, _) = source.process else { return [] }
    let order = rows.indices.sorted { (rows[$0].time, $0) < (rows[$1].time, $1) }
    var classes: [String: UInt16] = [:]
    for (place, name) in program.classes.enumerated() { classes[name] = UInt16(place) }
    return order.map { place in
      let row = rows[place]
      return CompiledRecord(
        number: UInt64(place + 1), classIndex: row.entityClass.flatMap { classes[$0] },
        priority: row.priority, pathway: row.pathway.flatMap(program.pathway(named:)),
        attributes: row.attributes)
    }
  }
}
