// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// Where towns and institutions lie on a picture: kilometres from its south-western corner, as long to
/// the east as to the north.
///
/// Source: equirectangular projection with the middle latitude as its standard parallel; the mean radius
/// of the Earth is 6371.0 km (IUGG). Over a county its error is under one part in a thousand.
struct TownMap {
  /// Pixels.
  let width: Double
  let height: Double
  private let pixelsPerKilometre: Double
  private let west: Double
  private let north: Double
  private let cosine: Double
  private let indent: (x: Double, y: Double)

  private static let kilometresPerDegree = 6371.0 * Double.pi / 180

  /// - Parameters:
  ///   - most: Pixels at most.
  ///   - indent: Pixels that are left free around the outermost places.
  init(
    _ places: [RegionPlace], most: (width: Double, height: Double),
    indent: (x: Double, y: Double)
  ) {
    let latitudes = places.map(\.latitude)
    let longitudes = places.map(\.longitude)
    let (south, top) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
    let (left, right) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
    (west, north) = (left, top)
    cosine = cos((south + top) / 2 * Double.pi / 180)
    let across = max(1, (right - left) * cosine * Self.kilometresPerDegree)
    let down = max(1, (top - south) * Self.kilometresPerDegree)
    pixelsPerKilometre = min(
      (most.width - 2 * indent.x) / across, (most.height - 2 * indent.y) / down)
    width = most.width
    height = (down * pixelsPerKilometre + 2 * indent.y).rounded()
    // What is left of the width is shared out for labels.
    self.indent = ((most.width - across * pixelsPerKilometre) / 2, indent.y)
  }

  /// Kilometres that the picture is wide and high.
  var extent: (x: Double, y: Double) { (width / pixelsPerKilometre, height / pixelsPerKilometre) }

  /// Pixels, to the right and down.
  func pixels(_ place: RegionPlace) -> (x: Double, y: Double) {
    let scale = Self.kilometresPerDegree * pixelsPerKilometre
    return (
      indent.x + (place.longitude - west) * cosine * scale,
      indent.y + (north - place.latitude) * scale
    )
  }

  /// Kilometres, to the east and north, to a metre.
  func kilometres(_ pixels: (x: Double, y: Double)) -> (x: Double, y: Double) {
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    return (
      rounded(pixels.x / pixelsPerKilometre), rounded((height - pixels.y) / pixelsPerKilometre)
    )
  }
}
