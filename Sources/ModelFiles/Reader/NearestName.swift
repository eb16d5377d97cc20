// SPDX-License-Identifier: GPL-3.0-or-later

/// The known name that an author most likely meant, or `nil` when none is near.
///
/// Near means at most two wrong letters, or a quarter of the longer name, by Damerau–Levenshtein
/// distance (swapped neighbours count once) without regard to case; one in names of up to four
/// letters. Ties go to the first in order.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  let written = Array(name.lowercased())
  var best: (distance: Int, name: String)?
  for candidate in known where candidate != name {
    let letters = Array(candidate.lowercased())
    let longer = max(written.count, letters.count)
    let allowed = longer <= 4 ? 1 : max(2, longer / 4)
    guard abs(letters.count - written.count) <= allowed else { continue }
    let distance = editDistance(written, letters)
    // A name of two letters is near everything two letters away: that would be no help.
    guard distance <= allowed, distance < max(written.count, letters.count) else { continue }
    if best == nil || distance < best!.distance { best = (distance, candidate) }
  }
  return best?.name
}

/// The remedy for an unknown name: the nearest known one, else all of them while they are few.
package func remedy(for name: String, among known: [String], kind: String) -> String {
  if let nearest = nearestName(to: name, among: known) { return "did you mean \(nearest)?" }
  if known.isEmpty { return "there is no \(kind) at all" }
  return "\(isShort(known) ? "the" : "some") known ones are \(listed(known, like: name))"
}

/// Whether a list of names is written out whole in a message.
private func isShort(_ names: [String]) -> Bool { names.count <= 16 }

/// Names for a message: all of a short list; of a long one those most like what was written.
func listed(_ names: [String], like name: String) -> String {
  if isShort(names) { return names.joined(separator: ", ") }
  let written = Array(name.lowercased())
  // What a name has more letters than the other says nothing of their likeness.
  let distances = names.map { name in
    let letters = Array(name.lowercased())
    return editDistance(written, letters) - abs(written.count - letters.count)
  }
  let order = names.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
  return order.prefix(8).map { names[$0] }.joined(separator: ", ") + ", …"
}

/// A word after its indefinite article.
func withArticle(_ word: String) -> String {
  (word.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + word
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    row.reserveCapacity(b.count + 1)
    for j in 1...b.count {
      var cost = min(
        last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        cost = min(cost, beforeLast[j - 2] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
