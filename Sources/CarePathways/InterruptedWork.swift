// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// What becomes of a delay that is interrupted, once the entity has its units again.
public enum InterruptedWork: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
  /// What remained of it follows.
  case resume
  /// The same length begins anew.
  case restart
  /// It begins anew with a length that is drawn, or computed, again.
  case resample
}

/// The delay that an entity is in, kept only where one may begin anew.
struct RunningDelay: BitwiseCopyable, Sendable {
  /// The row of the table of duration draws that its length is of.
  var draw: UInt16 = 0
  /// How often its length has been drawn again.
  var redraws: UInt32 = 0
  var length = TimeSpan.zero
}

extension PathwayRun where Domain: ~Copyable {
  /// The length of a delay, which is kept in case it begins anew.
  @usableFromInline
  @inline(never)
  mutating func remember(
    _ draw: UInt16, _ entity: EntityIndex, _ now: SimulationTime
  ) -> TimeSpan {
    let length = span(draw, entity, now)
    while flow.delays.count <= Int(entity.rawValue) { flow.delays.append(RunningDelay()) }
    flow.delays[Int(entity.rawValue)] = RunningDelay(draw: draw, length: length)
    return length
  }

  /// A delay has been interrupted with something left of it: says what will follow instead.
  ///
  /// It is a delay by the table of draws: nobody waits for an hour or an opening with what he may
  /// lose.
  @usableFromInline
  @inline(never)
  mutating func spoil(_ entity: EntityIndex, _ resource: ResourceIndex) {
    switch flow.program.resources[Int(resource.rawValue)].interrupted {
    case .resume: break
    case .restart: flow.entities[entity].remaining = flow.delays[Int(entity.rawValue)].length
    // Not before it begins: a length may hang on the hour, or on the state of the run.
    case .resample: flow.entities[entity].remaining = Entity.notDrawn
    }
  }

  /// The length of a delay that begins anew, drawn or computed again.
  ///
  /// Its key has the entity's pass as the first draw's has, and the number of the interruption in
  /// its purpose, so that no interruption moves the draws of another step.
  @usableFromInline
  @inline(never)
  mutating func redraw(_ entity: EntityIndex, _ now: SimulationTime) -> TimeSpan {
    let place = Int(entity.rawValue)
    flow.delays[place].redraws += 1
    var rule = flow.rows.durationDraws[Int(flow.delays[place].draw)]
    rule.purpose = flow.delays[place].purpose(after: rule.purpose)
    let length = withUnsafePointer(to: rule) { span($0, entity, now) }
    flow.delays[place].length = length
    return length
  }
}

extension RunningDelay {
  /// The purpose of the draw after so many others of one that was drawn for `first`.
  func purpose(after first: Purpose) -> Purpose {
    var key = StateDigest()
    key.add(first.rawValue)
    key.add(UInt64(redraws))
    var purpose = first
    purpose.rawValue = key.value
    return purpose
  }
}
