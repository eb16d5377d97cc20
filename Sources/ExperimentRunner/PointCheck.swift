// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// What compiling the points of a design over factors finds: values that are right by themselves may be
/// wrong together.
public struct PointCheck: Sendable {
  /// A fault, and where it is met.
  public struct Finding: Sendable {
    public var fault: ModelFault
    /// Identifiers of the points, ascending.
    public var points: [Int]
    /// ``fault`` in one line, with the points and the values of the first.
    public var line: String
  }

  /// In the order of the first point that each is met at.
  public let findings: [Finding]
  /// Resources that are asked for more than they have, and the points at which they are.
  public let warnings: [Finding]
  /// How many points were compiled, the first ones.
  public let compiled: Int
  public let seconds: Double
  /// Whether a stop was asked for before all was done.
  public let wasStopped: Bool

  /// Compiles points, on several threads.
  ///
  /// - Parameters:
  ///   - points: Identifiers, ascending; `nil` for all.
  ///   - extent: How many of them.
  ///   - progress: Called several times a second with the number that is done.
  public init(
    _ plan: ExperimentPlan, points: [Int]? = nil, extent: Extent = .all,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, stop: StopFlag = StopFlag(),
    progress: (Int) -> Void = { _ in }
  ) {
    precondition(threads >= 1, "compiling needs a thread")
    let clock = ContinuousClock()
    let began = clock.now
    let board = CheckBoard(
      points: points ?? Array(1...plan.points.count),
      deadline: extent == .few ? began + Extent.patience : nil, threads: threads)
    for _ in 0..<threads {
      let thread = Thread {
        while !stop.isRaised, let point = board.next() {
          let faults = FaultCollector()
          let warnings = FaultCollector()
          Self.compile(plan.points[point - 1], of: plan.kind, faults, warnings)
          board.note(faults.sorted, warnings.sortedWarnings, at: point)
        }
        board.threadEnded()
      }
      thread.stackSize = 16 << 20
      thread.start()
    }
    var news = board.wait()
    while news.threadsLeft > 0 {
      progress(news.compiled)
      news = board.wait()
    }
    compiled = news.compiled
    wasStopped = stop.isRaised
    let took = began.duration(to: clock.now).components
    seconds = Double(took.seconds) + Double(took.attoseconds) * 1e-18
    findings = Self.gathered(news.faults, of: plan) { $0 }
    // Loads differ from point to point; where they are too large does not.
    warnings = Self.gathered(news.warnings, of: plan) { $0.place }
  }

  /// Compiles a point and looks for loads beyond what there is.
  private static func compile(
    _ point: ExperimentPlan.Point, of kind: ExperimentPlan.ModelKind, _ faults: FaultCollector,
    _ warnings: FaultCollector
  ) {
    switch kind {
    case .network:
      guard let network = NetworkReader.network(point.document, faults) else { return }
      ModelCheck.warn(of: network.loads, in: point, warnings)
    case .region: _ = RegionReader.region(point.document, faults)
    }
  }

  /// Each of the faults that are the same by some mark once, as it is at the first point.
  private static func gathered<Mark: Hashable>(
    _ found: [Int: [ModelFault]], of plan: ExperimentPlan, by mark: (ModelFault) -> Mark
  ) -> [Finding] {
    var order: [(mark: Mark, fault: ModelFault)] = []
    var places: [Mark: [Int]] = [:]
    for point in found.keys.sorted() {
      for fault in found[point]! {
        let mark = mark(fault)
        if places[mark] == nil { order.append((mark, fault)) }
        places[mark, default: []].append(point)
      }
    }
    return order.map { mark, fault in
      let points = places[mark]!
      return Finding(fault: fault, points: points, line: line(fault, points, of: plan))
    }
  }

  /// How much is compiled before a run.
  public enum Extent: Sendable {
    case all
    /// All of few points; of many, as many as a few seconds allow.
    case few

    /// However long they take.
    static let least = 200
    static let patience = Duration.seconds(5)
  }

