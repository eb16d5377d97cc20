// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// What is compared, and the numbers that the comparison itself needs.
public struct TwinSettings: Codable, Hashable, Sendable {
  public var scenario: String
  public var baseline: String
  /// Minutes of travel, one way, within which people come: the catchment of accessibility.
  public var catchment = 30.0
  /// CNY a head and year, the mean of all residents; `nil`: nothing is said of catastrophic spending.
  public var income: Double?
  /// Shares of income from which spending is called catastrophic.
  public var thresholds = [0.1, 0.25]

  public init(scenario: String, baseline: String) {
    self.scenario = scenario
    self.baseline = baseline
  }

  /// The key of the provenance under which they stand.
  static let key = "twins"

  /// One line of JSON, its keys in order.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("plain numbers and texts can be written")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

extension ResultsHeader {
  /// What a file of twins compares; `nil` of other files.
  public var twins: TwinSettings? {
    provenance[TwinSettings.key].flatMap {
      try? JSONDecoder().decode(TwinSettings.self, from: Data($0.utf8))
    }
  }
}
