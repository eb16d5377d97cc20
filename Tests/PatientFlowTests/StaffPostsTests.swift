// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Posts as alternating renewal processes, and leave for training as a calendar.
@Suite struct StaffPostsTests {
  static let root = RandomRoot(seed: 55, replication: 1)

  @Test("the rates of a post are those of its turnover, hiring and pay, worked out by hand")
  func rates() {
    // 1.5 a year; 40 days; pay up by half: turnover × 1.5^−2, hiring × 1.5^1.
    let usual = PostRates(turnover: 1.5, hiringDays: 40)
    #expect(abs(usual.quit - (1 - exp(-1.5 / 365.25))) < 1e-15)
    #expect(abs(usual.fill - (1 - exp(-1 / 40.0))) < 1e-15)
    let paid = PostRates(
      turnover: 1.5, hiringDays: 40, payFactor: 1.5, turnoverResponse: 2, hiringResponse: 1)
    #expect(abs(paid.quit - (1 - exp(-1.5 / 2.25 / 365.25))) < 1e-15)
    #expect(abs(paid.fill - (1 - exp(-1.5 / 40.0))) < 1e-15)
    #expect(paid.vacancy < usual.vacancy)
    // Where nobody answers to pay, nothing comes of it.
    #expect(PostRates(turnover: 1.5, hiringDays: 40, payFactor: 3) == usual)
    #expect(PostRates(turnover: 0, hiringDays: 40).vacancy == 0)
  }

  /// With 6,000 posts a filled share that is off by 9.8 √(p (1 − p) / 6,000) is found: 0.05 at ½.
  @Test(
    "so many posts are filled after so many days as the two-state chain says (binomial)",
    arguments: [1, 20, 90, 900])
  func filled(days: Int) {
    let usual = PostRates(turnover: 2, hiringDays: 60)
    let rates = PostRates(
      turnover: 2, hiringDays: 60, payFactor: 0.7, turnoverResponse: 1.5, hiringResponse: 0.5)
    // One post in each of 6,000 institutions, so that posts have nothing in common.
    let sites = (0..<6000).map { (row: $0, key: UInt64($0) << 8, doctors: 1) }
    var book = PostBook(sites, usual: usual, rates: rates, added: 0)
    var grown = PostBook(
      sites.map { ($0.row, $0.key, 0) }, usual: usual, rates: rates, added: 1)
    for day in 1...days {
      book.turn(to: day, Self.root)
      grown.turn(to: day, Self.root)
    }
    // 1 / (1 − v) is 1.3 and rounds to one post for one doctor.
    #expect(book.postCount == 6000)
    expectBinomial(
      book.filledCount, of: 6000, probability: rates.filledShare(afterDays: days, from: true))
    expectBinomial(
      book.filledAsUsualCount, of: 6000,
      probability: usual.filledShare(afterDays: days, from: true))
    expectBinomial(
      grown.filledCount, of: 6000, probability: rates.filledShare(afterDays: days, from: false))
    #expect(grown.filledAsUsualCount == 0)
    if days == 900 {
      #expect(abs(rates.filledShare(afterDays: days, from: true) - (1 - rates.vacancy)) < 1e-4)
    }
  }

  @Test("posts are filled and vacant for geometric times, apart and together (chi-square)")
  func spells() {
    let rates = PostRates(turnover: 20, hiringDays: 5)
    // One post each, followed by itself, over 3,000 days.
    var filledSpells = [Int](repeating: 0, count: 8)
    var vacantSpells = [Int](repeating: 0, count: 8)
    func bin(_ days: Int, _ probability: Double) -> Int {
      // Eighths of the geometric distribution, as near as whole days come.
      min(7, Int(8 * (1 - pow(1 - probability, Double(days)))))
    }
    let none = [Double](repeating: 0, count: 8)
    var shares = (filled: none, vacant: none)
    for days in 1...5000 {
      shares.filled[bin(days, rates.quit)] += rates.quit * pow(1 - rates.quit, Double(days - 1))
      shares.vacant[bin(days, rates.fill)] += rates.fill * pow(1 - rates.fill, Double(days - 1))
    }
    for key in 0..<40 {
      var book = PostBook(
        [(row: 0, key: UInt64(key) << 20, doctors: 1)], usual: rates, rates: rates, added: 0)
      var since = 0
      var wasFilled = true
      var isWhole = false
      for day in 1...3000 {
        book.turn(to: day, Self.root)
        let isFilled = book.filledAsUsualCount == 1
        guard isFilled != wasFilled else { continue }
        if isWhole && since < 2400 {
          if wasFilled {
            filledSpells[bin(day - since, rates.quit)] += 1
          } else {
            vacantSpells[bin(day - since, rates.fill)] += 1
          }
        }
        (since, wasFilled, isWhole) = (day, isFilled, true)
      }
    }
    // With some 4,000 spells of each kind, a rate that is off by a seventh is found.
    expectCounts(vacantSpells, inProportionTo: shares.vacant)
    expectCounts(filledSpells, inProportionTo: shares.filled)
  }

