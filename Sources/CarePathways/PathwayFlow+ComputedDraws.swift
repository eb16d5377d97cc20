// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Lengths of time and attributes that expressions give, or distributions whose parameters do.
extension PathwayFlow {
  /// A length of time that an expression gives, or whose distribution's parameters do.
  @usableFromInline
  @inline(never)
  mutating func computedSpan(
    _ rule: UnsafePointer<PathwayProgram.DurationDraw>, _ entity: EntityIndex,
    _ now: SimulationTime
  ) -> TimeSpan {
    let number: Double
    if rule.pointee.kind == .parametric {
      guard
        let drawn = computedSample(
          rule.pointee.operand, rule.pointee.purpose, entity, now)
      else { return unitOfTime }
      number = drawn
    } else {
      number = value(rule.pointee.operand, entity, now)
    }
    let length = number * rule.pointee.microsecondsPerUnit
    guard length >= 0, length < 0x1p58 else {
      let units = length / program.microsecondsPerUnit
      let what = rule.pointee.kind == .parametric ? "draws" : "has"
      stop(
        entity, "\(what) a computed length of time of \(units) time units",
        "let it be zero or more, say by max(0, …)", at: now)
      return unitOfTime
    }
    return TimeSpan(microseconds: Int64(length + 0.5))
  }

  /// What a length of time is taken for once the run has a fault. Not zero: an entity that goes round
  /// without delay would never let the run end.
  private var unitOfTime: TimeSpan {
    TimeSpan(microseconds: Int64(program.microsecondsPerUnit))
  }

  /// A sample of a distribution whose parameters are computed now; `nil` when they cannot be, which
  /// stops the run.
  ///
  /// The sample is the same number as that of the distribution of these parameters under the same
  /// purpose.
  mutating func computedSample(
    _ number: UInt16, _ purpose: Purpose, _ entity: EntityIndex, _ now: SimulationTime
  ) -> Double? {
    let draw = rows.computedDraws[Int(number)]
    var parameters = draw.values
    for place in parameters.indices where draw.expressions[place] != PathwayStep.none {
      parameters[place] = value(draw.expressions[place], entity, now)
    }
    var stream = stream(purpose, entity)
    do throws(DistributionError) {
      return try draw.family.draw(parameters, &stream)
    } catch {
      let names = program.rare.computedNames[Int(number)]
      let slots = draw.family.slots.map(\.name)
      let name =
        slots.firstIndex(of: error.parameter).map { names[$0] } ?? error.parameter
      stop(
        entity, "draws from \(error.distribution) with a \(name) of \(error.value)",
        "let it be \(error.allowed)", at: now)
      return nil
    }
  }
}
