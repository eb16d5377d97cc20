// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("sample moments")
struct SampleMomentsTests {
  @Test("mean and variance by hand")
  func byHand() throws {
    let moments = try #require(SampleMoments([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(moments.count == 8)
    #expect(moments.mean == 5)
    #expect(abs(moments.variance - 32.0 / 7) < 1e-15)
    #expect(abs(moments.standardError - (4.0 / 7).squareRoot()) < 1e-15)
  }

  @Test("an empty sample has no moments, a single value no variance")
  func tooFew() throws {
    #expect(SampleMoments([]) == nil)
    #expect(try #require(SampleMoments([3])).variance == 0)
  }

  @Test("equal values vary by exactly zero whatever their rounding", arguments: [0.1, 1e9 / 3, -7])
  func equalValues(value: Double) throws {
    for count in 2...50 {
      let moments = try #require(SampleMoments(Array(repeating: value, count: count)))
      #expect(moments.mean == value)
      #expect(moments.variance == 0)
    }
  }

  @Test("a large common offset does not spoil the variance")
  func offset() throws {
    let moments = try #require(SampleMoments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))
    #expect(moments.mean == 1e9 + 10)
    #expect(moments.variance == 30)
  }
}