  /// A line for each finding, and of very many one for those that are left out.
  public var lines: [String] {
    let most = 20
    guard findings.count > most + 1 else { return findings.map(\.line) }
    let rest = findings[most...]
    let points = Set(rest.flatMap(\.points)).count
    return findings[..<most].map(\.line)
      + ["\(rest.count) more faults like these at \(points) point\(points == 1 ? "" : "s")"]
  }

  private static let mostValues = 8

  /// `file:line: path: what is wrong; what would be right (at point 5: rate = 5 /h, hold = 3 h)`.
  static func line(_ fault: ModelFault, _ points: [Int], of plan: ExperimentPlan) -> String {
    let point = plan.points[points[0] - 1]
    // Of many factors the table of points tells the values.
    let own = plan.values(of: point)
    let shown = own.count > mostValues + 1 ? own.prefix(mostValues) : own[...]
    let values =
      shown + (own.count > shown.count ? ["and \(own.count - shown.count) more"] : [])
      + (plan.scenarioCount > 1 ? ["scenario \(point.scenario)"] : [])
    let place =
      points.count == 1
      ? "at point \(point.id)" : "at \(points.count) points, the first is point \(point.id)"
    let described = values.isEmpty ? "" : ": " + values.joined(separator: ", ")
    return "\(fault) (\(place)\(described))"
  }
}

extension LoadedExperiment {
  /// Compiles points that a run needs before it begins, so that nothing is begun that could not end:
  /// all if they are few, of many as many as a few seconds allow.
  ///
  /// - Returns: What there is to warn of; `nil` where a stop was asked for before it was done.
  /// - Throws: ``RunnerFault`` with the values that are wrong together.
  public func checkPoints(
    shard: Shard = .whole, threads: Int, stop: StopFlag, progress: (Int) -> Void = { _ in }
  ) throws(RunnerFault) -> [String]? {
    guard plan.pointDesign != nil else { return [] }
    let points = Set(shard.pairs(of: design).map(\.point)).sorted()
    let check = PointCheck(
      plan, points: points, extent: .few, threads: threads, stop: stop, progress: progress)
    guard check.findings.isEmpty else { throw RunnerFault(.invalidInput, check.lines) }
    return check.wasStopped ? nil : check.warnings.map(\.line)
  }
}

/// Where the threads of a check take points and leave what they found.
///
/// Sendable, because `state` is touched only while `condition` is held.
private final class CheckBoard: @unchecked Sendable {
  struct State {
    var compiled = 0
    var faults: [Int: [ModelFault]] = [:]
    var warnings: [Int: [ModelFault]] = [:]
    var threadsLeft: Int
  }

  private let condition = NSCondition()
  private let points: [Int]
  private let deadline: ContinuousClock.Instant?
  private var taken = 0
  private var state: State

  init(points: [Int], deadline: ContinuousClock.Instant?, threads: Int) {
    self.points = points
    self.deadline = deadline
    state = State(threadsLeft: threads)
  }

  func next() -> Int? {
    condition.lock()
    defer { condition.unlock() }
    guard taken < points.count else { return nil }
    if taken >= PointCheck.Extent.least, let deadline, ContinuousClock.now >= deadline {
      return nil
    }
    taken += 1
    return points[taken - 1]
  }

  func note(_ faults: [ModelFault], _ warnings: [ModelFault], at point: Int) {
    condition.lock()
    defer { condition.unlock() }
    state.compiled += 1
    if !faults.isEmpty { state.faults[point] = faults }
    if !warnings.isEmpty { state.warnings[point] = warnings }
  }

  func threadEnded() {
    condition.lock()
    defer { condition.unlock() }
    state.threadsLeft -= 1
    condition.broadcast()
  }

  /// What there is when all threads have ended, or a quarter of a second has gone by.
  func wait() -> State {
    condition.lock()
    defer { condition.unlock() }
    let deadline = Date(timeIntervalSinceNow: 0.25)
    while state.threadsLeft > 0, condition.wait(until: deadline) {}
    return state
  }
}
