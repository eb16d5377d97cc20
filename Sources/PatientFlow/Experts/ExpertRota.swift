// SPDX-License-Identifier: GPL-3.0-or-later

/// The calendar of experts: who is where on the coming days, and how many of their slots are taken.
///
/// Each post, a posting at one member, gathers a credit of plan times willingness on every weekday,
/// and has an expert on the day on which the credit is full. A day is fixed when it comes within the
/// horizon, so that what residents are told holds, whatever willingness does meanwhile.
package struct ExpertRota {
  private static let page = 16

  /// One posting at one member.
  package struct Post: BitwiseCopyable {
    package var posting: Int
    package var member: Int
    package var lead: Int
    package var work: ExpertPosting.Work
    package var day: ExpertDay
    /// Patients a day, of the whole region.
    package var slots: Int
    package var qualityGain: Double
    package var scopeGain: Double
    package var skillPerDay: Double
    /// Expert days due and not yet given, in days.
    package var credit: Double
    /// The next day with a free slot within the horizon, or −1.
    package var nextDay = -1
    /// Share of residents who know the calendar today.
    package var known = 0.0
    /// Whether today's expert has left again.
    package var isOver = false
  }

  package private(set) var posts: [Post] = []
  /// Rows of posts by member, and where each institution's begin.
  private var rows: [Int] = []
  private var starts: [Int]
  /// (post, day mod 16).
  private var isOn: [Bool] = []
  private var booked: [UInt16] = []
  /// (post, day mod 16): patients whom an expert can see, of those simulated.
  private var room: [UInt16] = []
  /// Patients seen today, by post.
  private var seen: [UInt16] = []
  /// (post, need): whether the post is for it.
  private var isFor: [Bool] = []
  private let needs: Int
  package private(set) var hasSurgery = false
  /// By posting.
  package var willingness: [Willingness] = []
  /// Patients seen so far, by posting.
  package private(set) var patients: [Int64] = []

  package init(institutions: Int, needs: Int) {
    starts = Array(repeating: 0, count: institutions + 1)
    self.needs = needs
  }

  package var isEmpty: Bool { posts.isEmpty }

  /// A posting begins.
  ///
  /// - Parameters:
  ///   - weekdaysBefore: weekdays of the run before its first day; with the place of a member it
  ///     shifts the calendars of members against each other.
  ///   - days: of each member, when its expert is where.
  package mutating func add(
    _ posting: ExpertPosting, number: Int, weekdaysBefore: Int, days: [ExpertDay]
  ) {
    for (place, member) in posting.members.enumerated() {
      let begun =
        Double(weekdaysBefore) * posting.perWeekday
        + Double(place) / Double(posting.members.count)
      let slots =
        posting.work == .teaching
        ? 0 : Int(posting.sessions * posting.sessionCapacity * days[place].kept)
      posts.append(
        Post(
          posting: number, member: member, lead: posting.lead, work: posting.work,
          day: days[place], slots: slots, qualityGain: posting.qualityGain,
          scopeGain: posting.scopeGain, skillPerDay: posting.skillPerDay,
          credit: begun - begun.rounded(.down)))
      isOn += Array(repeating: false, count: Self.page)
      booked += Array(repeating: 0, count: Self.page)
      room += Array(repeating: UInt16(clamping: slots), count: Self.page)
      seen.append(0)
      isFor += (0..<needs).map { posting.specialty?.treats[$0] ?? true }
    }
    patients.append(0)
    willingness.append(Willingness(adjustmentDays: posting.willingness?.adjustmentDays ?? 1))
    if posting.work == .surgery { hasSurgery = true }
    rows = posts.indices.sorted { (posts[$0].member, $0) < (posts[$1].member, $1) }
    for site in starts.indices { starts[site] = rows.count { posts[$0].member < site } }
  }

  // MARK: - Calendar

  /// Fixes whether a post has an expert on a weekday.
  ///
  /// - Parameters:
  ///   - room: patients whom he can see then.
  ///   - due: expert days that this weekday adds.
  ///   - hasRoom: whether the lead can spare one more on that day.
  package mutating func fix(_ post: Int, day: Int, due: Double, hasRoom: Bool, room: Int? = nil) {
    if let room { self.room[post * Self.page + day % Self.page] = UInt16(clamping: room) }
    // What could not be given is owed for a day at most.
    posts[post].credit = min(2, posts[post].credit + due)
    let isOn = posts[post].credit >= 1 && hasRoom
    if isOn { posts[post].credit -= 1 }
    self.isOn[post * Self.page + day % Self.page] = isOn
  }

  /// Takes back a day on which the lead turns out too short of doctors.
  package mutating func cancel(_ post: Int, day: Int) {
    isOn[post * Self.page + day % Self.page] = false
    posts[post].credit = min(2, posts[post].credit + 1)
  }

  /// Whether a post has an expert on a day within the horizon.
  @inline(__always)
  package func isOn(_ post: Int, _ day: Int) -> Bool { isOn[post * Self.page + day % Self.page] }

  /// How many experts of a lead are out on a day.
  package func out(of lead: Int, on day: Int) -> Int {
    posts.indices.count { posts[$0].lead == lead && isOn($0, day) }
  }

  /// Midnight: yesterday's page is cleared for the day that comes into view.
  package mutating func turn(to today: Int) {
    guard today > 0 else { return }
    for post in posts.indices {
      isOn[post * Self.page + (today - 1) % Self.page] = false
      booked[post * Self.page + (today - 1) % Self.page] = 0
      seen[post] = 0
      posts[post].isOver = false
    }
  }

  package mutating func setKnown(_ post: Int, _ share: Double) { posts[post].known = share }
  package mutating func setNextDay(_ post: Int, _ day: Int) { posts[post].nextDay = day }
  package mutating func end(_ post: Int) { posts[post].isOver = true }

  // MARK: - Slots

  /// Patients whom an expert can see on a day.
  @inline(__always)
  package func slots(_ post: Int, day: Int) -> Int { Int(room[post * Self.page + day % Self.page]) }

  package func bookedSlots(_ post: Int, day: Int) -> Int {
    Int(booked[post * Self.page + day % Self.page])
  }

  package func seenToday(_ post: Int) -> Int { Int(seen[post]) }

  /// The posts at an institution.
  @inline(__always)
  package func posts(at site: Int) -> ArraySlice<Int> { rows[starts[site]..<starts[site + 1]] }

  /// Whether the expert of a post is one for such a contact.
  @inline(__always)
  package func serves(_ post: Int, _ visit: Visit) -> Bool {
    guard visit.need != Visit.refill, isFor[post * needs + Int(visit.need)] else { return false }
    return posts[post].work == .surgery
      ? visit.careClass == .admission
      : posts[post].work == .clinic && visit.careClass == .outpatient
  }

  package mutating func book(_ post: Int, day: Int) {
    booked[post * Self.page + day % Self.page] += 1
  }

  /// Takes a patient in to today's expert.
  ///
  /// - Parameter hasSlot: whether he booked; else a free slot is taken.
  /// - Returns: whether there was room.
  package mutating func see(_ post: Int, today: Int, hasSlot: Bool) -> Bool {
    guard isOn(post, today), !posts[post].isOver, seenToday(post) < slots(post, day: today) else {
      return false
    }
    if !hasSlot {
      guard bookedSlots(post, day: today) < slots(post, day: today) else { return false }
      book(post, day: today)
    }
    seen[post] += 1
    patients[posts[post].posting] += 1
    return true
  }

  /// Looks anew for the next day of each post at an institution with a free slot.
  ///
  /// - Returns: the first of them, or −1.
  package mutating func renewNextDays(at site: Int, today: Int, dayCount: Int) -> Int {
    var first = -1
    for place in starts[site]..<starts[site + 1] {
      let post = rows[place]
      posts[post].nextDay = -1
      let from = posts[post].isOver ? today + 1 : today
      for day in from..<min(dayCount, today + ExpertPosting.horizon + 1)
      where isOn(post, day) && bookedSlots(post, day: day) < slots(post, day: day) {
        posts[post].nextDay = day
        if first < 0 || day < first { first = day }
        break
      }
    }
    return first
  }
}
