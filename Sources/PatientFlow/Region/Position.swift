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

/// How people travel: on foot, or by road after some minutes of getting to a vehicle.
package struct TravelRule: Sendable {
  /// Road over straight-line distance.
  package var roadFactor: Double
  /// km/h.
  package var roadSpeed: Double
  /// Minutes before a trip by road begins.
  package var roadAccess: Double
  package var walkingSpeed: Double
  package var emergencySpeed: Double

  package init(
    roadFactor: Double, roadSpeed: Double, roadAccess: Double, walkingSpeed: Double,
    emergencySpeed: Double
  ) {
    self.roadFactor = roadFactor
    self.roadSpeed = roadSpeed
    self.roadAccess = roadAccess
    self.walkingSpeed = walkingSpeed
    self.emergencySpeed = emergencySpeed
  }

  /// Minutes one way, by whichever is quicker.
  package func minutes(from start: Position, to end: Position) -> Double {
    let straight = start.kilometres(to: end)
    return min(
      60 * straight / walkingSpeed, roadAccess + 60 * straight * roadFactor / roadSpeed)
  }

  /// Minutes by ambulance.
  package func emergencyMinutes(from start: Position, to end: Position) -> Double {
    60 * start.kilometres(to: end) * roadFactor / emergencySpeed
  }
}
