// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import PatientFlow
import SimulationKernel

/// Sees what happens to one resident from how the region stands after each event.
struct ResidentWatch {
  private let model: RegionModel
  private let row: Int
  /// The name of the delay that an entity is in, by the row at which it goes on; rows to which several
  /// delays lead are left out.
  private let delays: [UInt16: String]
  private var events: [ResidentEvent] = []
  /// The resident's contacts that are on their way.
  private var contacts: [Contact] = []
  /// Entities present after the last event.
  private var present = 0
  private var known: Resident?

  /// A contact as it was seen last.
  private struct Contact {
    var entity: EntityIndex
    var owner: UInt64
    var episode: UInt64
    var number: UInt8
    var site: Int
    var step: UInt16
    var phase: Entity.Phase
    var mark: SimulationTime
    /// Of one that waits: the role, and since when.
    var role: String?
    var waitsSince = SimulationTime.zero
  }

  init(_ model: RegionModel, row: Int) {
    self.model = model
    self.row = row
    var delays: [UInt16: Set<String>] = [:]
    for step in model.program.steps where step.kind == .delay {
      let draw = model.program.durationDraws[Int(step.operand)]
      guard draw.kind == .domain, let rule = RegionVocabulary.Rule(rawValue: draw.operand) else {
        continue
      }
      delays[step.next, default: []].insert(RegionVocabulary.word(rule))
    }
    self.delays = delays.filter { $0.value.count == 1 }.compactMapValues(\.first)
  }

  mutating func takeEvents() -> [ResidentEvent] {
    defer { events = [] }
    return events
  }

  /// - Parameter isThorough: Whether to look for new contacts though nobody seems to have set out.
  mutating func look(
    at run: borrowing PathwayRun<RegionDomain>, _ now: SimulationTime, isThorough: Bool = false
  ) {
    noteResident(run.domain.population.residents[row], now)
    // Whoever sets out is one more, unless it is the next contact of one who has just left.
    var isNew = isThorough || run.flow.entities.count > present
    present = run.flow.entities.count
    for place in contacts.indices.reversed() where !isOn(place, run, now) {
      contacts.remove(at: place)
      isNew = true
    }
    guard isNew else { return }
    let visits = run.domain.visits
    for index in visits.indices where Int(visits[index].resident) == row {
      let entity = EntityIndex(rawValue: UInt32(index))
      guard run.flow.entities.isPresent(entity), !contacts.contains(where: { $0.entity == entity })
      else { continue }
      begin(entity, run, now)
    }
  }

  private mutating func begin(
    _ index: EntityIndex, _ run: borrowing PathwayRun<RegionDomain>, _ now: SimulationTime
  ) {
    let visit = run.domain.visits[Int(index.rawValue)]
    let entity = run.flow.entities[index]
    record(
      .setsOut(
        need: visit.need == Visit.refill ? "" : model.needs[Int(visit.need)].name,
        careClass: visit.careClass.name, contact: Int(visit.contact) + 1,
        isReferred: visit.flags.contains(.isRegistered)),
      entity.enteredAt, site: Int(entity.site))
    contacts.append(
      Contact(
        entity: index, owner: visit.owner, episode: visit.episode, number: visit.contact,
        site: Int(entity.site), step: .max, phase: .ready, mark: .zero))
    _ = isOn(contacts.count - 1, run, now)
  }

  /// Notes what a contact does now; whether it is still on its way.
  private mutating func isOn(
    _ place: Int, _ run: borrowing PathwayRun<RegionDomain>, _ now: SimulationTime
  ) -> Bool {
    var contact = contacts[place]
    let visit = run.domain.visits[Int(contact.entity.rawValue)]
    guard run.flow.entities.isPresent(contact.entity), Int(visit.resident) == row,
      visit.owner == contact.owner, visit.episode == contact.episode,
      visit.contact == contact.number
    else {
      if let role = contact.role {
        let waited = (now - contact.waitsSince).microseconds
        record(.givesUp(role: role, microseconds: waited), now, site: contact.site)
      }
      record(.leaves, now, site: contact.site)
      return false
    }
    let entity = run.flow.entities[contact.entity]
    guard
      entity.row != contact.step || entity.phase != contact.phase || entity.mark != contact.mark
    else { return true }
    contact.step = entity.row
    contact.phase = entity.phase
    contact.mark = entity.mark
    contact.site = Int(entity.site)
    let step = model.program.steps[Int(entity.row)]
    if let role = contact.role, entity.phase != .waiting {
      let waited = (now - contact.waitsSince).microseconds
      record(.gets(role: role, microseconds: waited), now, site: contact.site)
      contact.role = nil
    }
    if entity.phase == .waiting, step.kind == .seize, contact.role == nil {
      contact.role = model.program.roles[Int(step.operand)]
      contact.waitsSince = now
      record(.waits(role: model.program.roles[Int(step.operand)]), now, site: contact.site)
    }
    if entity.phase == .delayed, let delay = delays[entity.row] {
      let length = (entity.mark - now).microseconds
      if length > 0 { record(.begins(delay, microseconds: length), now, site: contact.site) }
    }
    contacts[place] = contact
    return true
  }

  private mutating func noteResident(_ resident: Resident, _ now: SimulationTime) {
    defer { known = resident }
    guard let known else { return }
    for (place, condition) in model.population.chronic.map(\.name).enumerated() {
      let bit: UInt8 = 1 << place
      if (known.treated ^ resident.treated) & bit != 0 {
        record(.treated(condition: condition, resident.treated & bit != 0), now)
      } else if (known.controlled ^ resident.controlled) & bit != 0 {
        record(.controlled(condition: condition, resident.controlled & bit != 0), now)
      }
    }
    if known.traits.contains(.hasContract) != resident.traits.contains(.hasContract) {
      record(.contract(resident.traits.contains(.hasContract)), now)
    }
    // In another year the account begins anew.
    let paid = resident.account.fundPaid
    let before = known.account.year == resident.account.year ? known.account.fundPaid : 0
    if paid > before { record(.fundPays(fen: paid - before), now) }
  }

  private mutating func record(
    _ kind: ResidentEvent.Kind, _ time: SimulationTime, site: Int? = nil
  ) {
    events.append(
      ResidentEvent(
        kind: kind, microseconds: time.microseconds,
        institution: site.map { model.institutions[$0].name } ?? ""))
  }
}

extension InsuranceAccount {
  /// What funds have paid this year, in fen.
  fileprivate var fundPaid: Int64 {
    Int64(outpatientFundPaid) + Int64(inpatientFundPaid) + Int64(drugFundPaid)
  }
}
