// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// Every line of the bills of an episode: a column for each bill.
public struct BillTable {
  private let episode: BillEpisode

  public init(_ episode: BillEpisode) { self.episode = episode }

  private enum Row {
    /// An amount; a rare one is left out where it is nothing in every bill.
    case amount(BillEpisode.Amount, depth: Int = 0, isRare: Bool = false)
    case place, date, eligibleShare, rate, account, admissions
  }

  private static let rows: [Row] = [
    .place, .date, .amount(.charges), .amount(.treatment, depth: 1), .amount(.drugs, depth: 1),
    .amount(.exams, depth: 1), .amount(.fee, isRare: true),
    .amount(.outsideCatalogue, isRare: true), .amount(.drugsUnderCover, isRare: true),
    .eligibleShare, .amount(.eligible), .amount(.deductibleDue), .amount(.deductible),
    .amount(.base), .rate, .amount(.ceilingLeft), .amount(.share), .amount(.feePaid, isRare: true),
    .amount(.drugCover, isRare: true), .amount(.repaid, isRare: true), .amount(.fund),
    .amount(.patient), .amount(.penalty, isRare: true), .account,
    .amount(.visitDeductibleUsed, depth: 1), .amount(.visitFundPaid, depth: 1),
    .amount(.stayFundPaid, depth: 1), .amount(.spellDeductiblePaid, depth: 1),
    .amount(.drugFundPaid, depth: 1, isRare: true),
    .amount(.drugFundPaidThisMonth, depth: 1, isRare: true), .amount(.burden, depth: 1),
    .admissions,
  ]

  // MARK: - JSON

  /// Amounts in fen, whole numbers; a ceiling that is not there is null.
  public var json: JSONValue {
    .object([
      ("scheme", .text(episode.scheme)), ("bills", .list(episode.lines.map(Self.json))),
      ("fund_fen", .integer(Int(total(.fund)))), ("patient_fen", .integer(Int(total(.patient)))),
    ])
  }

  private static func json(_ line: BillEpisode.Line) -> JSONValue {
    .object(
      [
        ("kind", .text(line.kind)), ("place", .text(line.place)), ("date", .text(line.date)),
        ("referred", .flag(line.isReferred)), ("settles", .flag(line.settles)),
        ("eligible_share", .number(line.eligibleShare)), ("rate", .number(line.rate)),
      ]
        + BillEpisode.Amount.allCases.map { amount in
          (key(amount), line.fen(amount).map { .integer(Int($0)) } ?? .null)
        } + [("admissions", .integer(line.admissions))])
  }

  /// `deductible_due_fen`.
  private static func key(_ amount: BillEpisode.Amount) -> String {
    String(describing: amount).reduce(into: "") { key, letter in
      key += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    } + "_fen"
  }

  private func total(_ amount: BillEpisode.Amount) -> Int64 {
    episode.lines.reduce(0) { $0 + ($1.fen(amount) ?? 0) }
  }

  // MARK: - Text

