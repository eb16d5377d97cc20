// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// What the interpreter draws: each number keyed by what it is for and whose it is.
extension PathwayRun where Domain: ~Copyable {
  /// The length of a delay or a patience: fixed, drawn, or asked of the domain.
  @inlinable
  @inline(never)
  mutating func span(
    _ draw: UInt16, _ entity: EntityIndex, _ now: SimulationTime
  ) -> TimeSpan {
    span(flow.rows.durationDraws + Int(draw), entity, now)
  }

  @inlinable
  @inline(__always)
  mutating func span(
    _ rule: UnsafePointer<PathwayProgram.DurationDraw>, _ entity: EntityIndex,
    _ now: SimulationTime
  ) -> TimeSpan {
    let result: TimeSpan
    switch rule.pointee.kind {
    case .fixed: return rule.pointee.span
    case .exponential, .sampled: result = sample(rule, entity)
    case .domain: result = domain.duration(rule.pointee.operand, entity, &flow, now)
    case .expression, .parametric: result = flow.computedSpan(rule, entity, now)
    case .remembered: result = remember(rule.pointee.operand, entity, now)
    }
    precondition(result >= .zero, "a duration must not be negative")
    return result
  }

  /// Draws the delay that follows a request which waits. The number is the same whenever it is
  /// drawn; drawn while its entity waits, nothing waits for it at the grant.
  @inlinable
  @inline(__always)
  mutating func drawAhead(_ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>) {
    let next = flow.rows.step(step.pointee.next)
    guard next.pointee.kind == .delay, step.pointee.next > flow.entities.at(entity).pointee.row
    else {
      return
    }
    let rule = flow.rows.durationDraws + Int(next.pointee.operand)
    guard rule.pointee.kind == .exponential || rule.pointee.kind == .sampled else { return }
    flow.entities.at(entity).pointee.remaining = sample(rule, entity)
  }

  @inlinable
  @inline(__always)
  mutating func sample(
    _ rule: UnsafePointer<PathwayProgram.DurationDraw>, _ entity: EntityIndex
  ) -> TimeSpan {
    let key = flow.key(rule.pointee.purpose, entity)
    let draw =
      rule.pointee.kind == .exponential
      ? rule.pointee.mean * flow.draws.exponential(key)
      : flow.program.samplers.sample(rule.pointee.sampler, key, flow.draws)
    return TimeSpan(sample: draw * rule.pointee.microsecondsPerUnit)
  }

  /// The row of the exit that a draw takes.
  @inlinable
  mutating func branch(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>, _ now: SimulationTime
  ) -> UInt16 {
    let branch = flow.rows.branches[Int(step.pointee.operand)]
    if branch.isComputed { return flow.computedBranch(branch, entity, now) }
    let draw = flow.draws.uniform(flow.key(branch.purpose, entity))
    var exit = Int(branch.firstExit)
    let last = exit + Int(branch.exitCount) - 1
    while exit < last && draw >= flow.rows.branchExits[exit].cumulativeProbability { exit += 1 }
    return flow.rows.branchExits[exit].row
  }
}

extension PathwayFlow {
  /// The random numbers of an entity for a purpose, in its present pass.
  @inlinable
  @inline(__always)
  func stream(_ purpose: Purpose, _ entity: EntityIndex) -> RandomStream {
    draws.stream(key(purpose, entity))
  }

  @inlinable
  @inline(__always)
  func key(_ purpose: Purpose, _ entity: EntityIndex) -> VariateKey {
    let state = entities.at(entity)
    return VariateKey(
      purpose, owner: state.pointee.owner, episode: state.pointee.episode,
      variate: state.pointee.pass)
  }
}
