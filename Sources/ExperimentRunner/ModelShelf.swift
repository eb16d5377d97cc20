// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import Foundation
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel

/// Compiles the points of a plan when they are needed, and forgets those that were not used lately, so
/// that a design of thousands of points holds a few models.
///
/// Sendable, because `state` is touched only while `condition` is held; a model is compiled outside.
final class ModelShelf: @unchecked Sendable {
  private enum Place {
    /// A thread is at it.
    case compiling
    case ready(any RunnableModel)
  }

  private let plan: ExperimentPlan
  private let condition = NSCondition()
  private var places: [Int: Place] = [:]
  /// Indices of the models that are ready, the one used last at the end.
  private var order: [Int] = []
  /// Models kept beyond those in use.
  static let capacity = 32

  init(_ plan: ExperimentPlan) { self.plan = plan }

  /// The model of a point, compiled once however many threads ask for it at a time.
  ///
  /// - Parameter index: In the plan's points, from 0.
  func model(_ index: Int) throws(RunnerFault) -> any RunnableModel {
    condition.lock()
    while case .compiling? = places[index] { condition.wait() }
    if case .ready(let model)? = places[index] {
      if let place = order.firstIndex(of: index) { order.append(order.remove(at: place)) }
      condition.unlock()
      return model
    }
    places[index] = .compiling
    condition.unlock()
    let faults = FaultCollector()
    let model = plan.compiled(index, faults)
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    guard let model, faults.isEmpty else {
      places[index] = nil
      throw RunnerFault(
        .invalidInput, faults.sorted.map { PointCheck.line($0, [index + 1], of: plan) })
    }
    places[index] = .ready(model)
    order.append(index)
    if order.count > Self.capacity { places[order.removeFirst()] = nil }
    return model
  }
}

extension ExperimentPlan {
  /// What a point of a design over factors sets: `rate = 5 /h`, a text for each factor.
  func values(of point: Point) -> [String] {
    zip(pointDesign?.factors ?? [], point.row?.levels ?? []).compactMap { factor, level in
      level.map { "\(factor.name) = \($0.name)" }
    }
  }

  /// A point of a design over factors as faults name it: `point 3 (rate = 5 /h)`.
  func place(of point: Point) -> String {
    let values = values(of: point)
    return "point \(point.id)\(values.isEmpty ? "" : " (\(values.joined(separator: ", ")))")"
  }

  /// The model of a point; faults tell why it is `nil`.
  func compiled(_ index: Int, _ faults: FaultCollector) -> (any RunnableModel)? {
    runnable(points[index].document, faults)
  }

  /// A document compiled under this plan's window and measures.
  func runnable(_ document: ModelDocument, _ faults: FaultCollector) -> (any RunnableModel)? {
    switch kind {
    case .network:
      NetworkReader.network(document, faults).map {
        RunnableNetwork(model: $0.model, window: window, requests: measures)
      }
    case .region:
      RegionReader.region(document, faults).map {
        RunnableRegion(model: $0, window: window, requests: measures)
      }
    }
  }
}

/// The model of a point that is compiled when a run of it begins.
struct ShelvedModel: RunnableModel {
  let shelf: ModelShelf
  /// In the plan's points, from 0.
  let index: Int

  var resolved: any RunnableModel {
    do throws(RunnerFault) { return try shelf.model(index) } catch { return FaultyModel(error) }
  }

  func begin(_ root: RandomRoot) -> any ModelRun { resolved.begin(root) }
}

/// A model that could not be compiled: each value of each factor was tried by itself before, but two
/// together may still be wrong, and of many points not all were tried.
struct FaultyModel: RunnableModel {
  let fault: RunnerFault

  init(_ fault: RunnerFault) { self.fault = fault }

  func begin(_ root: RandomRoot) -> any ModelRun { FaultyRun(fault) }
}

/// A run that goes nowhere and says why.
final class FaultyRun: ModelRun {
  private let reason: RunnerFault

  init(_ reason: RunnerFault) { self.reason = reason }

  func advance(until: SimulationTime) {}
  func fork(under model: any RunnableModel) -> any ModelRun { FaultyRun(reason) }
  var eventCount: UInt64 { 0 }
  func finish() -> [ReplicationResult] { preconditionFailure("a faulty run does not finish") }
  func fault(at place: String) -> RunnerFault? { reason }
}
