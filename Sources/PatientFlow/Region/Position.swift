// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A place on the earth, degrees.
package struct Position: Hashable, Sendable, BitwiseCopyable {
  package var latitude: Double
  package var longitude: Double

  package init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Great-circle distance in km (haversine, earth radius 6,371 km).
  package func kilometres(to other: Position) -> Double {
    let radian = Double.pi / 180
    let north = (other.latitude - latitude) * radian
    let east = (other.longitude - longitude) * radian
    let half =
      sin(north / 2) * sin(north / 2)
      + cos(latitude * radian) * cos(other.latitude * radian) * sin(east / 2) * sin(east / 2)
    return 2 * 6371 * asin(min(1, half.squareRoot()))
  }
}

/// How people travel: on foot, or by road after some minutes of getting to a vehicle; country roads
/// near home, trunk roads beyond.
package struct TravelRule: Sendable {
  /// Country road over straight-line distance, and its km/h.
  package var roadFactor: Double
  package var roadSpeed: Double
  /// Minutes before a trip by road begins.
  package var roadAccess: Double
  /// Straight-line km from which on trunk roads lead, their length over the straight line, and km/h.
  package var trunkAfter: Double
  package var trunkFactor: Double
  package var trunkSpeed: Double
  package var walkingSpeed: Double
  /// How much quicker an ambulance is on any road.
  package var emergencyFactor: Double

  package init(
    roadFactor: Double, roadSpeed: Double, roadAccess: Double, trunkAfter: Double,
    trunkFactor: Double, trunkSpeed: Double, walkingSpeed: Double, emergencyFactor: Double
  ) {
    self.roadFactor = roadFactor
    self.roadSpeed = roadSpeed
    self.roadAccess = roadAccess
    self.trunkAfter = trunkAfter
    self.trunkFactor = trunkFactor
    self.trunkSpeed = trunkSpeed
    self.walkingSpeed = walkingSpeed
    self.emergencyFactor = emergencyFactor
  }

  private func roadMinutes(_ straight: Double) -> Double {
    60
      * (min(straight, trunkAfter) * roadFactor / roadSpeed
        + max(0, straight - trunkAfter) * trunkFactor / trunkSpeed)
  }

  /// Minutes one way, on foot or by road, whichever is quicker.
  package func minutes(from start: Position, to end: Position) -> Double {
    let straight = start.kilometres(to: end)
    return min(60 * straight / walkingSpeed, roadAccess + roadMinutes(straight))
  }

  /// Minutes by ambulance.
  package func emergencyMinutes(from start: Position, to end: Position) -> Double {
    roadMinutes(start.kilometres(to: end)) / emergencyFactor
  }
}
