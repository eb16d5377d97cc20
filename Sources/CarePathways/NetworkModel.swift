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
  let compiledSources: [CompiledSource]

  /// A source with names resolved.
  struct CompiledSource: Sendable {
    /// The hash of the source's name.
    let owner: UInt64
    let pathway: UInt16
    let clock: ArrivalClock
    /// Classes with cumulative shares, the last of which is infinite.
    let classes: [CompiledShare]
  }

  struct CompiledShare: BitwiseCopyable, Sendable {
    let classIndex: UInt16
    let priority: UInt8
    let cumulativeShare: Double
  }

  /// Checks the sources against the pathways.
  ///
  /// - Parameters:
  ///   - program: pathways of one site.
  ///   - sources: streams of arrivals.
  ///   - timeUnit: the unit of rates and of reported times.
  ///   - weekStart: an instant, at or before time 0, at which a week begins.
  public init(
    program: PathwayProgram, sources: [ArrivalSource], timeUnit: TimeSpan,
    weekStart: SimulationTime = .zero
  ) throws(ArrivalFaults) {
    precondition(program.sites.count == 1, "a network has one site")
    precondition(timeUnit > .zero && weekStart <= .zero, "a time unit must be above 0")
    var faults: [ArrivalFault] = []
    var names: Set<String> = []
    for source in sources {
      if !names.insert(source.name).inserted {
        faults.append(ArrivalFault(source: source.name, reason: .duplicateSource))
      }
      faults += source.faults(in: program)
    }
    guard faults.isEmpty else { throw ArrivalFaults(faults) }
    self.program = program
    self.sources = sources
    self.timeUnit = timeUnit
    self.weekStart = weekStart
    compiledSources = sources.map { Self.compile($0, program, timeUnit) }
  }

  private static func compile(
    _ source: ArrivalSource, _ program: PathwayProgram, _ timeUnit: TimeSpan
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
    return CompiledSource(
      owner: Purpose(source.name).rawValue, pathway: pathway,
      clock: ArrivalClock(source.process, timeUnit: timeUnit), classes: classes)
  }
}
