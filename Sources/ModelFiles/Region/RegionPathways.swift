// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import SimulationKernel

/// Compiles a region's pathways: the words of the region's own flow, and its institutions as the
/// places that provide beds, doctors and exam rooms.
struct RegionPathways {
  /// Doctors and beds of a place whose other patients are not simulated: as many as anyone needs.
  private static let plenty = 1_000_000
  /// The pathway that every need for care starts on.
  static let visit = "visit"

  let model: ModelSection
  let faults: FaultCollector

  /// The program, and the number of the visit in it; `nil` after faults.
  func compile(
    _ institutions: [Institution], _ sample: PopulationSample = .whole
  ) -> (program: PathwayProgram, visit: UInt16)? {
    var reader = NetworkReader(
      model: model, faults: faults, run: RunSettings(model, isRequired: false))
    declareWords(&reader)
    for site in institutions.indices {
      provide(institutions[site], sample, site, &reader.builder)
    }
    let before = faults.count
    reader.readAttributes()
    reader.readPathways()
    guard let visit = reader.description.pathways.firstIndex(where: { $0.name == Self.visit })
    else {
      if !model.section("pathways").isMissing {
        model.fault("pathways", "has no visit", "name the pathway that care begins on visit")
      }
      return nil
    }
    do {
      let program = try reader.builder.build()
      if faults.count == before { refuse(reader) }
      if faults.count == before { check(reader, visit) }
      return faults.count == before ? (program, UInt16(visit)) : nil
    } catch {
      for fault in reader.places.withoutConsequences(error.faults) {
        faults.record(reader.places.modelFault(for: fault))
      }
      return nil
    }
  }

  /// The pathways as they are written.
  func description() -> NetworkDescription {
    var reader = NetworkReader(
      model: model, faults: faults, run: RunSettings(model, isRequired: false))
    declareWords(&reader)
    reader.readAttributes()
    reader.readPathways()
    return reader.description
  }

  private func check(_ reader: NetworkReader, _ visit: Int) {
    let places = reader.places.steps[Self.visit] ?? []
    for fault in RegionPathwayCheck.faults(of: reader.description.pathways[visit].steps) {
      let place = places.indices.contains(fault.step) ? places[fault.step] : model.place
      faults.record(place, fault.problem, fault.remedy)
    }
  }

  /// Steps that a network's pathways may have, and a region's may not: a patient is one person with one
  /// need, counted in the class of that need, whose way the region's decisions tell.
  private func refuse(_ reader: NetworkReader) {
    for (name, steps) in reader.description.pathways {
      let places = reader.places.steps[name] ?? []
      for (row, step) in steps.enumerated() {
        guard let (problem, remedy) = Self.refusal(of: step.action) else { continue }
        faults.record(places.indices.contains(row) ? places[row] : model.place, problem, remedy)
      }
    }
  }

  private static func refusal(of action: StepDescription.Action) -> (String, String)? {
    switch action {
    case .spawn, .join:
      ("starts or joins others, which a region's patient cannot", "let decisions send patients on")
    case .proceed:
      ("goes on along another pathway, which a region does not", "write its steps in visit")
    case .seizeAll, .seizeAny:
      (
        "asks for several resources, or keeps some free, which a region's patient cannot",
        "seize one after the other"
      )
    case .assignClass:
      ("changes the class, which a region counts needs by", "use an attribute")
    case .wait(let wait):
      if case .opening = wait.until {
        (
          "waits for an opening, and a region's places open by the day",
          "wait for an hour: {until: \"08:00\", days: Mon-Fri}"
        )
      } else {
        nil
      }
    default: nil
    }
  }

  private func declareWords(_ reader: inout NetworkReader) {
    typealias Words = RegionVocabulary
    for role in Words.Role.allCases { reader.builder.addRole(Words.word(role)) }
    for careClass in CareClass.allCases {
      reader.builder.addClass(careClass.name)
      reader.description.classes.append(careClass.name)
    }
    for rule in Words.Rule.allCases {
      reader.builder.addDomainRule(Words.word(rule))
      reader.description.meanDurations[Words.word(rule)] = 0
    }
    for decision in Words.Decision.allCases {
      reader.builder.addDecision(Words.word(decision), exits: decision.exits)
      reader.decisions.append(Words.word(decision))
    }
  }

  private func provide(
    _ institution: Institution, _ sample: PopulationSample, _ row: Int,
    _ builder: inout PathwayBuilder
  ) {
    let site = builder.addSite(institution.name)
    let amounts: [(RegionVocabulary.Role, Int)] = [
      (.doctor, institution.doctorsOnWeekdays), (.examRoom, institution.examRooms),
      (.acuteBed, institution.acuteBeds), (.recoveryBed, institution.recoveryBeds),
    ]
    // A policy may give anyone what he has none of yet; but a village's clinic stays what it is.
    for (role, amount) in amounts
    where institution.isExternal || institution.tier != .village || amount > 0 || role == .doctor {
      let amount = institution.isPlanned ? 0 : sample.units(role, at: row, of: amount)
      let resource = builder.addResource(
        ResourceDescription(
          name: "\(institution.name)/\(RegionVocabulary.word(role))",
          capacity: institution.isExternal ? Self.plenty : amount))
      builder.provide(role: role.rawValue, at: site, by: resource)
    }
  }
}
