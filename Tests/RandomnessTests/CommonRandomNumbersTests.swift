// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

/// The examples of the article "Common random numbers".
@Suite("Common random numbers")
struct CommonRandomNumbersTests {
  let root = RandomRoot(seed: 42, replication: 3)

  @Test("a patient's stay is the same in both scenarios, whatever else is drawn")
  func sameStay() {
    let stay = Purpose("stay", "stroke unit")

    // Scenario A: the patient of owner 1007 comes first.
    var inA = RandomStream(root, stay, owner: 1007, episode: 2)
    let daysInA = inA.lognormal(mu: 2, sigma: 0.7)

    // Scenario B: an added screening programme draws many numbers before.
    for resident in 0..<UInt64(1_000) {
      var screening = RandomStream(root, Purpose("screening"), owner: resident)
      _ = screening.uniform()
    }
    var inB = RandomStream(root, stay, owner: 1007, episode: 2)
    #expect(inB.lognormal(mu: 2, sigma: 0.7) == daysInA)
  }

  @Test("a parameter that changes moves every sample the same way")
  func sameQuantile() throws {
    var table = SamplerTable()
    let before = table.add(try .lognormal(mean: 10, standardDeviation: 7))
    let after = table.add(try .lognormal(mean: 9, standardDeviation: 6))
    var sum = 0.0
    for patient in 0..<UInt64(1_000) {
      var stream = RandomStream(root, Purpose("consult"), owner: patient)
      var same = stream
      let slow = table.sample(before, &stream)
      let fast = table.sample(after, &same)
      sum += slow - fast
      // The same quantile of both distributions, so the order of patients stays.
      #expect(
        abs(
          try Distribution.lognormal(mean: 10, standardDeviation: 7).cumulative(slow)
            - Distribution.lognormal(mean: 9, standardDeviation: 6).cumulative(fast)) < 1e-12)
    }
    // With independent samples the mean difference would have a standard error of 0.29.
    #expect(abs(sum / 1_000 - 1) < 0.1)
  }

  @Test("a second variate of the same key is numbered")
  func numberedVariates() {
    let triage = Purpose("triage")
    var first = RandomStream(root, triage, owner: 12)
    var second = RandomStream(root, triage, owner: 12, variate: 1)
    #expect(first.uniform() != second.uniform())
  }

  @Test("a sampler's appetite for words disturbs no other variate")
  func ownBlocks() throws {
    var table = SamplerTable()
    let hungry = table.add(try .poisson(mean: 50))
    var first = RandomStream(root, Purpose("visits"), owner: 1, variate: 0)
    _ = table.sample(hungry, &first)
    var next = RandomStream(root, Purpose("visits"), owner: 1, variate: 1)
    let u = next.uniform()

    var alone = RandomStream(root, Purpose("visits"), owner: 1, variate: 1)
    #expect(alone.uniform() == u)
  }

  @Test("independent points differ where common ones agree")
  func independentPoints() {
    let consult = Purpose("consult")
    let common = RandomRoot(seed: 42, replication: 3)
    let independent = RandomRoot(seed: 42, replication: 3, point: 5)
    var first = RandomStream(common, consult, owner: 1)
    var second = RandomStream(independent, consult, owner: 1)
    #expect(first.uniform() != second.uniform())
  }
}