  @Test("better pay never means fewer doctors, on any day, and pay that stays means no difference")
  func monotone() {
    let usual = PostRates(turnover: 3, hiringDays: 60)
    func book(_ factor: Double) -> PostBook {
      PostBook(
        [(row: 0, key: 9, doctors: 12), (row: 1, key: 10, doctors: 3)], usual: usual,
        rates: PostRates(
          turnover: 3, hiringDays: 60, payFactor: factor, turnoverResponse: 1, hiringResponse: 1),
        added: 0)
    }
    var books = [0.5, 0.8, 1, 1.25, 2].map(book)
    var least = [0, 0]
    var most = [0, 0]
    for day in 1...1500 {
      var differences: [[Int]] = []
      for place in books.indices {
        books[place].turn(to: day, Self.root)
        var doctors = [0, 0]
        books[place].addDifference(to: &doctors)
        differences.append(doctors)
      }
      for site in 0..<2 {
        let sorted = differences.map { $0[site] }
        #expect(sorted == sorted.sorted())
        #expect(sorted[2] == 0)
        least[site] = min(least[site], sorted[0])
        most[site] = max(most[site], sorted[4])
      }
    }
    #expect(least[0] < -2 && most[0] > 1)
  }

  @Test("added posts fill by and by and bring doctors, at weekends in proportion")
  func roster() throws {
    let settings = [
      "policies.posts.posts-added=6", "policies.posts.hiring-time=20 d",
      "policies.posts.turnover=0 1/year",
    ]
    let run = try CapacityLeverTests.read(["posts"], settings).begin()
    var before = 3
    var doctors = 0
    for day in TestRegion.policyDay..<175 {
      run.advance(throughDay: day)
      let book = try #require(run.simulation.model.domain.posts.first)
      var more = [Int](repeating: 0, count: run.model.institutions.count)
      book.addDifference(to: &more)
      let site = run.site("county-hospital")
      let isWeekend = day % 7 >= 5
      doctors = 3 + more[site]
      // One of three doctors is there at weekends.
      #expect(
        run.capacity(.doctor, at: "county-hospital")
          == (isWeekend ? max(1, Int((Double(doctors) / 3).rounded())) : doctors))
      // Without turnover nobody leaves.
      #expect(doctors >= before)
      before = doctors
    }
    #expect(doctors > 5 && doctors <= 9)
    let vacant = 12 - (doctors - 3) - run.added("ford-centre")
    #expect(run.value("vacant-posts", default: -1) == Double(vacant))
  }

  @Test("where pay falls an institution keeps its last doctor, and nobody is lost")
  func lastDoctor() throws {
    let settings = [
      "policies.posts.pay-ratio=0.1", "policies.posts.turnover=5 1/year",
      "policies.posts.turnover-response=3", "policies.posts.hiring-response=3",
    ]
    let region = try CapacityLeverTests.read(["posts"], settings)
    let run = region.runWhole()
    for centre in ["county-hospital", "ford-centre"] {
      #expect(run.capacity(.doctor, at: centre) == 1)
    }
    #expect(run.counted(\.visits) > 1000)
  }

  // MARK: - Training

  static func training(_ perYear: Double, places: Int = 3) -> TrainingLeave {
    var settings = LeverSettings()
    settings.institutions = ["institutions": Array(0..<places)]
    settings.numbers = ["doctors-per-year": perYear, "leave": 20, "skill-on-return": 0.05]
    return TrainingLeave(settings)
  }

  @Test(
    "in any span each institution sends as many as the plan says, to one",
    arguments: [0.5, 1, 2, 7.3, 26, 365])
  func departures(perYear: Double) {
    let lever = Self.training(perYear)
    for place in 0..<3 {
      let sent = (0..<1461).map { lever.departures(place, day: $0) }
      #expect(sent.allSatisfy { $0 >= 0 })
      for (first, last) in [(0, 1461), (0, 100), (700, 900), (1000, 1365)] {
        let count = sent[first..<last].reduce(0, +)
        #expect(abs(Double(count) - perYear * Double(last - first) / 365.25) <= 1)
      }
    }
    #expect(lever.departures(0, day: -1) == 0)
  }

  @Test("while a doctor is away there is one less, but never none; on return there is more skill")
  func leave() throws {
    let region = try CapacityLeverTests.read(["training"], ["skill-half-life=40 d"])
    let run = region.begin()
    let lever = Self.training(8)
    let decay = exp2(-1 / 40.0)
    // Ford and mill have two doctors on weekdays, the hill has one, which it keeps.
    var skill = [0.0, 0, 0]
    var away = 0
    for day in TestRegion.policyDay..<175 {
      run.advance(throughDay: day)
      for (place, centre) in ["ford-centre", "mill-centre", "hill-centre"].enumerated() {
        func left(_ day: Int) -> Int {
          day < TestRegion.policyDay || place == 2
            ? 0 : lever.departures(place, day: day - TestRegion.policyDay)
        }
        skill[place] *= decay
        skill[place] += 0.05 * Double(left(day - 20))
        let absent = (0..<20).reduce(0) { $0 + left(day - $1) }
        #expect(absent <= 1)
        if day % 7 < 5 {
          #expect(run.capacity(.doctor, at: centre) == (place == 2 ? 1 : 2 - absent))
        }
        away += absent
        let seen = run.simulation.model.domain.states[run.site(centre)].skill
        #expect(abs(seen - skill[place]) < 1e-12)
      }
    }
    #expect(away > 40 && skill[0] > 0 && skill[1] > 0)
    run.checkConservation()
    let book = run.simulation.model.domain.training
    #expect(book.begun == book.ended + Int64(book.away.reduce(0, +)))
    #expect(run.needs(\.trained) == book.ended)
  }
}

extension RegionRun {
  fileprivate func value(_ measure: String, default other: Double) -> Double {
    allObservations.first { $0.measure == measure && $0.dimension == "" }?.value ?? other
  }

  /// Doctors that posts have brought to an institution.
  fileprivate func added(_ site: String) -> Int {
    var more = [Int](repeating: 0, count: model.institutions.count)
    for book in simulation.model.domain.posts { book.addDifference(to: &more) }
    return more[self.site(site)]
  }
}
