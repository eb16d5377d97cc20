// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

extension ModelDocument {
  /// What an assumption is at a place of its range, where 0.5 is as stated, with its unit; of a column the
  /// value in its first row.
  ///
  /// - Parameter path: As ``Assumption/path`` has it.
  /// - Returns: Three significant digits; `nil` where the path states no range.
  package func valueInRange(of path: String, at place: Double) -> String? {
    guard let path = ModelPath(path), let range = ranges.ranges(at: path).first?.range else {
      return nil
    }
    let text = range.text(at: place)
    guard let quantity = Quantity(text) else { return text }
    let digits = plainNumber(Double(String(format: "%.3g", quantity.value)) ?? quantity.value)
    return quantity.unitText.isEmpty ? digits : "\(digits) \(quantity.unitText)"
  }
}
