// SPDX-License-Identifier: GPL-3.0-or-later

/// What one resident had of the window of measures, counted where and when the measures of the region
/// count it, so that the sums over residents are theirs.
package struct ResidentRecord: Hashable, Sendable, BitwiseCopyable {
  /// Fen, retail pharmacies included.
  package var patientPaid: Int64 = 0
  package var fundPaid: Int64 = 0
  /// Microseconds from registration to the first consult, over consults.
  package var waited: Int64 = 0
  /// Seconds of travel there and back, over visits and what had to be fetched on another day.
  package var travelled: Int64 = 0
  package var visits: Int32 = 0
  package var primaryVisits: Int32 = 0
  package var admissions: Int32 = 0
  /// Needs for which no care was sought; and those that were sought for and ended unmet.
  package var forgone: Int32 = 0
  package var unmet: Int32 = 0
  /// Tier of the last visit before the window, or 255 before the first.
  package var usualTier: UInt8

  init(usualTier: UInt8) { self.usualTier = usualTier }
}

/// Nothing here is called in a run that keeps no records.
extension RegionDomain {
  /// The window begins.
  mutating func openRecords() {
    residentRecords = population.residents.map { ResidentRecord(usualTier: $0.habitTier) }
    recordsResidents = true
    countsResidents = true
  }

  @inline(never)
  mutating func recordVisit(_ visit: Visit, at site: Int) {
    let row = Int(visit.resident)
    residentRecords[row].visits += 1
    if sites[site].tier.isPrimary { residentRecords[row].primaryVisits += 1 }
    residentRecords[row].travelled += Int64(2 * 60 * visit.travelMinutes)
  }

  @inline(never)
  mutating func recordTravel(_ visit: Visit) {
    residentRecords[Int(visit.resident)].travelled += Int64(2 * 60 * visit.travelMinutes)
  }

  @inline(never)
  mutating func recordPaid(_ settlement: Settlement, _ row: Int) {
    residentRecords[row].patientPaid += settlement.patient.fen
    residentRecords[row].fundPaid += settlement.fund.fen
  }

  @inline(never)
  mutating func recordWait(_ microseconds: Int64, of visit: Visit) {
    residentRecords[Int(visit.resident)].waited += microseconds
  }

  @inline(never)
  mutating func recordAdmission(_ visit: Visit) {
    residentRecords[Int(visit.resident)].admissions += 1
  }

  @inline(never)
  mutating func recordForgone(_ visit: Visit) { residentRecords[Int(visit.resident)].forgone += 1 }

  @inline(never)
  mutating func recordUnmet(_ visit: Visit) { residentRecords[Int(visit.resident)].unmet += 1 }
}

extension RegionRun {
  /// What each resident had of the window so far, in the order of the population; empty unless asked for.
  package var residentRecords: [ResidentRecord] { simulation.model.domain.residentRecords }

  /// Traps unless the sums over residents are what the region counted in the window.
  func checkRecords() {
    let domain = simulation.model.domain
    guard domain.recordsResidents else { return }
    var counted = FlowCell()
    for site in model.institutions.indices { counted += domain.tally.site(.after, site) }
    let pharmacy = domain.tally.pharmacy[Period.after.rawValue]
    let needs = domain.tally.needs[Period.after.rawValue]
    func sum<Value: BinaryInteger>(_ field: KeyPath<ResidentRecord, Value>) -> Int64 {
      domain.residentRecords.reduce(0) { $0 + Int64($1[keyPath: field]) }
    }
    precondition(
      sum(\.visits) == counted.visits && sum(\.admissions) == counted.admissions
        && sum(\.travelled) == counted.travelled && sum(\.waited) == counted.waited
        && sum(\.forgone) == needs.forgone && sum(\.unmet) == needs.unmet
        && sum(\.patientPaid) == counted.patientsPaid + pharmacy.patientsPaid
        && sum(\.fundPaid) == counted.fundPaid + pharmacy.fundPaid,
      "what residents had and what the region counted disagree")
  }

  /// Hours for which an institution of the region had doctors in clinic in the window, all doctors
  /// together; 0 of external places, whose other patients are not here.
  package var clinicHours: [Double] {
    use(of: .doctors, in: .after).map { $0.provided / 3_600e6 }
  }
}
