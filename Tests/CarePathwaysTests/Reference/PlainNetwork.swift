// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// A small network as two interpreters are given it: one by way of a builder, the other as it is.
struct PlainNetwork {
  /// A role and the resource that provides it; none for the other name of one of several.
  struct Role {
    var name: String
    var resource: Int?
  }

  /// How long something lasts, in minutes.
  enum Length {
    case constant(Double)
    case oneOf([Double])
    case exponential(mean: Double)
    case formula(String)
  }

  struct Arrival {
    var minute: Int
    var pathway: Int
    var priority: UInt8
  }

  struct Pathway {
    var name: String
    var steps: [StepDescription]
  }

  var resources: [ResourceDescription] = []
  var roles: [Role] = []
  var lengths: [(name: String, length: Length)] = []
  var pathways: [Pathway] = []
  var arrivals: [Arrival] = []
  /// What each expression that occurs comes to, said again in Swift.
  var formulas: [String: (PlainEntity, PlainInterpreter) -> Double] = [:]

  static let classes = ["patient", "other"]
  static let reasons = ["home", "away", "gone"]
  /// Values of the attribute "size", which is drawn; "level" begins at 0.
  static let sizes = [0.0, 1, 2]

  /// The network for the interpreter under test.
  func program() throws(PathwayFaults) -> PathwayProgram {
    var builder = PathwayBuilder()
    builder.addSite("clinic")
    for name in Self.classes { builder.addClass(name) }
    for name in Self.reasons { builder.addLeaveReason(name) }
    let sizes = Self.distribution(of: Self.sizes)
    builder.addAttribute("size", .distribution(sizes))
    builder.addAttribute("level", .expression("0"))
    let indices = resources.map { builder.addResource($0) }
    for role in roles {
      let number = builder.addRole(role.name)
      if let resource = role.resource { builder.provide(role: number, by: indices[resource]) }
    }
    for (name, length) in lengths {
      switch length {
      case .formula(let text): builder.addComputedDuration(name, text)
      default: builder.addDurationRule(name, Self.distribution(of: length), unit: .minutes(1))
      }
    }
    for pathway in pathways { builder.addPathway(pathway.name, steps: pathway.steps) }
    return try builder.build()
  }

  static func distribution(of values: [Double]) -> Distribution {
    try! .empirical(values: values, weights: values.map { _ in 1 })
  }

  static func distribution(of length: Length) -> Distribution {
    switch length {
    case .constant(let minutes): try! .constant(minutes)
    case .oneOf(let minutes): distribution(of: minutes)
    case .exponential(let mean): try! .exponential(mean: mean)
    case .formula: preconditionFailure("a formula has no distribution")
    }
  }
}

/// One thing that happened to one entity.
struct LogLine: Hashable {
  enum What: String, CaseIterable {
    case step, granted, reneged, refused, began, ended, interrupted, resumed, referred, left,
      stayed
  }

  var time: Int64
  var owner: UInt64
  var episode: UInt64
  var what: What
  /// A row, a role, or a reason.
  var number: Int
  /// Microseconds.
  var value: Int64
}