  public func text(_ language: Language, width: Int) -> String {
    var table = TextTable(
      labelTitle: Phrase("CNY", "元").text(language),
      columns: episode.lines.enumerated().map { index, line in
        ("\(index + 1) " + Self.kind(line.kind, language), index)
      })
    for row in Self.rows {
      let name = Self.phrase(row).text(language)
      switch row {
      case .amount(let amount, let depth, let isRare):
        let all = episode.lines.map { $0.fen(amount) }
        if isRare && all.allSatisfy({ $0 == 0 }) { continue }
        table.rows.append(.cells(label: name, depth: depth, all.map(Self.yuan)))
      case .account: table.rows.append(.heading(name))
      case .place: table.rows.append(.cells(label: name, depth: 0, episode.lines.map(\.place)))
      case .date: table.rows.append(.cells(label: name, depth: 0, episode.lines.map(\.date)))
      case .eligibleShare:
        table.rows.append(
          .cells(label: name, depth: 0, episode.lines.map { Self.percent($0.eligibleShare) }))
      case .rate:
        table.rows.append(
          .cells(label: name, depth: 0, episode.lines.map { Self.percent($0.rate) }))
      case .admissions:
        table.rows.append(
          .cells(label: name, depth: 1, episode.lines.map { String($0.admissions) }))
      }
    }
    var lines = table.lines(width: width) + ["", summary(language)]
    if episode.lines.contains(where: { !$0.settles }) {
      lines += Phrase(
        "At a place that cannot settle with the scheme the patient pays all.",
        "不能与医保结算的机构：患者自付全部费用。"
      ).text(language).wrapped(to: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func summary(_ language: Language) -> String {
    let fund = Self.yuan(total(.fund))
    let patient = Self.yuan(total(.patient))
    let bill = Self.yuan(total(.charges) + total(.fee))
    return language == .chinese
      ? "合计：费用 \(bill)，基金支付 \(fund)，个人自付 \(patient)（险种 \(episode.scheme)）"
      : "In all: bills \(bill), fund \(fund), patient \(patient) (scheme \(episode.scheme))"
  }

  /// Yuan with two decimals, exactly.
  private static func yuan(_ fen: Int64?) -> String {
    guard let fen else { return "∞" }
    return "\(fen / 100)." + (fen % 100 < 10 ? "0" : "") + "\(fen % 100)"
  }

  private static func percent(_ share: Double) -> String {
    NumberText.text(100 * share, decimals: 1) + " %"
  }

  // MARK: - Words

  private static func kind(_ kind: String, _ language: Language) -> String {
    switch kind {
    case "visit": Phrase("visit", "门诊").text(language)
    case "refill": Phrase("refill", "续药").text(language)
    case "stay": Phrase("stay", "住院").text(language)
    case "transfer-up": Phrase("transfer up", "上转").text(language)
    default: Phrase("transfer down", "下转").text(language)
    }
  }

  private static func phrase(_ row: Row) -> Phrase {
    switch row {
    case .place: Phrase("Place", "机构")
    case .date: Phrase("Date", "日期")
    case .eligibleShare: Phrase("Share in the catalogue", "目录内占比")
    case .rate: Phrase("Rate", "报销比例")
    case .account: Phrase("Account afterwards", "结算后账户")
    case .admissions: Phrase("spells this year", "本年住院次数")
    case .amount(let amount, _, _): phrase(amount)
    }
  }

  private static func phrase(_ amount: BillEpisode.Amount) -> Phrase {
    switch amount {
    case .charges: Phrase("Charges", "医疗费用")
    case .treatment: Phrase("treatment", "诊疗")
    case .drugs: Phrase("drugs", "药品")
    case .exams: Phrase("exams", "检查")
    case .fee: Phrase("Flat fee", "医事服务费")
    case .outsideCatalogue: Phrase("Moved out of the catalogue", "转为目录外")
    case .drugsUnderCover: Phrase("Drugs under a drug cover", "用药保障内药费")
    case .eligible: Phrase("In the catalogue", "目录内费用")
    case .deductibleDue: Phrase("Deductible due", "应付起付线")
    case .deductible: Phrase("Deductible paid", "实付起付线")
    case .base: Phrase("Base of the rate", "按比例支付基数")
    case .ceilingLeft: Phrase("Left under the ceiling", "封顶线余额")
    case .share: Phrase("Fund: by rate", "基金：按比例")
    case .feePaid: Phrase("Fund: of the fee", "基金：医事服务费")
    case .drugCover: Phrase("Fund: drug cover", "基金：用药保障")
    case .repaid: Phrase("Fund: major illness", "基金：大病保险")
    case .fund: Phrase("Fund pays", "基金支付")
    case .patient: Phrase("Patient pays", "个人自付")
    case .penalty: Phrase("Hospital pays back", "医院退回基金")
    case .visitDeductibleUsed: Phrase("deductible of visits", "门诊起付线已用")
    case .visitFundPaid: Phrase("fund paid for visits", "门诊基金已付")
    case .stayFundPaid: Phrase("fund paid for stays", "住院基金已付")
    case .spellDeductiblePaid: Phrase("deductible of the spell", "本次住院起付线已付")
    case .drugFundPaid: Phrase("drug cover, year", "用药保障本年已付")
    case .drugFundPaidThisMonth: Phrase("drug cover, month", "用药保障本月已付")
    case .burden: Phrase("own payments mounted up", "大病保险累计自付")
    }
  }
}
