// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The calendar as anybody would write it who need not hurry: the oracle for the real one.
struct SortedArrayCalendar {
  struct Entry: Equatable {
    var time: Int64
    var priority: UInt8
    var number: Int
    var event: UInt32

    func isAfter(_ other: Entry) -> Bool {
      (time, priority, number) > (other.time, other.priority, other.number)
    }
  }

  /// Latest first, so that the next event is cheap to take.
  private(set) var entries: [Entry] = []
  private(set) var now: Int64 = 0
  private var scheduled = 0

  /// - Returns: A number that names the event.
  mutating func schedule(_ event: UInt32, at time: Int64, priority: UInt8) -> Int {
    let entry = Entry(time: time, priority: priority, number: scheduled, event: event)
    scheduled += 1
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].isAfter(entry) { low = middle + 1 } else { high = middle }
    }
    entries.insert(entry, at: low)
    return entry.number
  }

  mutating func cancel(_ number: Int) -> Bool {
    guard let place = entries.firstIndex(where: { $0.number == number }) else { return false }
    entries.remove(at: place)
    return true
  }

  mutating func next(before end: Int64) -> UInt32? {
    guard let last = entries.last, last.time < end else { return nil }
    entries.removeLast()
    now = last.time
    return last.event
  }

  mutating func advance(to time: Int64) {
    now = time
  }
}
