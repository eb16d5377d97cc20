// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Metamodels
import OutputAnalysis

/// Finds the best of many candidates that meets requirements, from a few noisy runs of some of them.
///
/// It goes in three steps, all under common random numbers.
///
/// 1. *Spread*: the first candidate, the model as it is, and others spread over all, by a Latin hypercube.
/// 2. *Search*: metamodels of the objective and of each requirement's slack are made of what was run, and
///    the candidate is run next whose expected improvement over the best so far, times the
///    probability that it meets the requirements, is greatest; as long as none meets them, the one that is
///    likeliest to. It ends when the most to be expected is a tenth of the difference that matters and the
///    neighbours of the best that would be better were run, when no candidate is left that may meet the
///    requirements, or when the runs are spent that are not kept for the last step.
/// 3. *Clean-up*: those that were run and may be the best are replicated side by side until one is chosen
///    (``ConstrainedSelection``). The first candidate is replicated along: the luck that all have in common
///    is that of its replications, so the level of all is known as well as its own. Where that
///    shows that others may be better, or that none of these meets the requirements, the search goes on.
///
/// A candidate that gives no value in some replication cannot be judged: it is left out from there on.
///
/// The guarantee is for the candidates that were compared in the last step; each further round has half
/// the risk of the one before. What may have been overlooked among those never run is stated as the
/// metamodels see it (``promise``).
///
/// Each stage follows from what the stages before showed, so that a search that was killed is made
/// again from its stored replications.
///
/// Sources: Gardner et al., *ICML* 2014, 937–945 (expected improvement with constraints); Andradóttir and
/// Kim (2010), see ``ConstrainedSelection``.
public struct ConstrainedSearch: Sendable {
  /// Replications of a candidate.
  public struct Look: Hashable, Sendable {
    /// Index of the candidate.
    public var candidate: Int
    /// Numbers from 1.
    public var replications: ClosedRange<Int>
  }

  public enum Step: Int, Comparable, Sendable {
    case spread, search, cleanUp, ended

    public static func < (first: Step, second: Step) -> Bool { first.rawValue < second.rawValue }
  }

  public let question: SearchQuestion
  /// A row a candidate, each column from 0 to 1; the first is what changes are measured against.
  public let candidates: [[Double]]
  /// Replications of a candidate when it is first run.
  public let replications: Int
  /// The most replications of all candidates together.
  public let budget: Int
  public let seed: UInt64

  /// Of each candidate that was run, its outputs by replication.
  public private(set) var values: [Int: [[Double]]] = [:]
  public private(set) var step = Step.spread
  /// Candidates in the order in which they were first run.
  public private(set) var order: [Int] = []
  /// What the last step compares.
  public private(set) var contenders: [Int] = []
  /// Those that were compared and are known to miss a requirement, or to lie behind another.
  public private(set) var dropped: Set<Int> = []
  /// Whether candidates that were compared meet the requirements, as far as that is known.
  public private(set) var meets: [Int: Bool] = [:]
  /// Candidates that gave no value in some replication.
  public private(set) var undefined: Set<Int> = []
  /// What the metamodels were when their lengths were found, and of how many candidates.
  private var learned: (count: Int, processes: [Int: GaussianProcess]) = (0, [:])
  private var round = 0
  /// Replications that the search of this round may reach.
  private var searchLimit = 0
  public private(set) var selection: ConstrainedSelection?
  /// The greatest expected improvement, or probability of meeting the requirements, at the last look.
  public private(set) var promise: Promise?
  private var stage: [Look] = []

  /// What the metamodels hope for from candidates not run.
  public enum Promise: Hashable, Sendable {
    /// In the objective's unit.
    case gain(Double)
    /// None that was run meets the requirements: the probability that the likeliest of the others does.
    case feasibility(Double)
  }

  /// Most candidates that the last step compares, where the budget allows each its first stage twice.
  static let mostContenders = 10
  /// Most candidates of which metamodels are made, which cost the cube of their number.
  static let mostModelled = 200
  /// Share of the budget that the first two steps may spend.
  static let searchShare = 0.7

