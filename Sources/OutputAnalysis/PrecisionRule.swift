// SPDX-License-Identifier: GPL-3.0-or-later

/// A measure, and how narrow its interval is to become.
public struct PrecisionRequest: Hashable, Sendable {
  public var measure: MeasureRequest
  /// The member of the dimension; empty without one.
  public var member: String
  public var target: PrecisionTarget

  public init(measure: MeasureRequest, member: String = "", target: PrecisionTarget) {
    self.measure = measure
    self.member = member
    self.target = target
  }

  /// Reads `wait 5 %`, `wait 0.5` (in the measure's unit) or `wait by resource=doctor 5 %`; `nil` for
  /// anything else.
  public init?(_ text: String) {
    var words = text.split(separator: " ").map(String.init)
    guard words.count >= 2 else { return nil }
    var isShare = false
    if words.last == "%" {
      isShare = true
      words.removeLast()
    } else if let last = words.last, last.hasSuffix("%") {
      isShare = true
      words[words.count - 1] = String(last.dropLast())
    }
    guard let amount = words.popLast().flatMap(Double.init), amount > 0, amount.isFinite,
      let series = MeasureSeries(words.joined(separator: " "))
    else { return nil }
    self.init(
      measure: series.measure, member: series.member,
      target: PrecisionTarget(isShare ? .relative(amount / 100) : .absolute(amount)))
  }
}

extension PrecisionRequest: CustomStringConvertible {
  public var description: String {
    let name = MeasureSeries(measure: measure, member: member).description
    return switch target.halfWidth {
    case .relative(let share): "\(name) \(share * 100) %"
    case .absolute(let width): "\(name) \(width)"
    }
  }
}

/// One number that each replication observes: a measure of the whole, or of a member of a dimension.
public struct MeasureSeries: Hashable, Sendable {
  public var measure: MeasureRequest
  public var member: String

  public init(measure: MeasureRequest, member: String = "") {
    self.measure = measure
    self.member = member
  }

  /// Reads `wait` or `wait by resource=doctor`; `nil` for anything else.
  public init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    switch words.count {
    case 1: self.init(measure: MeasureRequest(measure: words[0]))
    case 3 where words[1] == "by":
      let parts = words[2].split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      let dimensions = parts[0].split(separator: "+").sorted().joined(separator: "+")
      self.init(
        measure: MeasureRequest(measure: words[0], dimension: dimensions), member: parts[1])
    default: return nil
    }
  }
}

extension MeasureSeries: CustomStringConvertible {
  /// As a command line writes it.
  public var description: String {
    measure.dimension.isEmpty ? measure.measure : "\(measure)=\(member)"
  }
}

/// How many replications an experiment gets when that hangs on what they show.
public struct PrecisionRule: Hashable, Sendable {
  public var requests: [PrecisionRequest]
  /// Replications of each point before precision is looked at.
  public var minimum: Int
  /// Replications of each point after which it is given up.
  public var maximum: Int

  public static let defaultMinimum = 3
  public static let defaultMaximum = 1000

  public init(
    requests: [PrecisionRequest], minimum: Int = defaultMinimum, maximum: Int = defaultMaximum
  ) {
    precondition(minimum >= 2 && maximum >= minimum, "an interval needs two replications")
    self.requests = requests
    self.minimum = minimum
    self.maximum = maximum
  }
}
