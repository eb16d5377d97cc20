// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct SlotBookTests {
  @Test("kept slots are members' until they are released; then anybody's")
  func reserved() {
    var book = SlotBook(institutions: 2)
    let kept = SlotBook.Day(slots: 5, reserved: 2, isReleased: false)
    let released = SlotBook.Day(slots: 5, reserved: 2, isReleased: true)
    for _ in 0..<3 {
      #expect(book.hasRoom(1, day: 20, kept, isMember: false))
      book.book(1, day: 20, kept, isMember: false)
    }
    #expect(!book.hasRoom(1, day: 20, kept, isMember: false))
    #expect(book.hasRoom(1, day: 20, kept, isMember: true))
    // Set free, they go to whoever comes.
    #expect(book.hasRoom(1, day: 20, released, isMember: false))
    book.book(1, day: 20, kept, isMember: true)
    #expect(book.hasRoom(1, day: 20, released, isMember: false))
    book.book(1, day: 20, released, isMember: false)
    #expect(!book.hasRoom(1, day: 20, released, isMember: false))
    #expect(!book.hasRoom(1, day: 20, kept, isMember: true))
    // Another day and another hospital are untouched.
    #expect(book.hasRoom(1, day: 21, kept, isMember: false))
    #expect(book.hasRoom(0, day: 20, kept, isMember: false))
  }

  @Test("members take kept slots first, so that they leave the others to others")
  func members() {
    var book = SlotBook(institutions: 1)
    let day = SlotBook.Day(slots: 5, reserved: 2, isReleased: false)
    for _ in 0..<2 { book.book(0, day: 3, day, isMember: true) }
    for _ in 0..<3 {
      #expect(book.hasRoom(0, day: 3, day, isMember: false))
      book.book(0, day: 3, day, isMember: false)
    }
    #expect(!book.hasRoom(0, day: 3, day, isMember: true))
  }

  @Test("a page is blank again when its day is over")
  func turning() {
    var book = SlotBook(institutions: 1)
    let day = SlotBook.Day(slots: 1, reserved: 0, isReleased: true)
    for today in 0..<100 {
      book.turn(to: today)
      for ahead in 0...SlotBook.horizon {
        // Each day is booked once, when it comes into view.
        let isNew = today == 0 || ahead == SlotBook.horizon
        #expect(book.hasRoom(0, day: today + ahead, day, isMember: false) == isNew)
        if isNew { book.book(0, day: today + ahead, day, isMember: false) }
      }
    }
  }

  @Test("against a plain list of bookings, room is what the rules say")
  func oracle() {
    var draw = NestedLogitTests.stream("slots")
    for _ in 0..<300 {
      var book = SlotBook(institutions: 1)
      let slots = Int(draw.below(12))
      let reserved = Int(draw.below(UInt32(slots + 1)))
      var open = 0
      var kept = 0
      for _ in 0..<30 {
        let isMember = draw.below(2) == 1
        let day = SlotBook.Day(slots: slots, reserved: reserved, isReleased: draw.below(3) == 0)
        let free = slots - open - kept
        let heldBack = day.isReleased ? 0 : max(0, reserved - kept)
        let hasRoom = book.hasRoom(0, day: 7, day, isMember: isMember)
        #expect(hasRoom == (isMember ? free > 0 : free > heldBack))
        guard hasRoom else { continue }
        book.book(0, day: 7, day, isMember: isMember)
        if isMember && kept < reserved { kept += 1 } else { open += 1 }
        #expect(open + kept <= slots)
      }
    }
  }
}
