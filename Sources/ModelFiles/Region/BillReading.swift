// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel

/// Reads one item after the other.
struct BillReading {
  /// One item, with where it stands.
  struct Item {
    var text: String
    var place: SourcePlace
  }

  let model: RegionModel
  let start: CalendarDate
  let faults: FaultCollector
  var scheme = 0
  private var conditions: UInt8 = 0
  private var date: CalendarDate

  init(model: RegionModel, start: CalendarDate, faults: FaultCollector) {
    self.model = model
    self.start = start
    self.faults = faults
    date = start
  }

  // MARK: - Who, when and which items

  mutating func items(_ text: String, _ person: BillEpisode.Person) -> [Item] {
    let option = SourcePlace(file: "--episode")
    guard text.hasSuffix(".yaml") || text.hasSuffix(".yml") else {
      take(
        person.scheme, SourcePlace(file: "--scheme"), person.conditions,
        SourcePlace(file: "--conditions"), person.date, SourcePlace(file: "--date"))
      let parts = text.split(whereSeparator: { $0 == ";" || $0.isNewline })
        .map { String($0).trimmed }.filter { !$0.isEmpty }
      if parts.isEmpty {
        faults.record(option, "names no bill", "write for example \"visit township 120\"")
      }
      return parts.enumerated().map { Item(text: $1, place: option.appending("[\($0 + 1)]")) }
    }
    guard let content = FileText.read(text, shown: text, faults),
      let root = YAMLReading.node(of: content, file: text, faults)
    else { return [] }
    let section = ModelDocument(settingsFile: root).settings(faults)
    let scheme = section.textIfPresent("scheme")
    let conditions = section.textsIfPresent("conditions") ?? []
    let date = section.textIfPresent("date")
    take(
      person.scheme ?? scheme,
      person.scheme == nil ? section.placeOf("scheme") : SourcePlace(file: "--scheme"),
      person.conditions.isEmpty ? conditions : person.conditions,
      person.conditions.isEmpty
        ? section.placeOf("conditions") : SourcePlace(file: "--conditions"),
      person.date ?? date,
      person.date == nil ? section.placeOf("date") : SourcePlace(file: "--date"))
    let place = section.placeOf("episode")
    let items = section.texts("episode")
    section.finish()
    // A list in YAML has a place for each of its items.
    let nodes: [ModelNode]
    if case .list(let list)? = root["episode"]?.content { nodes = list } else { nodes = [] }
    return items.enumerated().map { index, item in
      Item(
        text: item.trimmed,
        place: place.appending(
          "[\(index + 1)]", line: nodes.indices.contains(index) ? nodes[index].line : nil))
    }
  }

  private mutating func take(
    _ scheme: String?, _ schemePlace: SourcePlace, _ names: [String],
    _ conditionPlace: SourcePlace, _ day: String?, _ datePlace: SourcePlace
  ) {
    let schemes = model.population.schemes
    if let scheme {
      if let row = schemes.firstIndex(of: scheme) {
        self.scheme = row
      } else {
        faults.record(
          schemePlace, "\(scheme.quotedBriefly) is not a scheme",
          remedy(for: scheme, among: schemes, kind: "scheme"))
      }
    }
    let known = model.population.chronic.map(\.name)
    for name in names {
      if let row = known.firstIndex(of: name) {
        conditions |= 1 << UInt8(row)
      } else {
        faults.record(
          conditionPlace, "\(name.quotedBriefly) is not a condition",
          remedy(for: name, among: known, kind: "condition"))
      }
    }
    if let day {
      if let date = CalendarDate(day) {
        self.date = date
      } else {
        faults.record(
          datePlace, "is \(day.quotedBriefly), no day of the calendar",
          "write year-month-day: 2020-07-23")
      }
    }
  }

  // MARK: - Bills

