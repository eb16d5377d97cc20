// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// Who is seen first, and for whom beds are kept.
extension RegionDomain {
  /// How urgent a patient is who sets out for an institution.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func priority(of visit: Visit, at site: Int) -> UInt8 {
    if visit.flags.contains(.isEmergency) { return GreenChannel.emergencyPriority }
    if policies.channels.isEmpty { return GreenChannel.usualPriority }
    return priority(of: visit, at: site, in: .consult)
  }

  @inline(__always)
  func priority(of visit: Visit, at site: Int, in queue: GreenChannel.Queue) -> UInt8 {
    let channel = policies.channels[site]
    let hasContract =
      channel.isForContracted && population.residents[Int(visit.resident)].hasContract
    return channel.isOpen(
      to: queue, isRegistered: visit.flags.contains(.isRegistered), hasContract: hasContract)
      ? GreenChannel.priority : GreenChannel.usualPriority
  }

  /// A patient is about to stand in a queue: is he first there too?
  @inline(__always)
  mutating func turn(
    _ entity: EntityIndex, to queue: GreenChannel.Queue, _ flow: inout PathwayFlow
  ) {
    if policies.channels.differByQueue { turnWhereQueuesDiffer(entity, to: queue, &flow) }
  }

  /// The exit of a visit's conclusion; who is to be admitted will wait for a bed next.
  @inline(__always)
  mutating func turned(
    _ exit: Int, _ entity: EntityIndex, _ flow: inout PathwayFlow
  ) -> Int {
    if exit == 1 { turn(entity, to: .bed, &flow) }
    return exit
  }

  @inline(never)
  private mutating func turnWhereQueuesDiffer(
    _ entity: EntityIndex, to queue: GreenChannel.Queue, _ flow: inout PathwayFlow
  ) {
    let visit = visits[Int(entity.rawValue)]
    guard !visit.flags.contains(.isEmergency) else { return }
    let site = Int(flow.entities[entity].site)
    flow.entities[entity].priority = priority(of: visit, at: site, in: queue)
  }

  /// Counts the wait of who came by the green channel.
  @inline(never)
  mutating func countChannelWait(
    _ entity: EntityIndex, _ wait: Int64, _ flow: inout PathwayFlow
  ) {
    guard flow.entities[entity].priority == GreenChannel.priority else { return }
    tally.count {
      $0.channelConsults += 1
      $0.channelWaited += wait
    }
  }

  // MARK: - Kept beds

  package mutating func unitsKept(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow
  ) -> Int {
    guard role == RegionVocabulary.Role.acuteBed.rawValue, !policies.keptBeds.isEmpty else {
      return 0
    }
    return bedsKept(entity, &flow)
  }

  @inline(never)
  private mutating func bedsKept(_ entity: EntityIndex, _ flow: inout PathwayFlow) -> Int {
    let isFirst: Visit.Flags = [.isRegistered, .isEmergency]
    guard visits[Int(entity.rawValue)].flags.isDisjoint(with: isFirst) else { return 0 }
    return policies.keptBeds[Int(flow.entities[entity].site)]
  }
}

extension PoliciesInForce {
  /// Keeps acute beds of an institution for the referred and for emergencies.
  mutating func keepBeds(_ beds: Int, at site: Int, of institutions: Int) {
    guard beds > 0 else { return }
    if keptBeds.isEmpty { keptBeds = Array(repeating: 0, count: institutions) }
    keptBeds[site] += beds
  }
}
