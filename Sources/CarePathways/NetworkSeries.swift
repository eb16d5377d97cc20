// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What a run showed one after the other since time 0: what a study of the warm-up looks at.
public struct NetworkSeries: Sendable {
  /// A length of time, and the instant at which it was known.
  public struct Entry: BitwiseCopyable, Hashable, Sendable {
    public var time: SimulationTime
    public var span: TimeSpan
  }

  /// All waits of an entity together, in the order in which entities left.
  public private(set) var waits: [Entry] = []
  /// From entering to leaving, in the same order.
  public private(set) var timesInSystem: [Entry] = []
  /// From request to grant, by resource, in the order of the grants.
  public private(set) var waitsByResource: [[Entry]]

  init(resources: Int) {
    waitsByResource = Array(repeating: [], count: resources)
  }

  mutating func add(grantAt resource: Int, waited: TimeSpan, _ now: SimulationTime) {
    waitsByResource[resource].append(Entry(time: now, span: waited))
  }

  mutating func add(leaving entity: Entity, _ now: SimulationTime) {
    waits.append(Entry(time: now, span: entity.waited))
    timesInSystem.append(Entry(time: now, span: now - entity.enteredAt))
  }
}
