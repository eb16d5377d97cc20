// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The yearly statements of global budgets, each figure with what it is made of.
public struct BudgetLedgerTable {
  private let ledger: BudgetLedger
  private let language: Language

  public init(_ ledger: BudgetLedger, _ language: Language) {
    self.ledger = ledger
    self.language = language
  }

  private typealias Entry = BudgetLedger.Line.Entry

  public func text(width: Int) -> String {
    ledger.statements.map { statement in
      var lines = [heading(statement), ""]
      lines += amounts(statement, [.heads, .days]).lines(width: width)
      lines.append("")
      lines += amounts(
        statement, [.fund, .reserve, .budget, .carriedIn, .available]
      ).lines(width: width)
      lines.append("")
      lines += months(statement).lines(width: width)
      lines.append("")
      lines += amounts(
        statement,
        [.toInstitution, .spent, .balance, .surplus, .shareOf, .returned, .carriedOut]
      ).lines(width: width)
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ statement: BudgetLedger.Statement) -> String {
    let state =
      statement.isSettled
      ? Phrase("settled", "已清算") : Phrase("as it stands at the end of the run", "截至模拟结束")
    switch language {
    case .english:
      return "Global budget led by \(statement.lead), \(statement.year), "
        + "\(state.english) (\(ledger.scenario), replication \(ledger.replication)); CNY"
    case .chinese:
      return "总额预算（牵头：\(statement.lead)），\(statement.year) 年，\(state.chinese)"
        + "（方案 \(ledger.scenario)，第 \(ledger.replication) 次模拟）；元"
    }
  }

  private func amounts(
    _ statement: BudgetLedger.Statement, _ entries: [Entry]
  ) -> TextTable {
    var table = TextTable(
      labelTitle: Phrase("figure", "项目").text(language),
      columns: [(title: Phrase("amount", "金额").text(language), group: 0)])
    for line in statement.lines where entries.contains(line.entry) {
      let label = Self.phrase(line.entry).text(language)
      table.rows.append(
        .cells(
          label: line.member.isEmpty ? label : "\(label) \(line.member)",
          depth: line.member.isEmpty ? 0 : 1, [Self.text(line)]))
    }
    return table
  }

  private func months(_ statement: BudgetLedger.Statement) -> TextTable {
    let entries: [Entry] = [
      .advance, .members, .purchased, .outOfArea, .paid, .left, .pressure, .refused, .shifted,
    ]
    var table = TextTable(
      labelTitle: Phrase("month", "月份").text(language),
      columns: entries.enumerated().map {
        (title: Self.phrase($0.element).text(language), group: $0.offset)
      })
    var names: [String] = []
    for line in statement.lines where line.entry == .advance { names.append(line.member) }
    for name in names {
      let cells = entries.map { entry in
        statement.lines.first { $0.entry == entry && $0.member == name }.map(Self.text) ?? ""
      }
      table.rows.append(.cells(label: name, depth: 0, cells))
    }
    return table
  }

  /// Amounts with their fen, so that a reader can add them up.
  private static func text(_ line: BudgetLedger.Line) -> String {
    switch line.entry {
    case .heads, .days, .refused: NumberText.text(Double(line.value), decimals: 0)
    case .pressure: NumberText.text(Double(line.value) / 1e6, decimals: 3)
    default: NumberText.text(Double(line.value) / 100, decimals: 2)
    }
  }

  package static func phrase(_ entry: BudgetLedger.Line.Entry) -> Phrase {
    switch entry {
    case .heads: Phrase("enrollees", "参保人数")
    case .days: Phrase("days of the year", "天数")
    case .fund: Phrase("fund: a head × enrollees × days", "筹资总额（人均×人数×天数）")
    case .reserve: Phrase("− risk reserve", "－风险金")
    case .budget: Phrase("budget: share of the rest", "总额预算（余额×比例）")
    case .carriedIn: Phrase("− deficit of years before", "－以前年度结转超支")
    case .available: Phrase("= available", "＝可用预算")
    case .advance: Phrase("advance", "月预付")
    case .members: Phrase("to members", "付成员单位")
    case .purchased: Phrase("purchased in the region", "区域内购买服务")
    case .outOfArea: Phrase("out of the area", "区域外")
    case .paid: Phrase("paid", "支出合计")
    case .left: Phrase("left in the account", "账户余额")
    case .pressure: Phrase("pressure", "压力 h")
    case .refused: Phrase("refused", "拒收人次")
    case .shifted: Phrase("shifted", "转嫁患者")
    case .toInstitution: Phrase("paid to", "支付")
    case .spent: Phrase("paid in all", "支出总计")
    case .balance: Phrase("balance: advances − paid − deficit of before", "余额（预付－支出－以前超支）")
    case .surplus: Phrase("surplus", "结余")
    case .shareOf: Phrase("of it to", "分配")
    case .returned: Phrase("returned to the fund", "退回基金")
    case .carriedOut: Phrase("deficit carried to the next year", "结转下年超支")
    }
  }
}
