// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Randomness
import Testing

@Suite("what each resident had of the window")
struct ResidentRecordTests {
  private func runs(_ settings: [String]) throws -> (plain: RegionRun, recording: RegionRun) {
    let region = try TestRegion.read(settings)
    let root = RandomRoot(seed: 9, replication: 1)
    let plain = RegionRun(model: region.model, window: region.window, root: root)
    let recording = RegionRun(
      model: region.model, window: region.window, root: root, recordsResidents: true)
    for run in [plain, recording] { run.advance(until: region.window.end) }
    return (plain, recording)
  }

  // Conservation asserts of a run that records that its rows add up to what the region counted.
  @Test("is recorded without changing anything, and adds up", arguments: [false, true])
  func adding(hasPolicies: Bool) throws {
    let (plain, recording) = try runs(
      hasPolicies ? TestRegion.inForce(TestRegion.policies) : [])
    recording.checkConservation()
    #expect(plain.residentRecords.isEmpty)
    #expect(plain.checksum == recording.checksum)
    #expect(plain.eventCount == recording.eventCount)
    #expect(plain.allObservations == recording.allObservations)
    #expect(recording.residentRecords.count == recording.model.residentCount)
    #expect(recording.residentRecords.contains { $0.visits > 0 && $0.patientPaid > 0 })
  }

  @Test("goes along with a copy of the run")
  func copied() throws {
    let region = try TestRegion.read()
    let root = RandomRoot(seed: 9, replication: 2)
    let run = RegionRun(
      model: region.model, window: region.window, root: root, recordsResidents: true)
    run.advance(until: midnight(100))
    let copy = run.copy(under: region.model)
    for one in [run, copy] {
      one.advance(until: region.window.end)
      one.checkConservation()
    }
    #expect(run.residentRecords == copy.residentRecords)
  }
}
