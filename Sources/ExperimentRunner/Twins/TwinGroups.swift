// SPDX-License-Identifier: GPL-3.0-or-later

import PatientFlow

/// The groups in which residents are told apart, each by something that no policy of the window changes.
struct TwinGroups {
  /// In the order in which tables stand.
  static let dimensions = ["town", "tier", "scheme", "income", "distance", "age"]
  /// Of a resident who has not been anywhere before the window.
  static let noTier = "none"
  /// Upper ends of the bands of distance, minutes.
  private static let bands = [15.0, 30, 45, 60]
  static let bandNames = ["under 15 min", "15-30 min", "30-45 min", "45-60 min", "over 60 min"]

  struct Grouping {
    var dimension: String
    var members: [String]
    /// The member of each resident.
    var places: [UInt8]
  }

  /// Dimensions that the model tells apart.
  let all: [Grouping]
  /// Minutes from each resident's village to the nearest county hospital, one way.
  let minutes: [Double]

  /// - Parameter records: Of the baseline, by row of the population.
  init(_ model: RegionModel, _ population: Population, _ records: [ResidentRecord]) {
    let residents = population.residents
    let villages = Self.villageMinutes(model)
    minutes = residents.map { villages[Int($0.village)] }
    let tiers = Tier.allCases
    var all = [
      Grouping(
        dimension: "town", members: model.towns.map(\.name), places: residents.map(\.town)),
      Grouping(
        dimension: "tier", members: tiers.map(\.name) + [Self.noTier],
        places: records.map { record in
          UInt8(Tier(rawValue: record.usualTier)?.row ?? tiers.count)
        }),
      Grouping(
        dimension: "scheme", members: model.population.schemes, places: residents.map(\.scheme)),
    ]
    if model.trends.incomeGroups.count > 1 {
      all.append(
        Grouping(
          dimension: "income", members: model.trends.incomeGroups,
          places: residents.map(\.incomeGroup)))
    }
    all.append(
      Grouping(
        dimension: "distance", members: Self.bandNames,
        places: minutes.map { minutes in
          UInt8(Self.bands.firstIndex { minutes < $0 } ?? Self.bands.count)
        }))
    all.append(
      Grouping(
        dimension: "age", members: model.population.ageGroups, places: residents.map(\.ageGroup)))
    self.all = all
  }

  /// Minutes from each village to the nearest county hospital of the region; where it has none, to the
  /// nearest place with beds.
  private static func villageMinutes(_ model: RegionModel) -> [Double] {
    let inside = model.institutions.indices.filter {
      model.institutions[$0].town != nil && !model.institutions[$0].isPlanned
    }
    let county = inside.filter { model.institutions[$0].tier == .county }
    let withBeds = inside.filter { model.institutions[$0].acuteBeds > 0 }
    let wanted = !county.isEmpty ? county : withBeds.isEmpty ? inside : withBeds
    return model.villages.indices.map { village in
      wanted.map { Double(model.travelMinutes(village: UInt16(village), to: $0)) }.min() ?? 0
    }
  }
}

extension RegionModel {
  /// Income of each income group over the mean of all residents: the inverse of the group's weight of money,
  /// as the weight falls with the growth of income. One group, of 1, where the model tells none apart.
  var relativeIncomes: [Double] {
    guard trends.incomeGroups.count > 1 else { return [1] }
    let incomes = trends.incomeWeights.map { 1 / max(1e-9, $0) }
    let shares = trends.incomeShares
    let mean =
      zip(incomes, shares).reduce(0) { $0 + $1.0 * $1.1 } / shares.reduce(0, +)
    return incomes.map { $0 / mean }
  }
}
