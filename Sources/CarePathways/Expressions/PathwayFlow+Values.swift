// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension PathwayFlow {
  /// The value of a compiled expression for an entity at an instant; conditions are 1 or 0.
  ///
  /// A division by zero, or a logarithm of a negative number, gives what IEEE 754 says.
  @usableFromInline
  @inline(never)
  func value(_ expression: UInt16, _ entity: EntityIndex, _ now: SimulationTime) -> Double {
    let range = rows.expressions[Int(expression)]
    return withUnsafeTemporaryAllocation(
      of: Double.self, capacity: ExpressionRange.deepestStack
    ) { stack in
      var top = -1
      for place in Int(range.first)..<Int(range.first) + Int(range.count) {
        let row = rows.expressionRows[place]
        if row.kind.rawValue <= ExpressionRow.Kind.capacity.rawValue {
          top += 1
          stack[top] = value(of: row, entity, now)
        } else if row.kind.rawValue <= ExpressionRow.Kind.squareRoot.rawValue {
          stack[top] = Self.value(row.kind, stack[top])
        } else if row.kind == .choose {
          top -= 2
          stack[top] = stack[top] != 0 ? stack[top + 1] : stack[top + 2]
        } else {
          top -= 1
          stack[top] = Self.value(row.kind, stack[top], stack[top + 1])
        }
      }
      return stack[0]
    }
  }

  /// Whether a condition holds; a value that is no number is no yes.
  @usableFromInline
  func holds(_ expression: UInt16, _ entity: EntityIndex, _ now: SimulationTime) -> Bool {
    let value = value(expression, entity, now)
    return value != 0 && !value.isNaN
  }

  private func value(
    of row: ExpressionRow, _ entity: EntityIndex, _ now: SimulationTime
  ) -> Double {
    let resource = ResourceIndex(rawValue: UInt32(row.operand))
    let sinceWeek = now.microseconds - weekStart.microseconds
    let day = CapacityCalendar.weekInMicroseconds / 7
    switch row.kind {
    case .number: return row.value
    case .attribute: return attribute(Int(row.operand), of: entity)
    case .time: return Double(now.microseconds) / program.microsecondsPerUnit
    case .stayed:
      return Double((now - entities.at(entity).pointee.enteredAt).microseconds)
        / program.microsecondsPerUnit
    case .waited:
      return Double(entities.at(entity).pointee.waited.microseconds) / program.microsecondsPerUnit
    case .hour: return Double(sinceWeek % day) / Double(day) * 24
    case .weekday: return Double(sinceWeek / day % 7 + 1)
    case .day: return Double(now.microseconds / day)
    case .priority: return Double(entities.at(entity).pointee.priority) + 1
    case .isClass: return entities.at(entity).pointee.classIndex == row.operand ? 1 : 0
    case .free: return Double(max(0, resources.free(resource)))
    case .queue: return Double(resources.waiting(resource))
    case .held: return Double(resources.held(resource))
    case .capacity: return Double(resources.capacity(resource))
    default: preconditionFailure("not a value")
    }
  }

  static func value(_ kind: ExpressionRow.Kind, _ one: Double) -> Double {
    switch kind {
    case .negate: -one
    case .not: one == 0 ? 1 : 0
    case .floor: one.rounded(.down)
    case .round: one.rounded()
    case .absolute: abs(one)
    case .exponential: exp(one)
    case .logarithm: log(one)
    case .squareRoot: one.squareRoot()
    default: preconditionFailure("not of one value")
    }
  }

  static func value(
    _ kind: ExpressionRow.Kind, _ one: Double, _ other: Double
  ) -> Double {
    func truth(_ holds: Bool) -> Double { holds ? 1 : 0 }
    switch kind {
    case .add: return one + other
    case .subtract: return one - other
    case .multiply: return one * other
    case .divide: return one / other
    case .power: return pow(one, other)
    case .least: return min(one, other)
    case .greatest: return max(one, other)
    case .equal: return truth(one == other)
    case .notEqual: return truth(one != other)
    case .less: return truth(one < other)
    case .lessOrEqual: return truth(one <= other)
    case .greater: return truth(one > other)
    case .greaterOrEqual: return truth(one >= other)
    case .and: return truth(one != 0 && other != 0)
    case .or: return truth(one != 0 || other != 0)
    default: preconditionFailure("not of two values")
    }
  }
}
