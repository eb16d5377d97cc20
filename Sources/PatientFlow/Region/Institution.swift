// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// A place of care as the model states it; what changes in a run is in ``InstitutionState``.
package struct Institution: Sendable {
  package var name: String
  package var tier: Tier
  /// Row of its town; `nil` outside the region.
  package var town: Int?
  package var position: Position
  /// Doctors in clinic at a time.
  package var doctorsOnWeekdays: Int
  package var doctorsAtWeekends: Int
  package var acuteBeds: Int
  package var recoveryBeds: Int
  package var examRooms: Int
  /// A place whose other patients set its waits, which are therefore given, not simulated.
  package var isExternal: Bool
  /// Minutes from registration to consult at an external place.
  package var externalWaitMinutes: Double
  /// Mean days to an elective bed at an external place.
  package var externalBedWaitDays: Double
  /// Whether insurance can be settled here at all.
  package var settles: Bool
  package var ownership = Ownership.public
  package var role = Role.general
  /// Closed, with all that is stated of it, until a policy opens it.
  package var isPlanned = false

  /// By which its own random numbers are keyed.
  var key: UInt64 { Purpose("institution", name).rawValue }

  package enum Ownership: String, CaseIterable, Sendable {
    case `public`, `private`
  }

  /// What a place is for. All but general ones take only patients who are sent to them to recover.
  package enum Role: String, CaseIterable, Sendable {
    case general, rehabilitation, nursing
    /// Care at the patient's own home by a team, which can look after as many as it has beds.
    case homeCare = "home-care"
  }

  package init(
    name: String, tier: Tier, town: Int?, position: Position, doctorsOnWeekdays: Int,
    doctorsAtWeekends: Int, acuteBeds: Int = 0, recoveryBeds: Int = 0, examRooms: Int = 0,
    isExternal: Bool = false, externalWaitMinutes: Double = 0, externalBedWaitDays: Double = 0,
    settles: Bool = true
  ) {
    self.name = name
    self.tier = tier
    self.town = town
    self.position = position
    self.doctorsOnWeekdays = doctorsOnWeekdays
    self.doctorsAtWeekends = doctorsAtWeekends
    self.acuteBeds = acuteBeds
    self.recoveryBeds = recoveryBeds
    self.examRooms = examRooms
    self.isExternal = isExternal
    self.externalWaitMinutes = externalWaitMinutes
    self.externalBedWaitDays = externalBedWaitDays
    self.settles = settles
  }
}

/// The parts of an institution that the run looks up at every visit.
struct SiteTraits: BitwiseCopyable {
  var tier: Tier
  var isExternal: Bool
  var isInRegion: Bool
  /// Not planned only.
  var isOpen: Bool
  /// Has beds for acute stays.
  var canAdmit: Bool
  /// Has exam rooms.
  var hasExams: Bool
  var hasRecoveryBeds: Bool
  /// Takes patients who come by themselves or by ambulance.
  var isGeneral: Bool
  var doctorsOnWeekdays: UInt16
  var doctorsAtWeekends: UInt16
  var externalWaitMinutes: Double
  var externalBedWaitDays: Double
  /// By how much consults and exams are longer than a patient's, in a sample.
  var consultStretch = 1.0
  var examStretch = 1.0
}

extension SiteTraits {
  /// An institution that is planned and not yet open: nobody is there.
  init(closed institution: Institution) {
    self.init(
      tier: institution.tier, isExternal: false, isInRegion: institution.town != nil,
      isOpen: false, canAdmit: false, hasExams: false, hasRecoveryBeds: false,
      isGeneral: institution.role == .general, doctorsOnWeekdays: 0, doctorsAtWeekends: 0,
      externalWaitMinutes: 0, externalBedWaitDays: 0)
  }
}

/// What institutions of a tier have in common.
package struct TierProfile: BitwiseCopyable, Sendable {
  /// Quality and trust at the start, 0...1.
  package var quality = 0.0
  package var trust = 0.0
  /// The severity up to which the tier treats, 0...1.
  package var scope = 0.0
  /// Hours of the day between which new patients are registered.
  package var opensHour = 0.0
  package var closesHour = 24.0
  package var registrationMinutes = 0.0
  package var consultMinutes = 0.0
  package var consultVariation = 0.0
  package var secondConsultMinutes = 0.0
  package var examProbability = 0.0
  package var examMinutes = 0.0
  package var examVariation = 0.0
  /// CNY, mean of a visit without exams; coefficient of variation; CNY an exam.
  package var visitBill = 0.0
  package var visitBillVariation = 0.0
  package var examFee = 0.0
  /// Drugs' share of a visit's bill without exams, and of a stay's; exams' share of a stay's.
  package var visitDrugShare = 0.0
  package var stayDrugShare = 0.0
  package var stayExamShare = 0.0
  /// Share of chronic patients whose drugs are in stock.
  package var drugAvailability = 0.0
  /// Days, mean and coefficient of variation of the two phases of a stay; CNY a day.
  package var acuteDays = 0.0
  package var acuteVariation = 0.0
  package var recoveryDays = 0.0
  package var recoveryVariation = 0.0
  package var acuteDayBill = 0.0
  package var recoveryDayBill = 0.0
  package var slotsPerDoctorDay = 0.0

  package init() {}

  /// CNY, mean of a visit with its share of exams.
  var expectedVisitBill: Double { visitBill + examProbability * examFee }
  /// CNY, mean of a stay.
  var expectedStayBill: Double { acuteDays * acuteDayBill + recoveryDays * recoveryDayBill }
}
