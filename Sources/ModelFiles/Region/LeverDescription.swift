// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// What a lever is, for whoever lists levers or makes a form for one; every text in both languages.
public struct LeverDescription: Sendable {
  public struct Text: Sendable, Hashable {
    public var english: String
    public var chinese: String
  }

  public struct Key: Sendable {
    public var name: String
    /// What is to be written: `number`, `yes or no`, `one of a, b`, `institution`, …
    public var kind: Text
    /// Of a number; empty without one.
    public var unit: String
    /// Of a number: what is allowed.
    public var range: ClosedRange<Double>?
    public var meaning: Text
    public var isOptional: Bool
  }

  public var name: String
  public var title: Text
  public var mechanism: Text
  /// Rows of the claims of the source documents.
  public var claims: [String]
  /// A, B or C: how well the size of what it does is known; and what that rests on.
  public var grade: String
  public var basis: Text
  public var keys: [Key]

  /// Every lever there is, in the order of the catalogue.
  public static let all: [LeverDescription] = LeverCatalogue.all.map { LeverDescription($0.schema) }

  private init(_ schema: LeverSchema) {
    name = schema.name
    title = Text(
      english: schema.name.split(separator: "-").joined(separator: " "),
      chinese: schema.nameChinese)
    mechanism = Text(english: schema.mechanism, chinese: schema.mechanismChinese)
    claims = schema.claims
    grade = schema.evidence?.grade.rawValue ?? ""
    basis = Text(
      english: schema.evidence?.basis ?? "", chinese: schema.evidence?.basisChinese ?? "")
    keys = schema.keys.map(Key.init)
  }
}

extension LeverDescription.Key {
  init(_ key: LeverKey) {
    name = key.name
    meaning = .init(english: key.meaning, chinese: key.meaningChinese)
    isOptional = key.isOptional
    unit = ""
    range = nil
    switch key.kind {
    case .number(let unit, let range):
      kind = .init(english: "number", chinese: "数值")
      self.unit = unit
      self.range = range
    case .flag: kind = .init(english: "yes or no", chinese: "是或否（yes、no）")
    case .choice(let words):
      let list = words.joined(separator: ", ")
      kind = .init(english: "one of \(list)", chinese: "取其一：\(list)")
    case .institution: kind = .init(english: "institution", chinese: "机构")
    case .institutions: kind = .init(english: "list of institutions", chinese: "机构列表")
    case .schemes: kind = .init(english: "list of schemes", chinese: "医保险种列表")
    case .tiers: kind = .init(english: "list of tiers", chinese: "机构层级列表")
    case .ages: kind = .init(english: "list of age groups", chinese: "年龄组列表")
    case .conditions: kind = .init(english: "list of conditions", chinese: "慢性病列表")
    case .needs: kind = .init(english: "list of needs", chinese: "就医需求列表")
    case .specialty: kind = .init(english: "specialty", chinese: "专科")
    case .alliance: kind = .init(english: "alliance", chinese: "医联体")
    case .words(let words):
      let list = words.joined(separator: ", ")
      kind = .init(english: "list of \(list)", chinese: "列表，取自：\(list)")
    case .bands:
      kind = .init(
        english: "list of {above, rate}: CNY, share", chinese: "分段列表 {above, rate}：元、比例")
    }
  }
}