  public init(
    _ question: SearchQuestion, candidates: [[Double]], replications: Int = 4, budget: Int,
    seed: UInt64 = 1
  ) {
    precondition(candidates.count >= 2, "there is something to look for")
    precondition(replications >= 3, "run noise is told from three replications at least")
    self.question = question
    self.candidates = candidates
    self.replications = replications
    self.budget = budget
    self.seed = seed
    searchLimit = Int(Self.searchShare * Double(budget))
    let ofFirst = max(firstStage, budget / 20)
    stage = spread.map {
      Look(candidate: $0, replications: 1...($0 == 0 ? ofFirst : replications))
    }
  }

  public var spent: Int { values.values.reduce(0) { $0 + $1.count } }

  /// The candidate that the last step chose; `nil` as long as it is not decided, or when none that was
  /// compared meets the requirements.
  public var chosen: Int? {
    guard let selection, selection.isDecided else { return nil }
    return selection.survivors.first.map { contenders[$0] }
  }

  /// The choice, or, as long as there is none, the best of those still compared that meet the requirements
  /// by their means; `nil` when none does.
  public var leader: Int? {
    if let selection, selection.isDecided { return chosen }
    let standing =
      selection?.survivors.map { contenders[$0] } ?? order.filter { !undefined.contains($0) }
    let count = standing.map { values[$0]?.count ?? 0 }.min() ?? 0
    guard count > 0, let base = values[0], base.count >= count else { return nil }
    var best: (merit: Double, candidate: Int)?
    for candidate in standing {
      let rows = values[candidate]!.prefix(count)
      let slacks = zip(rows, base).map { question.slacks($0, base: $1) }
      let meetsAll = question.requirements.indices.allSatisfy { requirement in
        slacks.reduce(0) { $0 + $1[requirement] } >= 0
      }
      let merit =
        rows.reduce(0) { $0 + $1[question.objective] } * (question.best == .highest ? 1 : -1)
      if meetsAll, merit > best?.merit ?? -.infinity { best = (merit, candidate) }
    }
    return best?.candidate
  }

  /// What is run next; empty at the end.
  public func nextStage() -> [Look] { stage }

  /// Takes the outputs of a stage.
  ///
  /// - Parameter outputs: Of each look in turn, by replication; not a number where there is no value, which
  ///   the first candidate must have.
  public mutating func take(_ outputs: [[[Double]]]) {
    precondition(outputs.count == stage.count, "a stage is taken whole")
    for (look, found) in zip(stage, outputs) {
      precondition(found.count == look.replications.count, "a replication has its outputs")
      precondition(
        look.replications.lowerBound == (values[look.candidate]?.count ?? 0) + 1,
        "replications are taken in order, each once")
      if values[look.candidate] == nil { order.append(look.candidate) }
      values[look.candidate, default: []] += found
      if !found.allSatisfy({ $0.allSatisfy(\.isFinite) }) {
        precondition(look.candidate != 0, "what all are measured against has values")
        undefined.insert(look.candidate)
        dropped.insert(look.candidate)
        meets[look.candidate] = false
      }
    }
    if step == .spread { step = .search }
    if step == .cleanUp {
      let left = contenders.filter { !undefined.contains($0) }
      if left.count == contenders.count { compare() } else { begin(comparing: left) }
    }
    // A comparison may be decided by what is there already, and the search goes on at once.
    while step == .search {
      if let next = nextCandidate() {
        stage = [Look(candidate: next, replications: 1...replications)]
        return
      }
      beginCleanUp()
    }
  }

  // MARK: - Search

  /// What the metamodels say of all candidates; `nil` when there are none.
  func outlook() -> CandidateOutlook? {
    let used = modelled
    return CandidateOutlook(
      question, coordinates: used.map { candidates[$0] },
      values: used.map { Array(values[$0]!.prefix(replications)) }, first: values[0]!, seed: seed,
      known: learned.processes)
  }

