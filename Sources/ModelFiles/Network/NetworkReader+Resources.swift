// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

extension NetworkReader {
  /// The most units a resource may have: as good as unlimited, and sums stay exact.
  static let largestCapacity = 1_000_000_000

  mutating func readResources() {
    for (name, section) in model.sections("resources") {
      places.declarations[.init(.resource, name)] = section.place
      var resource = ResourceDescription(name: name, capacity: 0)
      resource.waitingRoom = section.integerIfPresent("waiting-room")
      resource.isPreemptive = section.flagIfPresent("preemptive") ?? false
      let endings: [(String, ShiftEnd)] = [
        ("hand-over", .handOver), ("finish", .finish), ("interrupt", .interrupt),
      ]
      if let word = section.textIfPresent("at-shift-end", oneOf: endings.map(\.0)) {
        resource.ending = endings.first { $0.0 == word }?.1 ?? .handOver
      }
      readInterruptedWork(of: section, into: &resource)
      if section.has("shifts") {
        if section.has("capacity") {
          section.fault("capacity", "stands beside shifts", "keep one of them")
        }
        readShifts(of: section, into: &resource)
      } else {
        resource.capacity = capacity(in: section)
      }
      let role = builder.addRole(name)
      builder.provide(role: role, by: builder.addResource(resource))
      description.resources.append(resource)
      costs.append(
        cost(of: section, isUnlimited: resource.capacity == Self.largestCapacity))
    }
  }

  /// `interrupted: restart`, where somebody may be interrupted.
  private func readInterruptedWork(
    of section: ModelSection, into resource: inout ResourceDescription
  ) {
    let kinds: [(String, InterruptedWork)] = [
      ("resume", .resume), ("restart", .restart), ("resample", .resample),
    ]
    guard let word = section.textIfPresent("interrupted", oneOf: kinds.map(\.0)) else { return }
    resource.interrupted = kinds.first { $0.0 == word }?.1 ?? .resume
    if !resource.isPreemptive && resource.ending != .interrupt {
      section.fault(
        "interrupted", "concerns nobody, since nothing is interrupted here",
        "add preemptive: yes or at-shift-end: interrupt, or leave it out")
    }
  }

  private func capacity(in section: ModelSection) -> Int {
    if section.node["capacity"]?.text == "unlimited" {
      _ = section.text("capacity")
      return Self.largestCapacity
    }
    return section.integer("capacity", in: 0...Self.largestCapacity)
  }

  /// `shifts: [{days: Mon-Fri, hours: 08:00-12:00, capacity: 2}]`; overlapping shifts add up, and
  /// outside all of them there is nobody.
  private func readShifts(of section: ModelSection, into resource: inout ResourceDescription) {
    var steps = WeeklySteps()
    for shift in section.items("shifts") {
      _ = shift.textIfPresent("name")
      steps.add(
        Double(shift.integer("capacity", in: 0...Self.largestCapacity)), during: shift.weeklyHours()
      )
    }
    guard !steps.isEmpty else {
      section.fault("shifts", "has no shift", "write [{days: Mon-Fri, hours: …, capacity: …}]")
      return
    }
    let changes = steps.changes
    resource.calendar = .weekly(
      changes.map {
        CapacityCalendar.WeeklyChange(minuteOfWeek: $0.minuteOfWeek, capacity: Int($0.amount))
      })
    resource.capacity = Int(changes[0].amount)
  }
}
