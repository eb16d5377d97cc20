// SPDX-License-Identifier: GPL-3.0-or-later

/// Where labels of points go, so that they cover neither each other nor the points: each in its turn takes
/// the best of some places around its point. Coordinates are pixels, to the right and down.
package struct LabelPlacement {
  package struct Box {
    package var left: Double
    package var top: Double
    package var right: Double
    package var bottom: Double

    package init(left: Double, top: Double, right: Double, bottom: Double) {
      (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    /// Square pixels that both cover.
    package func overlap(_ other: Box) -> Double {
      max(0, min(right, other.right) - max(left, other.left))
        * max(0, min(bottom, other.bottom) - max(top, other.top))
    }

    var area: Double { (right - left) * (bottom - top) }
  }

  package struct Placed {
    package var box: Box
    /// Where the text is anchored: -1 at its right end, 0 in its middle, 1 at its left end.
    package var side: Int
    /// Whether it stands so far off that a line must lead to it.
    package var isApart: Bool
  }

  /// The picture.
  let bounds: Box
  private var taken: [Box]

  /// - Parameter obstacles: What labels should not cover.
  package init(bounds: Box, obstacles: [Box]) {
    self.bounds = bounds
    taken = obstacles
  }

  /// How much of what is there a line from the edge of a point would cross.
  private func crossings(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ radius: Double
  ) -> Int {
    let (across, down) = (end.x - start.x, end.y - start.y)
    let length = max((across * across + down * down).squareRoot(), 1e-9)
    let steps = 12
    return taken.count { box in
      (0..<steps).contains { step in
        let part = (radius + (length - radius) * Double(step + 1) / Double(steps + 1)) / length
        let (x, y) = (start.x + across * part, start.y + down * part)
        return x > box.left && x < box.right && y > box.top && y < box.bottom
      }
    }
  }

  /// Places a label and keeps its place free of later ones.
  ///
  /// - Parameters:
  ///   - radius: Of the point, which the label stands beside.
  package mutating func place(
    x: Double, y: Double, radius: Double, width: Double, height: Double
  ) -> Placed {
    var best: (cost: Double, placed: Placed)?
    for (ring, distance) in [3.0, 16, 32].enumerated() {
      let (dx, dy) = (radius + distance, radius + distance)
      let places: [(side: Int, x: Double, y: Double)] = [
        (1, x + dx, y), (-1, x - dx, y), (0, x, y + dy + height / 2), (0, x, y - dy - height / 2),
        (1, x + dx * 0.75, y + dy * 0.75 + height / 3),
        (1, x + dx * 0.75, y - dy * 0.75 - height / 3),
        (-1, x - dx * 0.75, y + dy * 0.75 + height / 3),
        (-1, x - dx * 0.75, y - dy * 0.75 - height / 3),
      ]
      for (rank, place) in places.enumerated() {
        let left = place.side > 0 ? place.x : place.side < 0 ? place.x - width : place.x - width / 2
        let box = Box(
          left: left, top: place.y - height / 2, right: left + width, bottom: place.y + height / 2)
        // Nearer and to the right reads best, but not at the price of a letter covered.
        let hidden = taken.reduce(box.area - box.overlap(bounds)) { $0 + $1.overlap(box) }
        let crossed = ring == 0 ? 0 : crossings(from: (x, y), to: (place.x, place.y), radius)
        let cost = hidden + Double(rank) * 0.5 + Double(ring) * 12 + Double(crossed) * 20
        if cost < best?.cost ?? .infinity {
          best = (cost, Placed(box: box, side: place.side, isApart: ring > 0))
        }
      }
    }
    let placed = best?.placed ?? Placed(box: bounds, side: 0, isApart: false)
    taken.append(placed.box)
    return placed
  }
}
