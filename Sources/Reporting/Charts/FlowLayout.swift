// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the nodes and the bands of a flow diagram of two columns lie, in pixels from the top.
package struct FlowLayout {
  /// From a node of the left column to one of the right.
  package struct Flow {
    package var from: Int
    package var to: Int
    /// Not below zero.
    package var value: Double

    package init(from: Int, to: Int, value: Double) {
      (self.from, self.to, self.value) = (from, to, value)
    }
  }

  package struct Place {
    /// Of the node itself.
    package var top: Double
    package var height: Double
    /// Of the slot that also holds its label.
    package var middle: Double
  }

  package struct Band {
    package var flow: Int
    package var left: Double
    package var right: Double
    package var height: Double
  }

  /// A node takes no less than this, so that labels of two lines do not meet.
  package static let leastSlot = 28.0
  package static let gap = 6.0

  package let left: [Place]
  package let right: [Place]
  package let bands: [Band]

  /// - Parameters:
  ///   - counts: Of nodes, left and right.
  ///   - scale: Pixels of a unit.
  package init(_ flows: [Flow], counts: (left: Int, right: Int), scale: Double) {
    let leftPlaces = Self.places(flows, counts.left, \.from, scale)
    let rightPlaces = Self.places(flows, counts.right, \.to, scale)
    (left, right) = (leftPlaces, rightPlaces)
    var leftTops = leftPlaces.map(\.top)
    var rightTops = rightPlaces.map(\.top)
    var bands = flows.indices.map {
      Band(flow: $0, left: 0, right: 0, height: flows[$0].value * scale)
    }
    // At either end bands leave a node in the order of the nodes at the other end: no needless crossing.
    for index in Self.order(flows, \.from, \.to) {
      bands[index].left = leftTops[flows[index].from]
      leftTops[flows[index].from] += bands[index].height
    }
    for index in Self.order(flows, \.to, \.from) {
      bands[index].right = rightTops[flows[index].to]
      rightTops[flows[index].to] += bands[index].height
    }
    self.bands = bands.filter { $0.height > 0 }
  }

  /// The largest scale at which all of some sets of flows fit into a height.
  package static func scale(
    of sets: [[Flow]], counts: (left: Int, right: Int), height: Double
  ) -> Double {
    func fits(_ scale: Double) -> Bool {
      sets.allSatisfy { flows in
        [places(flows, counts.left, \.from, scale), places(flows, counts.right, \.to, scale)]
          .allSatisfy { column in
            column.reduce(-gap) { $0 + max($1.height, leastSlot) + gap } <= height
          }
      }
    }
    let largest = sets.flatMap { $0 }.map(\.value).max() ?? 0
    guard largest > 0 else { return 0 }
    var (low, high) = (0.0, height / largest)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  private static func order(
    _ flows: [Flow], _ own: KeyPath<Flow, Int>, _ other: KeyPath<Flow, Int>
  ) -> [Int] {
    flows.indices.sorted { one, two in
      let keys = [one, two].map { [flows[$0][keyPath: own], flows[$0][keyPath: other], $0] }
      return keys[0].lexicographicallyPrecedes(keys[1])
    }
  }

  private static func places(
    _ flows: [Flow], _ count: Int, _ side: KeyPath<Flow, Int>, _ scale: Double
  ) -> [Place] {
    var totals = [Double](repeating: 0, count: count)
    for flow in flows { totals[flow[keyPath: side]] += flow.value }
    var top = 0.0
    return totals.map { total in
      let height = total * scale
      let slot = max(height, leastSlot)
      defer { top += slot + gap }
      return Place(top: top + (slot - height) / 2, height: height, middle: top + slot / 2)
    }
  }
}
