// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of a supply each place has within reach, when those who live near it share it.
///
/// Two steps: the supply of each site is divided by the people within its catchment; each place then
/// adds up the quotients of the sites within its own. Weighted by people, the mean over places is all
/// supply that anybody reaches over all people.
///
/// Source: Luo & Wang, *Environment and Planning B* 30 (2003) 865–884.
public struct FloatingCatchment: Sendable {
  /// Minutes of travel within which people come.
  public var minutes: Double

  public init(minutes: Double) {
    precondition(minutes > 0, "a catchment has a width")
    self.minutes = minutes
  }

  /// - Parameters:
  ///   - supplies: Of each site, in any unit such as doctors; none below zero.
  ///   - people: Of each place.
  ///   - travel: Minutes from a place to a site, by their indices.
  /// - Returns: Supply per person of each place. O(places × sites).
  public func access(
    supplies: [Double], people: [Double], travel: (_ place: Int, _ site: Int) -> Double
  ) -> [Double] {
    let perPerson = supplies.indices.map { site in
      guard supplies[site] > 0 else { return 0.0 }
      let within = people.indices.reduce(0) { sum, place in
        travel(place, site) <= minutes ? sum + people[place] : sum
      }
      return within > 0 ? supplies[site] / within : 0
    }
    return people.indices.map { place in
      supplies.indices.reduce(0) { sum, site in
        travel(place, site) <= minutes ? sum + perPerson[site] : sum
      }
    }
  }
}
