// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What can happen in a run of pathways. Plain data, so that the calendar is one flat allocation.
public enum CareEvent<DomainEvent: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  /// The delay of an entity is over.
  case stepEnded(EntityIndex)
  /// An entity has waited as long as it will.
  case patienceEnded(EntityIndex)
  /// The calendar of a resource changes its capacity.
  case capacityChange(ResourceIndex)
  /// Something of the floor above.
  case domain(DomainEvent)
}
