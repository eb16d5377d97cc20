// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// One line of the log of a run: what happened to an entity, when and where.
public struct TraceRow: BitwiseCopyable, Hashable, Sendable {
  /// What happened.
  public enum Event: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case arrive
    /// It asks for a resource.
    case request
    /// It is granted the resource; ``TraceRow/value``: microseconds waited.
    case start
    /// Its request is turned down: the waiting room is full.
    case refused
    /// It gives up waiting; the value: microseconds waited.
    case renege
    /// A delay begins; the value: its length in microseconds.
    case delay
    /// The delay is over.
    case end
    /// It has lost a resource for a while; the value: microseconds of its delay that will follow, 0
    /// where they will be drawn again.
    case interrupted
    case resume
    case release
    /// It gives back the resource it was transferred from.
    case transfer
    /// It goes on at another step; the value: that step's row.
    case branch
    /// It is put into a class; the value: the class.
    case assignClass
    /// Its priority changes; the value: 0...15.
    case assignPriority
    /// Another step, named by the kind of its row.
    case step
    /// It leaves; the value: the reason.
    case leave
  }

  public var time: SimulationTime
  /// The hash of the name of the source it came from.
  public var owner: UInt64
  /// Its number within the source, from 1.
  public var episode: UInt64
  public var value: Int64
  /// Tells apart those present at once.
  public var entity: EntityIndex
  /// The resource, or ``noResource``.
  public var resource: UInt32
  /// Its row of the program.
  public var row: UInt16
  public var classIndex: UInt16
  public var event: Event

  public static let noResource = PathwayProgram.noResource
}
