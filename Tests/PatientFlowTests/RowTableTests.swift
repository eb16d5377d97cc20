// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

@Suite("Tables of rows")
struct RowTableTests {
  struct Row: BitwiseCopyable, Equatable, Sendable {
    var number: Int
    var rest: InlineArray<6, Int64> = [1, 2, 3, 4, 5, 6]

    static func == (one: Row, other: Row) -> Bool {
      one.number == other.number && (0..<6).allSatisfy { one.rest[$0] == other.rest[$0] }
    }
  }

  @Test("a copy keeps what it had when the original is written to, and the other way round")
  func copies() {
    var original = RowTable<Row>(reserving: 3)
    for number in 0..<100 { original.append(Row(number: number)) }
    let before = original
    var copy = original
    original[7].rest[5] = 60
    copy[7].number = 70
    copy.append(Row(number: 100))
    #expect(Array(before) == (0..<100).map { Row(number: $0) })
    #expect(original[7].rest[5] == 60 && original[7].number == 7 && original.count == 100)
    #expect(copy[7].rest[5] == 6 && copy[7].number == 70 && copy.count == 101)
    #expect(copy[100] == Row(number: 100) && copy.map(\.number).reduce(0, +) == 5050 + 63)
  }
}
