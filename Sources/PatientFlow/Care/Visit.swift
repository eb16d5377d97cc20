// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What the region knows of one contact of one resident with one institution: a row beside the
/// entity that runs through the pathway.
package struct Visit: BitwiseCopyable {
  package struct Flags: OptionSet, BitwiseCopyable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Came by a registered referral: urgent at every queue, and paid at the referred rate.
    package static let isRegistered = Flags(rawValue: 1 << 0)
    /// A slot was booked, so the patient may fail to come.
    package static let isBooked = Flags(rawValue: 1 << 1)
    /// The first visit of its episode.
    package static let isFirstContact = Flags(rawValue: 1 << 2)
    /// Brings results of an exam done elsewhere.
    package static let bringsResults = Flags(rawValue: 1 << 3)
    package static let wasExamined = Flags(rawValue: 1 << 4)
    package static let sawExpert = Flags(rawValue: 1 << 5)
    /// Came for an expert, and has his slot.
    package static let seeksExpert = Flags(rawValue: 1 << 6)
    package static let hasBegunConsult = Flags(rawValue: 1 << 7)
    package static let isEmergency = Flags(rawValue: 1 << 8)
    package static let isSteppedDown = Flags(rawValue: 1 << 9)
    /// Handed down from a hospital for refills.
    package static let isHandedDown = Flags(rawValue: 1 << 10)
    /// Left a waiting line for a bed before.
    package static let hasLeaked = Flags(rawValue: 1 << 11)

    /// A doctor of another place was asked about the need from afar.
    package static let wasConsulted = Flags(rawValue: 1 << 12)
    /// Brings results that a shared centre read.
    package static let bringsCentreResults = Flags(rawValue: 1 << 26)
    /// A refill visit that is a follow-up.
    package static let isFollowedUp = Flags(rawValue: 1 << 27)

    /// Has been at the door.
    package static let hasArrived = Flags(rawValue: 1 << 16)
    /// Asked to come to his own centre after a discharge.
    package static let isAftercare = Flags(rawValue: 1 << 17)
    /// Stepped down, and has the recovery bed.
    package static let hasBedBelow = Flags(rawValue: 1 << 18)
    /// Was sent on, so no gate is closed to the patient for the rest of the episode.
    package static let isThroughGate = Flags(rawValue: 1 << 24)

    // Bits 13 to 15 and 19 to 22 say how the patient comes, 28 to 31 which centre reads an exam.

    /// What stays with the episode when it goes on at another contact.
    package static let ofEpisode: Flags = [.isEmergency, .hasLeaked, .isThroughGate]
  }

  /// Row of the resident.
  package var resident: UInt32
  package var flags: Flags = []
  /// Town of the resident, set on setting out: every count needs it.
  package var town: UInt8 = 0
  /// Whom the patient sees, where a model tells doctors' titles.
  package var title: Title?
  /// Row of the need, or ``refill``.
  package var need: UInt16
  package var careClass: CareClass
  /// Contacts of the episode before this one.
  package var contact: UInt8 = 0
  /// The institution at which the results that the patient brings were made.
  package var resultsFrom: UInt16 = 0
  /// 0...1, see ``SeverityScale``.
  package var severity: Float
  /// Minutes from home, one way.
  package var travelMinutes: Float = 0
  /// Days of each phase of the stay, once there is one.
  package var acuteDays: Float = 0
  package var recoveryDays: Float = 0
  /// Keys of the episode's random numbers.
  package var owner: UInt64
  package var episode: UInt64
  /// When the patient comes to the door.
  package var arrives = SimulationTime.zero
  /// When registration began.
  package var registered = SimulationTime.zero

  package static let refill = UInt16.max

  package init(
    resident: Int, need: UInt16, careClass: CareClass, severity: Double, isEmergency: Bool,
    owner: UInt64, episode: UInt64
  ) {
    self.resident = UInt32(resident)
    self.need = need
    self.careClass = careClass
    self.severity = Float(severity)
    self.owner = owner
    self.episode = episode
    if isEmergency { flags.insert(.isEmergency) }
  }

  /// The shared centre that reads this visit's exam, counted from 1 in the order in which centres came
  /// into force; 0: none. In the upper four bits of the flags, so that a row stays small.
  package var examCentre: Int {
    get { Int(flags.rawValue >> 28) }
    set { flags.rawValue = flags.rawValue & 0x0FFF_FFFF | UInt32(newValue) << 28 }
  }

  /// How the patient comes from another institution, in bits 19 to 22 of the flags; `nil` of who comes
  /// from none. A first contact of an episode does so when he was handed down.
  package var way: TransferWay? { TransferWay(rawValue: UInt8(flags.rawValue >> 19 & 0xF)) }

  /// Tier of that institution, in bits 13 to 15; of no meaning without a way.
  package var cameFrom: Tier { Tier(rawValue: UInt8(flags.rawValue >> 13 & 0x7))! }

  mutating func comes(from tier: Tier, by way: TransferWay) {
    flags.rawValue =
      flags.rawValue & ~(0xF << 19 | 0x7 << 13) | UInt32(way.rawValue) << 19
      | UInt32(tier.rawValue) << 13
  }

  /// The contact that follows in the same episode; results of an exam go along.
  package func next(from site: Int) -> Visit {
    var next = self
    next.contact += 1
    next.title = nil
    next.flags.formIntersection(.ofEpisode)
    if flags.contains(.wasExamined) {
      next.flags.insert(.bringsResults)
      next.resultsFrom = UInt16(site)
    }
    return next
  }
}
