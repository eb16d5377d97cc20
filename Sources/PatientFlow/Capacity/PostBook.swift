// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Randomness

/// How often doctors' posts fall vacant and are filled again.
///
/// A post is filled for a geometric number of days, then vacant for another: an alternating renewal
/// process, in which the share of time vacant is q / (q + f).
package struct PostRates: Hashable, BitwiseCopyable, Sendable {
  /// Probability that a filled post falls vacant on a day, and that a vacant one is filled.
  package let quit: Double
  package let fill: Double

  /// No post changes hands faster than every second day: it keeps 1 − q ≥ f, on which hangs that
  /// better rates fill a post whenever worse ones do.
  private static let most = 0.5

  /// - Parameters:
  ///   - turnover: departures a year of a filled post, at the pay that is usual.
  ///   - hiringDays: mean days to fill a vacant one, at the pay that is usual.
  ///   - payFactor: pay over what is usual.
  ///   - turnoverResponse, hiringResponse: by how much the log of turnover falls, and the log of
  ///     hiring rises, per unit of log pay.
  package init(
    turnover: Double, hiringDays: Double, payFactor: Double = 1, turnoverResponse: Double = 0,
    hiringResponse: Double = 0
  ) {
    let leaving = turnover / 365.25 * pow(payFactor, -turnoverResponse)
    let hiring = pow(payFactor, hiringResponse) / hiringDays
    quit = min(Self.most, 1 - exp(-leaving))
    fill = min(Self.most, 1 - exp(-hiring))
  }

  /// The share of time that a post is vacant in the long run.
  package var vacancy: Double { quit == 0 ? 0 : quit / (quit + fill) }

  /// The probability that a post is filled so many days after it was, or was not.
  package func filledShare(afterDays days: Int, from isFilled: Bool) -> Double {
    let remembered = pow(1 - quit - fill, Double(days))
    return (1 - vacancy) * (1 - remembered) + (isFilled ? remembered : 0)
  }

  /// Whether a post is filled on the next day.
  @inline(__always)
  func isFilled(next isFilled: Bool, _ uniform: Double) -> Bool {
    uniform < (isFilled ? 1 - quit : fill)
  }
}

/// The posts of the institutions that one policy is about, day by day, as they are and as they would
/// be at the pay that is usual and without the posts added.
///
/// The doctors that a model states are those of today's pay. So what changes is the difference of
/// two processes that begin alike and that the same numbers drive: where pay stays and no post is
/// added it is nothing, on any day. Of the posts of an institution, as many are filled at the start
/// as it has doctors, and as many are vacant beside as the usual rates leave vacant.
package struct PostBook: Sendable {
  private struct Post {
    var site: Int32
    /// Among the posts of its institution.
    var number: UInt32
    var owner: UInt64
    var isAdded: Bool
    var isFilledAsUsual: Bool
    var isFilled: Bool
  }

  private let usual: PostRates
  private let rates: PostRates
  private var posts: [Post] = []

  /// - Parameters:
  ///   - sites: rows of institutions, their keys, and the doctors they have.
  ///   - added: posts added at each; they begin vacant.
  package init(
    _ sites: [(row: Int, key: UInt64, doctors: Int)], usual: PostRates, rates: PostRates,
    added: Int
  ) {
    self.usual = usual
    self.rates = rates
    for site in sites {
      let standing = Int((Double(site.doctors) / (1 - usual.vacancy)).rounded())
      for number in 0..<standing + added {
        let isFilled = number < site.doctors
        posts.append(
          Post(
            site: Int32(site.row), number: UInt32(number), owner: site.key,
            isAdded: number >= standing, isFilledAsUsual: isFilled, isFilled: isFilled))
      }
    }
  }

  /// Goes on by a day.
  package mutating func turn(to day: Int, _ root: RandomRoot) {
    for place in posts.indices {
      var draw = RandomStream(
        root, Draw.post, owner: posts[place].owner, episode: UInt64(day),
        variate: posts[place].number)
      let uniform = draw.uniform()
      posts[place].isFilled = rates.isFilled(next: posts[place].isFilled, uniform)
      if !posts[place].isAdded {
        posts[place].isFilledAsUsual = usual.isFilled(next: posts[place].isFilledAsUsual, uniform)
      }
    }
  }

  /// Adds to each institution's sum the doctors it has more than as usual.
  package func addDifference(to doctors: inout [Int]) {
    for post in posts {
      doctors[Int(post.site)] += (post.isFilled ? 1 : 0) - (post.isFilledAsUsual ? 1 : 0)
    }
  }

  package var postCount: Int { posts.count }
  package var vacantCount: Int { posts.count { !$0.isFilled } }
  package var filledCount: Int { posts.count { $0.isFilled } }
  package var filledAsUsualCount: Int { posts.count { $0.isFilledAsUsual } }
}
