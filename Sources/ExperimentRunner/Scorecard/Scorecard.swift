// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// Every claim of the source documents, and what the models say of it.
public struct Scorecard: Sendable {
  public struct Row: Sendable {
    public var claim: Claim
    public var test: ClaimTest?
    public var prediction: ClaimPrediction?
    public var problem: ClaimProblem?
    public var judgement: ClaimJudgement?

    public init(_ claim: Claim) { self.claim = claim }

    package init(_ claim: Claim, _ test: ClaimTest?, _ prediction: ClaimPrediction?) {
      self.claim = claim
      self.test = test
      self.prediction = prediction
      judgement =
        if let test, let prediction { ClaimJudgement(test, prediction) } else { nil }
    }

    /// Of a claim that results are held beside, or could not be.
    public var verdict: ClaimVerdict? {
      if let judgement { return judgement.verdict }
      if claim.use == .notComparable || problem == .zeroBaseline { return .notComparable }
      if problem != nil { return .undetermined }
      return claim.use.isPredicted ? .noResults : nil
    }
  }

  /// The claims chosen, in the order of the table.
  public private(set) var rows: [Row]

  public init(_ claims: [Claim]) { rows = claims.map { Row($0) } }

  package init(rows: [Row]) { self.rows = rows }

  /// Holds results of an experiment beside its claims.
  ///
  /// - Throws: ``RunnerFault`` when the file cannot be read at all.
  public mutating func hold(_ results: ResultsFile, beside tests: [ClaimTest]) throws {
    let predictor: ClaimPredictor
    do {
      predictor = try ClaimPredictor(results)
    } catch let fault as RunnerFault where fault.cause == .invalidInput {
      return put(tests) { $0.problem = .unusable(fault.description) }
    }
    for test in tests {
      let prediction = try predictor.prediction(test)
      put([test]) { row in
        switch prediction {
        case .success(let found): row = Row(row.claim, test, found)
        case .failure(let problem): row.problem = problem
        }
      }
    }
  }

  private mutating func put(_ tests: [ClaimTest], _ change: (inout Row) -> Void) {
    for test in tests {
      guard let place = rows.firstIndex(where: { $0.claim.id == test.claim.id }) else { continue }
      rows[place].test = test
      change(&rows[place])
    }
  }

  // MARK: Counts

  /// How many outcomes with a direction are right, wrong and unclear, and what became of sizes; fitted
  /// numbers and aims are never among them.
  public struct Counts: Hashable, Sendable {
    public var right = 0
    public var wrong = 0
    public var unclear = 0
    /// Of those right, whose size was seen is within what is predicted.
    public var hits = 0
    /// Of those right, which claim a size at all.
    public var sized = 0
    public var levelHits = 0
    public var levelMisses = 0
    public var levelsUndetermined = 0
    public var withoutResults = 0

    public var directions: Int { right + wrong + unclear }
    public var levels: Int { levelHits + levelMisses + levelsUndetermined }
  }

  public var counts: Counts {
    var counts = Counts()
    for row in rows where row.claim.use == .scored {
      guard let judgement = row.judgement else {
        counts.withoutResults += 1
        continue
      }
      switch judgement.direction {
      case .right?:
        counts.right += 1
        if judgement.verdict != .right { counts.sized += 1 }
        if judgement.verdict == .hit { counts.hits += 1 }
      case .wrong?: counts.wrong += 1
      case _?: counts.unclear += 1
      case nil:
        switch judgement.verdict {
        case .hit: counts.levelHits += 1
        case .miss: counts.levelMisses += 1
        default: counts.levelsUndetermined += 1
        }
      }
    }
    return counts
  }

  /// Rows of a use, in their order.
  public func rows(_ use: Claim.Use) -> [Row] { rows.filter { $0.claim.use == use } }

  /// Claims whose reason names others by their identifiers: those that contradict each other, or an
  /// arithmetic that joins them.
  public var joined: [(row: Row, others: [Row])] {
    rows.compactMap { row in
      let named = row.claim.namedClaims.compactMap { id in rows.first { $0.claim.id == id } }
      return named.isEmpty ? nil : (row, named)
    }
  }
}

extension Claim {
  /// Identifiers of other claims that the reason names, in its order, each once.
  public var namedClaims: [String] {
    var found: [String] = []
    for match in reason.matches(of: #/[A-Z]{2}-[0-9]{3}/#) {
      let id = String(match.output)
      if id != self.id, !found.contains(id) { found.append(id) }
    }
    return found
  }
}
