// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Testing

@Suite("A pathway is checked before it is compiled")
struct PathwayBuilderTests {
  @Test("an empty pathway is a fault")
  func empty() {
    var builder = PathwayBuilder()
    builder.addPathway("visit", steps: [])
    #expect(throws: PathwayFaults([PathwayFault(pathway: "visit", reason: .empty)])) {
      try builder.build()
    }
  }
}
