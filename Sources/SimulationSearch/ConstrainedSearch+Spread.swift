// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns

extension ConstrainedSearch {
  /// The least budget with which a search of so many columns makes sense.
  public static func leastBudget(columns: Int, candidates: Int, replications: Int) -> Int {
    let first = firstCandidates(columns: columns, candidates: candidates)
    return Int((Double((first + 4) * replications) / searchShare).rounded(.up))
  }

  static func firstCandidates(columns: Int, candidates: Int) -> Int {
    min(candidates, 2 * columns + 4)
  }

  /// The first candidate, and those next to the points of a Latin hypercube.
  var spread: [Int] {
    let columns = candidates[0].count
    let count = Self.firstCandidates(columns: columns, candidates: candidates.count)
    var chosen = [0]
    var isChosen = Set(chosen)
    for point in LatinHypercube.points(max(1, count - 1), columns: columns, seed: seed) {
      var nearest: (distance: Double, index: Int)?
      for index in candidates.indices where !isChosen.contains(index) {
        let distance = zip(candidates[index], point).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        if distance < nearest?.distance ?? .infinity { nearest = (distance, index) }
      }
      guard let index = nearest?.index else { break }
      isChosen.insert(index)
      chosen.append(index)
    }
    return chosen
  }
}
