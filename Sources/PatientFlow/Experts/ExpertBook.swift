// SPDX-License-Identifier: GPL-3.0-or-later

/// The slots of experts at one member for the coming days.
package struct ExpertBook {
  private static let days = 16
  private var booked: [UInt16]

  package init(institutions: Int) {
    booked = Array(repeating: 0, count: institutions * ExpertBook.days)
  }

  package func bookedSlots(_ institution: Int, day: Int) -> Int {
    Int(booked[institution * ExpertBook.days + day % ExpertBook.days])
  }

  package mutating func book(_ institution: Int, day: Int) {
    booked[institution * ExpertBook.days + day % ExpertBook.days] += 1
  }

  package mutating func turn(to today: Int) {
    guard today > 0 else { return }
    for institution in 0..<booked.count / ExpertBook.days {
      booked[institution * ExpertBook.days + (today - 1) % ExpertBook.days] = 0
    }
  }
}
