// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

extension RegionRun {
  /// What chronic care has come to.
  func chronicRows() -> [Observation] {
    let domain = simulation.model.domain
    let quarter = FollowUpRecord.quarter(of: max(0, domain.today))
    var (contracts, treated, hypertensive, controlled, standard) = (0, 0, 0, 0, 0)
    for row in domain.population.residents.indices {
      let resident = domain.population.residents[row]
      if resident.hasContract { contracts += 1 }
      guard resident.treated != 0 else { continue }
      treated += 1
      if resident.treated & Resident.hypertension != 0 {
        hypertensive += 1
        if resident.isHypertensionControlled { controlled += 1 }
      }
      guard !domain.followUpRecords.isEmpty else { continue }
      var record = domain.followUpRecords[row]
      record.turn(to: quarter)
      if record.isStandard { standard += 1 }
    }
    func share(_ part: Int, _ whole: Int) -> Double? {
      whole == 0 ? nil : Double(part) / Double(whole)
    }
    let values: [String: Double?] = [
      "contract-share": share(contracts, model.residentCount),
      "standard-management-share": domain.followUpRecords.isEmpty ? nil : share(standard, treated),
      "hypertension-control-share": share(controlled, hypertensive),
    ]
    return RegionMeasures.chronicMeasures.map {
      Observation(measure: $0.name, value: values[$0.name] ?? nil)
    }
  }

  /// Traps unless shared lines and follow-ups were used as they were counted, and no reader, expert
  /// or specialist worked longer than there was time.
  func checkSharedCare() {
    let domain = simulation.model.domain
    func total(_ field: KeyPath<NeedCell, Int64>) -> Int64 {
      domain.tally.needs.reduce(0) { $0 + $1[keyPath: field] }
    }
    precondition(
      total(\.followUps) == domain.policies.followUps.reduce(0) { $0 + $1.followUps }
        && total(\.teamFollowUps) == domain.policies.followUps.reduce(0) { $0 + $1.teamFollowUps },
      "a follow-up was lost or made up")
    precondition(
      domain.contractsAtStart + Int(total(\.contractsSigned))
        == domain.population.residents.count { $0.hasContract },
      "a contract was lost or made up")
    let read = domain.policies.examCentres.reduce(Int64(0)) { $0 + $1.line.count }
    precondition(
      read == total(\.reports) && read <= total(\.examsSentAway),
      "an exam was read twice or made up")
    let asked = domain.policies.desks.reduce(Int64(0)) { $0 + $1.line.count }
    precondition(asked <= total(\.remoteAsked), "a remote consult was made up")
    for centre in domain.policies.examCentres { check(centre.line, since: centre.startDay) }
    for desk in domain.policies.desks { check(desk.line, since: desk.startDay) }
  }

  private func check(_ line: WorkloadLine, since day: Int) {
    let start = SimulationTime(microseconds: Int64(day) * microsecondsPerDay)
    let done = line.booked - line.ahead(at: now)
    precondition(
      done.microseconds
        <= Int64(line.servers) * line.openTime(from: start, to: now).microseconds,
      "a line did more work than it had time for")
  }
}
