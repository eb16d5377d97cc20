// SPDX-License-Identifier: GPL-3.0-or-later

/// A town or an institution as a reader knows it: its names, and where it lies.
public struct RegionPlace: Sendable {
  public enum Kind: Sendable { case town, institution }

  public var kind: Kind
  /// The key of its row: the member by which results name it.
  public var key: String
  /// What people call it; `nil` where the model does not say.
  public var english: String?
  public var chinese: String?
  /// Degrees north and east.
  public var latitude: Double
  public var longitude: Double
  /// Residents of a town; `nil` of an institution.
  public var population: Int?
  /// An institution's tier, as files write it; `nil` of a town.
  public var tier: String?
  /// Whether it lies in the region: all towns, and the institutions that name a town.
  public var isInside: Bool

  /// The towns of a region in the order of their table, then its institutions; faults are those of
  /// reading the region.
  public static func all(of document: ModelDocument) -> [RegionPlace] {
    let section = document.section(FaultCollector())
    let towns = section.table("towns").rows.map { row in
      RegionPlace(
        kind: .town, key: row.key, english: row.textIfPresent("name_en"),
        chinese: row.textIfPresent("name_zh"),
        latitude: row.number("latitude_deg", .degrees, in: -90...90),
        longitude: row.number("longitude_deg", .degrees, in: -180...180),
        population: row.integer("population", in: 1...50_000_000), tier: nil, isInside: true)
    }
    return towns
      + section.table("institutions").rows.map { row in
        RegionPlace(
          kind: .institution, key: row.key, english: row.textIfPresent("name_en"),
          chinese: row.textIfPresent("name_zh"),
          latitude: row.number("latitude_deg", .degrees, in: -90...90),
          longitude: row.number("longitude_deg", .degrees, in: -180...180),
          population: nil, tier: row.text("tier"), isInside: row.has("town"))
      }
  }
}
