// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

@Suite("money")
struct MoneyTests {
  @Test("yuan become the nearest fen, half a fen upwards")
  func yuan() {
    #expect(Money(yuan: 45).fen == 4500)
    #expect(Money(yuan: 0.1 + 0.2).fen == 30)
    #expect(Money(yuan: 0.125).fen == 13)
    #expect(Money(yuan: -0.125).fen == -12)
    #expect(Money(fen: 123_456).inYuan == 1234.56)
  }

  @Test("sums, differences and order are exact")
  func arithmetic() {
    var amount = Money(fen: 9_007_199_254_740_993)
    amount += Money(fen: 2)
    amount -= Money(fen: 1)
    #expect(amount.fen == 9_007_199_254_740_994)
    #expect(Money(fen: 1) - Money(fen: 3) == Money(fen: -2))
    #expect(Money(fen: -2) < .zero)
  }

  @Test("amounts read as yuan with two decimals")
  func text() {
    #expect(Money(fen: 123_405).description == "1234.05")
    #expect(Money(fen: -5).description == "-0.05")
    #expect(Money.zero.description == "0.00")
  }

  @Test("shares are whole hundred-thousandths")
  func shares() {
    #expect(BillShare(0.9).hundredThousandths == 90_000)
    #expect(BillShare(0.29).hundredThousandths == 29_000)
    #expect(BillShare(1.0 / 3).hundredThousandths == 33_333)
    #expect(BillShare(0.62).value == 0.62)
    #expect(BillShare.none < .all)
  }
}
