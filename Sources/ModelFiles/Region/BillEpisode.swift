// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel

/// An episode of care written down, and every line of its bills: what `yilian bill` prints.
///
/// An episode is a list of items, apart by semicolons or one to a line of a file:
///
///     visit township 120; stay county 6000 drugs 1800 referred; transfer-down township 900
///
/// An item is a kind, a place (an institution or a tier), an amount in yuan, and words about it; or
/// `date 2021-01-01`, `new-month` or `new-year`.
public struct BillEpisode: Sendable {
  /// What is settled, for whom.
  public struct Person: Sendable {
    public var scheme: String?
    /// Names of long-term conditions under treatment.
    public var conditions: [String] = []
    /// The day of the first bill, `2020-07-23`; the model's first day unless given.
    public var date: String?

    public init() {}
  }

  /// What a line of a bill is an amount of.
  public enum Amount: Int, CaseIterable, Sendable {
    case charges, treatment, drugs, exams, fee, outsideCatalogue, drugsUnderCover, eligible,
      deductibleDue, deductible, base, ceilingLeft, share, feePaid, drugCover, repaid, fund,
      patient, penalty
    // Of the account, after the bill.
    case visitDeductibleUsed, visitFundPaid, stayFundPaid, spellDeductiblePaid, drugFundPaid,
      drugFundPaidThisMonth, burden
  }

  /// One bill, divided.
  public struct Line: Sendable {
    /// `visit`, `refill`, `stay`, `transfer-up`, `transfer-down`.
    public let kind: String
    /// The institution or the tier, as it was named.
    public let place: String
    public let date: String
    public let isReferred: Bool
    public let settles: Bool
    public let eligibleShare: Double
    public let rate: Double
    /// Spells of the year, this one included.
    public let admissions: Int
    private let amounts: [Int64?]

    /// Fen; `nil` is the ceiling that is not there.
    public func fen(_ amount: Amount) -> Int64? { amounts[amount.rawValue] }

    init(_ kind: String, _ place: String, _ date: String, _ bill: Bill, _ state: ClaimStatement) {
      self.kind = kind
      self.place = place
      self.date = date
      isReferred = state.claim.isReferred
      settles = state.claim.settles
      eligibleShare = state.rule.eligibleShare.value
      rate = state.rule.rate.value
      admissions = Int(state.after.admissions)
      let settled = state.settlement
      let account = state.after
      amounts = Amount.allCases.map { amount -> Int64? in
        switch amount {
        case .charges: bill.charges.fen
        case .treatment: bill.treatment.fen
        case .drugs: bill.drugs.fen
        case .exams: bill.exams.fen
        case .fee: bill.fee.fen
        case .outsideCatalogue: state.claim.outsideCatalogue.fen
        case .drugsUnderCover: state.drugsUnderCover.fen
        case .eligible: settled.eligible.fen
        case .deductibleDue: state.deductibleDue.fen
        case .deductible: settled.deductible.fen
        case .base: state.base.fen
        case .ceilingLeft: state.ceilingLeft?.fen
        case .share: state.share.fen
        case .feePaid: state.feePaid.fen
        case .drugCover: settled.drugCover.fen
        case .repaid: settled.repaid.fen
        case .fund: settled.fund.fen
        case .patient: settled.patient.fen
        case .penalty: settled.penalty.fen
        case .visitDeductibleUsed: Int64(account.outpatientDeductibleUsed)
        case .visitFundPaid: Int64(account.outpatientFundPaid)
        case .stayFundPaid: Int64(account.inpatientFundPaid)
        case .spellDeductiblePaid: Int64(account.spellDeductiblePaid)
        case .drugFundPaid: Int64(account.drugFundPaid)
        case .drugFundPaidThisMonth: Int64(account.drugFundPaidThisMonth)
        case .burden: Int64(account.burden)
        }
      }
    }
  }

  public let scheme: String
  public let lines: [Line]

  static let kinds = ["visit", "refill", "stay", "transfer-up", "transfer-down"]
  static let amounts = ["drugs", "exams", "fee", "outside-catalogue"]
  static let flags = ["referred", "outside-group", "listed"]

  /// Reads and settles an episode in a region.
  ///
  /// - Parameters:
  ///   - document: The model.
  ///   - text: The items; or the name of a YAML file with `episode`, and perhaps `scheme`,
  ///     `conditions` and `date`.
  ///   - person: What the command line says; it goes before what the file says.
  /// - Returns: `nil` after faults, each of which is recorded.
  public init?(
    _ document: ModelDocument, text: String, person: Person, _ faults: FaultCollector
  ) {
    let before = faults.count
    guard document.kind == "region" else {
      faults.record(
        SourcePlace(file: document.folder), "is not a region", "name a model of kind region")
      return nil
    }
    guard let model = RegionReader.region(document, faults), faults.count == before else {
      return nil
    }
    let start =
      RunSettings(document.section(FaultCollector()), isRequired: false).start
      ?? CalendarDate(dayNumber: 0)
    var reading = BillReading(model: model, start: start, faults: faults)
    let items = reading.items(text, person)
    let read = reading.settle(items)
    guard faults.count == before else { return nil }
    scheme = model.population.schemes[reading.scheme]
    lines = read
  }
}
