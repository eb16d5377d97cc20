// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// The assumptions of an experiment's model, those at whose ends it still makes a model and those that
/// are held where they are.
public struct AssumptionSurvey: Sendable {
  /// In the order of the model's files.
  public let assumptions: [Assumption]

  public var moved: [Assumption] { assumptions.filter { $0.held == nil } }
  public var held: [Assumption] { assumptions.filter { $0.held != nil } }

  /// Compiles the model at both ends of each assumption: under the baseline, and of a policy's under a
  /// scenario that has it in force.
  ///
  /// - Parameters:
  ///   - held: Paths that the author holds, as ``Assumption/path`` has them.
  /// - Throws: ``RunnerFault`` when a path of `held` is no assumption; the faults of the model as stated.
  public init(_ plan: ExperimentPlan, holding held: [String] = [], threads: Int = 1) throws {
    var assumptions = plan.assumptions
    let known = assumptions.map(\.path)
    if let wrong = held.first(where: { !known.contains($0) }) {
      let hint =
        nearestName(to: wrong, among: known).map { "did you mean \($0)?" }
        ?? "yilian describe --format assumptions lists them"
      throw RunnerFault.invalid("--hold \(wrong): is no assumption of the model; \(hint)")
    }
    for index in assumptions.indices
    where held.contains(assumptions[index].path) && assumptions[index].held == nil {
      assumptions[index].held = .byAuthor
    }
    let scenarios = Array(plan.points.prefix(plan.scenarioCount))
    let documents = scenarios.map(\.document)
    let stated = FaultCollector()
    for document in documents { _ = plan.runnable(document, stated) }
    try stated.throwIfAny()
    let faults = FoundFaults(count: assumptions.count)
    let open = assumptions.indices.filter { assumptions[$0].held == nil }
    let paths = known
    inThreads(threads, count: open.count) { number in
      let path = paths[open[number]]
      let place =
        documents.firstIndex { $0.policyIsInForce(path) == true } ?? plan.baseline
      for end in ["0", "1"] {
        var document = documents[place]
        let collector = FaultCollector()
        document.set("range." + path, to: end, at: SourcePlace(file: "--vary"), collector)
        if collector.isEmpty { _ = plan.runnable(document, collector) }
        if let fault = collector.sorted.first {
          return faults.put(
            .faulty(
              isHigh: end == "1",
              fault: "\(fault.place.path) \(fault.problem)"
                + (fault.remedy.isEmpty ? "" : "; \(fault.remedy)")), at: open[number])
        }
      }
    }
    for (index, fault) in faults.all.enumerated() where fault != nil {
      assumptions[index].held = fault
    }
    self.assumptions = assumptions
  }
}

/// Sendable, because `found` is touched only while `lock` is held.
private final class FoundFaults: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [Assumption.Reason?]

  init(count: Int) { found = Array(repeating: nil, count: count) }

  var all: [Assumption.Reason?] {
    lock.lock()
    defer { lock.unlock() }
    return found
  }

  func put(_ reason: Assumption.Reason, at index: Int) {
    lock.lock()
    found[index] = reason
    lock.unlock()
  }
}

/// Does work of several threads, each number once, and returns when all is done. The stacks are those of
/// a run: models are compiled on them.
func inThreads(_ threads: Int, count: Int, _ work: @escaping @Sendable (Int) -> Void) {
  let threads = max(1, min(threads, count))
  let group = DispatchGroup()
  for first in 0..<threads {
    group.enter()
    let thread = Thread {
      for number in stride(from: first, to: count, by: threads) { work(number) }
      group.leave()
    }
    thread.stackSize = 16 << 20
    thread.start()
  }
  group.wait()
}
