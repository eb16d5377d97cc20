// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct NearestNameTests {
  static let known = ["capacity", "waiting-room", "preemptive", "doctor", "nurse", "ab"]

  @Test(
    "a slip of the pen finds the name",
    arguments: [
      ("capcity", "capacity"), ("cpaacity", "capacity"), ("Capacity", "capacity"),
      ("waitingroom", "waiting-room"), ("preemtive", "preemptive"), ("docter", "doctor"),
      ("nurses", "nurse"), ("waiting_room", "waiting-room"),
    ])
  func near(written: String, meant: String) {
    #expect(nearestName(to: written, among: Self.known) == meant)
  }

  @Test("another word finds none", arguments: ["x", "", "hospital", "zz", "telephone"])
  func far(written: String) { #expect(nearestName(to: written, among: Self.known) == nil) }
}
