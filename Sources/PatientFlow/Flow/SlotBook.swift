// SPDX-License-Identifier: GPL-3.0-or-later

/// The outpatient slots of hospitals for the coming days: booked by anyone, or kept for members of
/// an alliance until so many hours before opening.
package struct SlotBook {
  /// Days that can be booked ahead; a longer queue books the last of them.
  package static let horizon = 14
  private static let days = 16
  /// Booked of the slots for anyone, and of those kept: (institution, day mod 16).
  private var open: [UInt16]
  private var kept: [UInt16]

  package init(institutions: Int) {
    open = Array(repeating: 0, count: institutions * SlotBook.days)
    kept = open
  }

  /// How many slots a day has, and how many of them are kept.
  package struct Day {
    package var slots: Int
    package var reserved: Int
    /// Whether what is kept and not booked has been freed.
    package var isReleased: Bool

    package init(slots: Int, reserved: Int, isReleased: Bool) {
      self.slots = slots
      self.reserved = reserved
      self.isReleased = isReleased
    }
  }

  private func row(_ institution: Int, _ day: Int) -> Int {
    institution * SlotBook.days + day % SlotBook.days
  }

  package func hasRoom(_ institution: Int, day: Int, _ slots: Day, isMember: Bool) -> Bool {
    let place = row(institution, day)
    let booked = Int(open[place]) + Int(kept[place])
    if isMember { return booked < slots.slots }
    let held = slots.isReleased ? Int(kept[place]) : max(slots.reserved, Int(kept[place]))
    return Int(open[place]) + held < slots.slots
  }

  package mutating func book(_ institution: Int, day: Int, _ slots: Day, isMember: Bool) {
    let place = row(institution, day)
    if isMember && Int(kept[place]) < slots.reserved {
      kept[place] += 1
    } else {
      open[place] += 1
    }
  }

  /// Clears yesterday's page for the day that comes into view.
  package mutating func turn(to today: Int) {
    guard today > 0 else { return }
    for institution in 0..<open.count / SlotBook.days {
      let place = row(institution, today - 1)
      open[place] = 0
      kept[place] = 0
    }
  }
}