  /// The same; lengths are searched for again when a tenth more candidates were run.
  private mutating func learn() -> CandidateOutlook? {
    if 10 * order.count > 11 * learned.count { learned = (order.count, [:]) }
    let found = outlook()
    if let found { learned.processes.merge(found.processes) { _, new in new } }
    return found
  }

  /// Candidates of which metamodels are made, the first before all. Of very many, half are those nearest
  /// to what leads, and the rest, for the trend, are evenly spread over the order in which they were run.
  private var modelled: [Int] {
    let all = order.filter { !undefined.contains($0) }
    guard all.count > Self.mostModelled else { return all }
    let centre = candidates[leader ?? all[all.count - 1]]
    let distances = all.map { index in
      zip(candidates[index], centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let ranked = all.indices.dropFirst().sorted { (distances[$0], $0) < (distances[$1], $1) }
    let near = Self.mostModelled / 2
    let rest = ranked.dropFirst(near).sorted()
    let spread = (0..<Self.mostModelled - near - 1).map {
      rest[$0 * rest.count / (Self.mostModelled - near - 1)]
    }
    return ([0] + ranked.prefix(near) + spread).sorted().map { all[$0] }
  }

  /// The candidate that is run next; `nil` when the search is over.
  private mutating func nextCandidate() -> Int? {
    let left = candidates.indices.filter { values[$0] == nil }
    guard let outlook = learn() else {
      // Where so many gave no value that there is no metamodel, others are tried in turn.
      return undefined.isEmpty || spent + replications > searchLimit ? nil : left.first
    }
    let best = bestRun(outlook)
    var found: (worth: Double, index: Int)?
    for index in left {
      let chance = outlook.logFeasibility(at: candidates[index])
      // Logarithms keep apart what is far from feasible.
      var worth = chance
      if let best {
        let gain = CandidateOutlook.expectedImprovement(
          outlook.merit(at: candidates[index]), over: best)
        worth = gain > 0 ? exp(chance) * gain : 0
      }
      if worth > found?.worth ?? -.infinity { found = (worth, index) }
    }
    promise = found.map { best == nil ? .feasibility(exp($0.worth)) : .gain($0.worth) }
    guard let found, spent + replications <= searchLimit else { return nil }
    switch promise {
    case .gain(let gain) where gain > question.difference / 10: return found.index
    case .feasibility(let chance) where chance > 1e-3: return found.index
    default: return neighbour(left, outlook)
    }
  }

  /// Metamodels may be wrong: before the search ends, candidates are run that lie next to the best one and
  /// would be better if they met the requirements.
  private func neighbour(_ left: [Int], _ outlook: CandidateOutlook) -> Int? {
    let feasible = order.filter {
      meets[$0] ?? (outlook.logFeasibility(at: candidates[$0]) >= log(0.5))
    }
    guard
      let best = feasible.max(by: {
        outlook.merit(at: candidates[$0]).value < outlook.merit(at: candidates[$1]).value
      })
    else { return nil }
    let place = candidates[best]
    let merit = outlook.merit(at: place).value
    // In each column, the nearest values on either side.
    let steps = place.indices.map { column in
      left.map { abs(candidates[$0][column] - place[column]) }.filter { $0 > 1e-9 }.min() ?? 0
    }
    let near = left.filter { index in
      let moved = place.indices.filter { abs(candidates[index][$0] - place[$0]) > 1e-9 }
      return moved.count == 1
        && abs(candidates[index][moved[0]] - place[moved[0]]) <= steps[moved[0]] + 1e-9
        && outlook.merit(at: candidates[index]).value > merit
    }
    return near.max {
      (outlook.logFeasibility(at: candidates[$0]), -$0)
        < (outlook.logFeasibility(at: candidates[$1]), -$1)
    }
  }

  /// The merit of the best candidate run that more likely than not meets the requirements.
  private func bestRun(_ outlook: CandidateOutlook) -> Double? {
    order.filter {
      meets[$0] ?? (outlook.logFeasibility(at: candidates[$0]) >= log(0.5))
    }
    .map { outlook.merit(at: candidates[$0]).value }.max()
  }

  // MARK: - Clean-up

  /// Replications of each contender before any is judged.
  private var firstStage: Int { max(10, replications) }

  /// Picks, among the candidates run, those that may be the best: not surely off their requirements, nor
  /// surely behind one that meets them.
  private mutating func beginCleanUp() {
    let affordable = (budget - spent) / (2 * (firstStage - replications) + 1)
    let most = min(Self.mostContenders, max(2, affordable))
    // What was chosen before stays in, whatever metamodels of its first replications say.
    let standing = selection?.survivors.map { contenders[$0] } ?? []
    let next = Set(likely(most)).union(standing).sorted()
    // What was compared before, and what is known of it, need not be compared again.
    guard !next.isEmpty, next != standing.sorted() else { return end() }
    begin(comparing: next)
  }

  private mutating func begin(comparing next: [Int]) {
    contenders = next
    guard !next.isEmpty else {
      selection = nil
      step = .search
      return
    }
    round += 1
    step = .cleanUp
    selection = ConstrainedSelection(
      systems: contenders.count, best: question.best, difference: question.difference,
      tolerances: question.requirements.map(\.tolerance),
      confidence: 1 - (1 - question.confidence) / Double(1 << min(round, 60)),
      firstStage: firstStage, pickedFrom: order.count)
    compare()
  }

  private func likely(_ most: Int) -> [Int] {
    let open = order.filter { !dropped.contains($0) }
    guard let outlook = outlook() else { return Array(open.prefix(most)) }
    let best = bestRun(outlook) ?? -.infinity
    var judged: [(index: Int, worth: Double)] = []
    for index in open {
      let merit = outlook.merit(at: candidates[index])
      let behind = best - merit.value
      let chance =
        behind <= 0 ? 1 : merit.error > 0 ? gsl_cdf_ugaussian_Q(behind / merit.error) : 0
      let feasibility = meets[index] == true ? 0 : outlook.logFeasibility(at: candidates[index])
      if feasibility > log(0.001), chance > 0.001 {
        judged.append((index, feasibility + log(chance)))
      }
    }
    judged.sort { ($0.worth, -$0.index) > ($1.worth, -$1.index) }
    if judged.isEmpty, round == 0 {
      // None is likely to meet the requirements: the one that comes nearest is judged alone.
      let nearest = open.max {
        (outlook.logFeasibility(at: candidates[$0]), -$0)
          < (outlook.logFeasibility(at: candidates[$1]), -$1)
      }
      return nearest.map { [$0] } ?? []
    }
    return judged.prefix(most).map(\.index).sorted()
  }

  /// Gives the selection what there is, and asks for what it lacks.
  private mutating func compare() {
    guard var selection else { return }
    func stored(_ candidate: Int) -> Int { values[candidate]?.count ?? 0 }
    while !selection.isDecided {
      let next = selection.replications
      let asked = selection.survivors.map { contenders[$0] } + [0]
      guard asked.allSatisfy({ stored($0) > next }) else { break }
      selection.add(
        contenders.map { stored($0) > next ? values[$0]![next][question.objective] : 0 },
        slacks: contenders.map { candidate in
          stored(candidate) > next
            ? question.slacks(values[candidate]![next], base: values[0]![next])
            : question.requirements.map { _ in 0 }
        })
    }
    self.selection = selection
    for (place, candidate) in contenders.enumerated() {
      if let known = selection.meetsRequirements[place] { meets[candidate] = known }
      if !selection.survivors.contains(place) { dropped.insert(candidate) }
    }
    guard !selection.isDecided else {
      step = .search
      searchLimit = spent + Int(Self.searchShare * Double(budget - spent))
      return
    }
    let goal = max(
      selection.firstStage, selection.replications + max(1, selection.replications / 10))
    let looks = Set(selection.survivors.map { contenders[$0] } + [0]).sorted()
      .filter { stored($0) < goal }.map {
        Look(candidate: $0, replications: (stored($0) + 1)...goal)
      }
    guard spent + looks.reduce(0, { $0 + $1.replications.count }) <= budget else { return end() }
    stage = looks
  }

  private mutating func end() {
    step = .ended
    stage = []
  }
}
