// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Contracts with family doctors, and follow-ups of chronic patients.
///
/// Nothing here is called while no policy of the kind is in force.
extension RegionDomain {
  // MARK: - Contracts

  /// A contract policy begins: who of its group will sign when.
  @inline(never)
  mutating func openContract() {
    let contract = policies.contracts[policies.contracts.count - 1]
    let (base, start) = (model.population.contractShare, policies.day)
    guard contract.target > base else { return }
    // Who has no member in reach has nobody to sign with.
    let members = Set(contract.members)
    let reaches = model.villages.indices.map { village in
      (alternativeStarts[village]..<alternativeStarts[village + 1]).contains {
        members.contains(Int(alternatives[Int($0)].institution))
      }
    }
    var signings: [(day: Int, row: Int)] = []
    for row in population.residents.indices {
      let resident = population.residents[row]
      guard !resident.hasContract, reaches[Int(resident.village)], contract.isFor(resident) else {
        continue
      }
      var stream = RandomStream(
        root, residentPurposes[Int(resident.town)], owner: UInt64(resident.member),
        variate: Population.contractVariate)
      let delay = ContractRoll.delay(
        rank: stream.uniform(), base: base, target: contract.target,
        meanDays: contract.signingDays)
      // Beyond a century nobody looks.
      if let delay, delay < 36_500 { signings.append((start + Int(delay), row)) }
    }
    signing.add(signings)
  }

  /// Midnight: those whose day it is sign.
  @inline(never)
  mutating func signContracts() {
    for row in signing.due(by: today) where !population.residents[Int(row)].hasContract {
      population.residents[Int(row)].hasContract = true
      tally.count { $0.contractsSigned += 1 }
    }
  }

  // MARK: - Follow-ups

  @inline(never)
  mutating func openFollowUps() {
    if followUpRecords.isEmpty {
      followUpRecords = Array(repeating: FollowUpRecord(), count: population.residents.count)
    }
  }

  /// The rank of a person among those treated for a condition: under control, without any follow-up,
  /// if it is below the stated share.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func controlRank(_ resident: Resident, condition: Int) -> Double {
    var stream = RandomStream(
      root, residentPurposes[Int(resident.town)], owner: UInt64(resident.member),
      variate: Population.variate(ofCondition: condition) + 1)
    return stream.uniform()
  }

  /// What the person would be without follow-up.
  @inline(__always)
  private func grade(_ resident: Resident) -> ChronicGrade {
    var count = 0
    for condition in controlledShares.indices where resident.treated & (1 << condition) != 0 {
      if controlRank(resident, condition: condition) >= controlledShares[condition] { count += 1 }
    }
    return ChronicGrade(conditionsOutOfControl: count)
  }

  /// A chronic patient's consult begins: is it a follow-up?
  @inline(never)
  mutating func beginFollowUp(_ index: Int, at site: Int) {
    guard !policies.isOut[site] else { return }
    let row = Int(visits[index].resident)
    let resident = population.residents[row]
    let grade = grade(resident)
    let weekday = Int(demand.weekdayOfDay[today])
    // The doctor whom he has signed with comes before a clinic for everybody.
    let services = policies.followUps.indices
    for place in 0..<2 * services.count {
      let number = place % services.count
      guard policies.followUps[number].needsContract == (place < services.count),
        policies.followUps[number].isMember[site], policies.followUps[number].isFor(resident),
        let withTeam = policies.followUps[number].take(
          at: site, day: today, weekday: weekday, grade: grade)
      else { continue }
      visits[index].flags.insert(.isFollowedUp)
      followUpRecords[row].followUp(
        in: FollowUpRecord.quarter(of: today), by: number, withTeam: withTeam)
      tally.count {
        $0.followUps += 1
        if withTeam { $0.teamFollowUps += 1 }
      }
      setControl(row)
      return
    }
  }

  /// What a follow-up adds to the consult.
  @inline(__always)
  package func followUpTime(_ visit: Visit, _ stretch: Double = 1) -> TimeSpan {
    let row = Int(visit.resident)
    let service = Int(followUpRecords[row].service)
    return .minutes(
      policies.followUps[service].minutes[grade(population.residents[row]).rawValue] * stretch)
  }

  /// A refill falls due: who has not been followed up for long slips out of control again.
  @inline(never)
  mutating func renewControl(_ row: Int) {
    guard followUpRecords[row].service != FollowUpRecord.nobody else { return }
    followUpRecords[row].turn(to: FollowUpRecord.quarter(of: today))
    setControl(row)
  }

  /// Whether each condition is under control now.
  @inline(__always)
  private mutating func setControl(_ row: Int) {
    let resident = population.residents[row]
    let record = followUpRecords[row]
    let grade = grade(resident)
    var controlled: UInt8 = 0
    for condition in controlledShares.indices where resident.treated & (1 << condition) != 0 {
      let share = controlledShares[condition]
      let rank = controlRank(resident, condition: condition)
      let service = Int(record.service)
      let isManaged = policies.followUps[service].isFor(condition: condition)
      if rank < share
        || isManaged
          && policies.followUps[service].controls(
            rank: (rank - share) / (1 - share), grade: grade, dose: record.dose,
            hasTeamPlan: record.hasTeamPlan)
      {
        controlled |= 1 << condition
      }
    }
    population.residents[row].controlled = controlled
  }
}
