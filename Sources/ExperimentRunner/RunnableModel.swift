// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import Randomness
import SimulationKernel

/// A compiled model as the runner sees it: immutable, shared by all replications and threads.
public protocol RunnableModel: Sendable {
  /// A run of one replication at time zero.
  func begin(_ root: RandomRoot) -> any ModelRun

  /// The model itself, where this one stands for a model that is compiled when it is needed.
  var resolved: any RunnableModel { get }
}

extension RunnableModel {
  public var resolved: any RunnableModel { self }
}

/// One replication on its way: owns all of its state and is used by one thread at a time.
public protocol ModelRun: AnyObject {
  /// Simulates on to an instant. Any number of slices gives the bits that a single call gives.
  func advance(until: SimulationTime)

  /// An exact copy that goes on under another scenario's model.
  ///
  /// Where the two models agree up to this instant, the copy ends with the bits of a run of `model`
  /// from time zero, its event count and checksum included.
  func fork(under model: any RunnableModel) -> any ModelRun

  /// Events handled since time zero.
  var eventCount: UInt64 { get }

  /// What the replication showed; of a run that is cut into batches, what each of them showed, in
  /// order. Called once, after the run was advanced to the end.
  func finish() -> [ReplicationResult]

  /// Why the run means nothing from now on, as when entities wait for each other for ever. It may
  /// cost as much as looking at everybody present.
  ///
  /// - Parameter place: the scenario and the replication, in words.
  func fault(at place: String) -> RunnerFault?
}

extension ModelRun {
  public func fault(at place: String) -> RunnerFault? { nil }
}

/// What one replication, or one batch, of one design point leaves behind.
public struct ReplicationResult: Hashable, Sendable {
  /// Events handled from time zero, or the end of the batch before, to the end.
  public var events: UInt64
  /// A digest of the final state; equal states give equal checksums.
  public var checksum: UInt64
  /// The same rows, in the same order, in each replication of a point; only the values differ.
  public var observations: [Observation]

  public init(events: UInt64, checksum: UInt64, observations: [Observation]) {
    self.events = events
    self.checksum = checksum
    self.observations = observations
  }
}