  mutating func settle(_ items: [Item]) -> [BillEpisode.Line] {
    var counter = InsuranceCounter(model)
    counter.advance(to: date.time(from: start))
    var account = InsuranceAccount(year: Int16(date.parts.year))
    var lines: [BillEpisode.Line] = []
    var hasStay = false
    for item in items {
      let words = item.text.split(separator: " ").map(String.init)
      let kind = words.first ?? ""
      if turn(words, item) {
        counter.advance(to: date.time(from: start))
        continue
      }
      guard BillEpisode.kinds.contains(kind) else {
        let known = BillEpisode.kinds + ["date", "new-month", "new-year"]
        faults.record(
          item.place, "\(kind.quotedBriefly) is no kind of bill",
          nearestName(to: kind, among: known).map { "did you mean \($0)?" }
            ?? "the kinds are \(known.joined(separator: ", "))")
        continue
      }
      if kind.hasPrefix("transfer") && !hasStay {
        faults.record(item.place, "is a transfer without a stay before it", "begin with stay")
      }
      hasStay = hasStay || kind == "stay"
      guard let written = readBill(kind, words, item) else { continue }
      var claim = written.claim
      counter.complete(&claim, at: written.site, isListed: written.isListed)
      if claim.conditions == 0 { claim.drugCovers = 0 }
      lines.append(
        BillEpisode.Line(
          kind, words[1], date.description, written.bill, counter.state(claim, account: &account)))
    }
    return lines
  }

  /// Turns the calendar, if that is what an item says.
  private mutating func turn(_ words: [String], _ item: Item) -> Bool {
    let (year, month, _) = date.parts
    switch words.first {
    case "new-year":
      date = CalendarDate(year: year + 1, month: 1, day: 1) ?? date
    case "new-month":
      date =
        (month == 12
          ? CalendarDate(year: year + 1, month: 1, day: 1)
          : CalendarDate(year: year, month: month + 1, day: 1)) ?? date
    case "date":
      guard words.count == 2, let day = CalendarDate(words[1]) else {
        faults.record(
          item.place, "names no day of the calendar", "write date 2020-07-23")
        return true
      }
      if day < date {
        faults.record(item.place, "goes back from \(date)", "write a later day")
      }
      date = max(date, day)
      return true
    default: return false
    }
    if words.count > 1 {
      faults.record(
        item.place, "says more than \(words[0])",
        "put \(words[1].quotedBriefly) into an item of its own")
    }
    return true
  }

  private func readBill(
    _ kind: String, _ words: [String], _ item: Item
  ) -> (claim: InsuranceClaim, bill: Bill, site: Int?, isListed: Bool)? {
    let before = faults.count
    guard words.count >= 3 else {
      faults.record(
        item.place, "is not a kind, a place and an amount",
        "write for example \"\(kind) township 120\"")
      return nil
    }
    let place = placeNamed(words[1], item)
    guard let total = amount(words[2], item) else { return nil }
    var parts: [String: Money] = [:]
    var seen: Set<String> = []
    var months: UInt8 = 1
    var index = 3
    while index < words.count {
      let word = words[index]
      index += 1
      if !seen.insert(word).inserted {
        faults.record(item.place, "says \(word.quotedBriefly) twice", "keep one of them")
      }
      if BillEpisode.flags.contains(word) { continue }
      guard BillEpisode.amounts.contains(word) || word == "months" else {
        faults.record(
          item.place, "\(word.quotedBriefly) is not known here",
          remedy(
            for: word, among: BillEpisode.amounts + ["months"] + BillEpisode.flags, kind: "word"))
        continue
      }
      guard index < words.count else {
        faults.record(item.place, "has no number after \(word)", "write for example \(word) 2")
        break
      }
      if word == "months" {
        if let count = UInt8(words[index]), (1...12).contains(count) {
          months = count
        } else {
          faults.record(
            item.place, "has \(words[index].quotedBriefly) months", "write a number from 1 to 12")
        }
      } else {
        parts[word] = amount(words[index], item)
      }
      index += 1
    }
    let isStay = kind != "visit" && kind != "refill"
    check(kind, isStay, seen, parts, total, item)
    guard faults.count == before, let place else { return nil }
    var bill = Bill()
    bill.drugs = parts["drugs"] ?? .zero
    bill.exams = parts["exams"] ?? .zero
    bill.treatment = total - bill.drugs - bill.exams
    bill.fee = parts["fee"] ?? .zero
    var claim = InsuranceClaim(
      total, scheme: UInt8(scheme), kind: isStay ? .inpatient : .outpatient,
      tier: place.tier.rawValue, year: Int16(date.parts.year))
    claim.month = UInt8(date.parts.month)
    claim.fee = bill.fee
    claim.outsideCatalogue = parts["outside-catalogue"] ?? .zero
    claim.stage =
      kind == "transfer-up" ? .transferUp : kind == "transfer-down" ? .transferDown : .admission
    // As in a run: who is moved down is referred by agreement.
    claim.isReferred = seen.contains("referred") || kind == "transfer-down"
    claim.isInsideGroup = !seen.contains("outside-group")
    claim.monthsOfDrugs = months
    if kind == "refill" {
      claim.drugs = bill.drugs
      claim.conditions = conditions
    }
    return (claim, bill, place.site, seen.contains("listed"))
  }

