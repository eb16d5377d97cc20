// SPDX-License-Identifier: GPL-3.0-or-later

extension TableData {
  /// The unit that a column's last word names: `travel_minutes` is in minutes.
  package static func unit(ofColumn name: String) -> String {
    let words = name.split(separator: "_")
    guard let word = words.last else { return "" }
    if words.count > 1, words[words.count - 2] == "per" {
      switch word {
      case "minute": return "/min"
      case "hour": return "/h"
      case "day": return "/d"
      case "year": return "/year"
      default: return ""
      }
    }
    switch word {
    case "seconds": return "s"
    case "minutes": return "min"
    case "hours", "hour": return "h"
    case "days": return "d"
    case "years": return "year"
    case "yuan": return "CNY"
    case "fen": return "fen"
    case "km": return "km"
    case "deg": return "deg"
    default: return ""
    }
  }
}
