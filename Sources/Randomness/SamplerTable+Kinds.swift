// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SamplerTable {
  /// The row of a distribution, whose lists go to the end of the other tables.
  mutating func compile(_ distribution: Distribution) -> Row {
    if let row = Row(distribution.form) { return row }
    switch distribution.form {
    case .normal(let mean, let deviation, let lowest, let highest):
      var row = Row(.truncatedNormal)
      row.first = UInt32(truncations.count)
      truncations.append(
        TruncatedNormal(
          mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest))
      return row
    case .empirical(let points):
      let row = listRow(.empirical, weights: points.map(\.weight))
      // Other lists before this one may have been mixtures': the values stay at their places.
      values.append(contentsOf: repeatElement(0, count: Int(row.first) - values.count))
      values.append(contentsOf: points.map(\.value))
      return row
    case .mixture(let parts):
      let compiled = parts.map { compile($0.distribution) }
      let row = listRow(.mixture, weights: parts.map(\.weight))
      let unused = Row(.constant)
      components.append(
        contentsOf: repeatElement(unused, count: Int(row.first) - components.count))
      components.append(contentsOf: compiled)
      return row
    case .phaseType(let phases):
      var row = Row(.phaseType)
      row.first = UInt32(phaseWalks.count)
      phaseWalks.append(PhaseWalk(phases))
      return row
    case .truncated(let inner, let lowest, let highest):
      let truncation = Truncation(inner, lowest: lowest, highest: highest)
      let cut = Cut(
        truncation: truncation, inner: compile(inner),
        isDrawnByRejection: truncation.isDrawnByRejection)
      var row = Row(.truncated)
      row.first = UInt32(cuts.count)
      cuts.append(cut)
      return row
    case .shifted(let inner, let offset):
      let compiled = compile(inner)
      var row = Row(.shifted, offset)
      row.first = UInt32(shifted.count)
      shifted.append(compiled)
      return row
    default: preconditionFailure("a \(distribution.name) distribution is one row")
    }
  }

  /// A row whose probabilities are added to `cumulative`.
  private mutating func listRow(_ kind: Kind, weights: [Double]) -> Row {
    var row = Row(kind)
    row.first = UInt32(cumulative.count)
    row.count = UInt32(weights.count)
    var sum = 0.0
    for weight in weights {
      sum += weight
      cumulative.append(sum)
    }
    cumulative[cumulative.count - 1] = 1  // whatever rounding left
    return row
  }

  /// Draws from the kinds that `sample` does not draw in line, and from parts of mixtures.
  @usableFromInline
  func sampleOutOfLine(_ start: Row, _ stream: inout RandomStream) -> Double {
    var row = start
    while row.kind == .mixture { row = components[place(in: row, stream.uniform())] }
    switch row.kind {
    case .truncatedNormal: return truncations[Int(row.first)].quantile(stream.uniform())
    case .empirical: return values[place(in: row, stream.uniform())]
    case .phaseType: return phaseWalks[Int(row.first)].sample(&stream)
    case .truncated: return sample(of: cuts[Int(row.first)], &stream)
    case .shifted: return row.a + sampleWhole(shifted[Int(row.first)], &stream)
    // Within a mixture these are drawn by inversion too.
    case .exponential: return row.a * -log(1 - stream.uniform())
    default: return row.sample(&stream)
    }
  }

  /// Draws from a row as `sample` does.
  private func sampleWhole(_ row: Row, _ stream: inout RandomStream) -> Double {
    row.kind == .exponential ? row.sample(&stream) : sampleOutOfLine(row, &stream)
  }

  private func sample(of cut: Cut, _ stream: inout RandomStream) -> Double {
    let truncation = cut.truncation
    guard cut.isDrawnByRejection else { return truncation.quantile(stream.uniform()) }
    while true {
      let sample = sampleWhole(cut.inner, &stream)
      if truncation.lowest <= sample && sample <= truncation.highest { return sample }
    }
  }

  /// The place whose share of the unit interval holds `u`: a search of about log₂(count) steps.
  private func place(in row: Row, _ u: Double) -> Int {
    var low = Int(row.first)
    var length = Int(row.count)
    while length > 1 {
      let half = length / 2
      if cumulative[low + half - 1] <= u { low += half }
      length -= half
    }
    return low
  }
}