  /// What cannot be said together.
  private func check(
    _ kind: String, _ isStay: Bool, _ seen: Set<String>, _ parts: [String: Money], _ total: Money,
    _ item: Item
  ) {
    if (parts["drugs"] ?? .zero) + (parts["exams"] ?? .zero) > total {
      faults.record(
        item.place, "has more drugs and exams than the bill comes to",
        "write parts of the \(total) that it charges")
    }
    if (parts["outside-catalogue"] ?? .zero) > total {
      faults.record(
        item.place, "has more outside the catalogue than the bill comes to",
        "write at most \(total)")
    }
    if seen.contains("outside-group"), !kind.hasPrefix("transfer") {
      faults.record(item.place, "is no transfer", "leave outside-group out")
    }
    if seen.contains("months"), kind != "refill" {
      faults.record(item.place, "is no refill", "leave months out, or write refill")
    }
    if isStay, seen.contains("fee") {
      faults.record(item.place, "has a fee, which visits have", "leave fee out")
    }
    if kind == "refill", conditions == 0 {
      faults.record(
        item.place, "is a refill of a person without conditions",
        "name them with --conditions, or write visit")
    }
  }

  private func placeNamed(_ name: String, _ item: Item) -> (tier: Tier, site: Int?)? {
    if let site = model.institutions.firstIndex(where: { $0.name == name }) {
      return (model.institutions[site].tier, site)
    }
    if let tier = Tier(named: name) {
      return (tier, model.institutions.firstIndex { $0.tier == tier })
    }
    faults.record(
      item.place, "\(name.quotedBriefly) is neither an institution nor a tier",
      nearestName(to: name, among: RegionReader.tierNames + model.institutions.map(\.name))
        .map { "did you mean \($0)?" }
        ?? "the tiers are \(RegionReader.tierNames.joined(separator: ", "))")
    return nil
  }

  /// Yuan with at most two decimals, exactly.
  private func amount(_ text: String, _ item: Item) -> Money? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts.first.map(String.init) ?? ""
    let decimals = parts.count > 1 ? String(parts[1]) : ""
    guard parts.count <= 2, !whole.isEmpty, whole.count <= 7, decimals.count <= 2,
      parts.count == 1 || !decimals.isEmpty,
      (whole + decimals).allSatisfy({ $0.isASCII && $0.isNumber }), let yuan = Int64(whole),
      let fen = Int64((decimals + "00").prefix(2)), yuan < 5_000_000
    else {
      faults.record(
        item.place, "has the amount \(text.quotedBriefly)",
        "write yuan below 5,000,000 with at most two decimals: 120 or 86.45")
      return nil
    }
    return Money(fen: 100 * yuan + fen)
  }
}
