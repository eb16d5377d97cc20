// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import OutputAnalysis
import Randomness
import Testing

/// The examples on the documentation pages are models that compile.
@Suite struct DocumentationTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The code blocks of a page in a language.
  private func blocks(
    _ language: String, of page: String, in module: String = "ModelFiles"
  ) throws -> [String] {
    let text = try String(
      contentsOfFile: Self.root + "/Sources/\(module)/\(module).docc/\(page).md",
      encoding: .utf8)
    return text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test("the network of “Writing a network” has no fault, and its loads are below 1")
  func network() throws {
    let text = try #require(try blocks("yaml", of: "WritingANetwork").first)
    let model = try TemporaryModel(["model.yaml": text])
    let check = ModelCheck(path: model.folder)
    #expect(check.faults == nil)
    #expect(check.warnings.isEmpty)
    let loads = try #require(check.loads.first).resources
    #expect(loads.map(\.resource) == ["doctor", "exam-room"])
    #expect(loads.allSatisfy { ($0.utilisation ?? 1) < 1 })
  }

  @Test("the durations of that page are read, and only the one that it says is refused")
  func durations() throws {
    let text = try #require(
      try blocks("yaml", of: "WritingANetwork").first { $0.hasPrefix("durations:") })
    let model = try TemporaryModel([
      "model.yaml": "evidence: assumed\nrange-factor: [0.5, 2]\n\(text)\n"
    ])
    var distributions: [String: Distribution] = [:]
    let faults = model.faults { root in
      let section = root.section("durations")
      for name in section.keys { distributions[name] = section.distribution(name, .minutes) }
    }
    #expect(faults == [])
    #expect(distributions.count == 7)
    #expect(distributions.filter { !$0.value.isNonnegative }.keys.sorted() == ["examination"])
    // As the page says what the parameters mean.
    let day = 1440.0
    let coxian = try #require(distributions["ward-stay"])
    #expect(abs(coxian.mean / day - (3 + 0.35 * 11 + 0.035 * 40)) <= 1e-9)
    let scan = try #require(distributions["door-to-scan"])
    #expect(abs(scan.mean - 25) <= 1e-9 && abs(scan.standardDeviation - 12) <= 1e-9)
    let triage = try #require(distributions["triage"])
    #expect(abs(triage.quantile(0.5) - 3.3201169227365475) <= 1e-9)  // minutes: e to the 1.2
    // By hand: means m from the two phases solve m1 = (1 + 0.05 m2) / 0.15, m2 = (1 + 0.02 m1) / 0.05.
    let rehabilitation = try #require(distributions["rehabilitation"])
    let fromFirst = (1 + 0.05 / 0.05) / (0.15 - 0.02)
    let fromSecond = (1 + 0.02 * fromFirst) / 0.05
    #expect(abs(rehabilitation.mean / day - (0.8 * fromFirst + 0.2 * fromSecond)) <= 1e-9)
  }

  @Test("the cost of a resource is read per time unit, and its faults are named")
  func costs() throws {
    let text = try #require(try blocks("yaml", of: "WritingANetwork").first)
    func network(_ cost: String, capacity: String = "1") throws -> (NetworkModel?, [String]) {
      let model = try TemporaryModel([
        "model.yaml": text.replacingOccurrences(
          of: "{capacity: 1}", with: "{capacity: \(capacity), cost: \(cost)}")
      ])
      let faults = FaultCollector()
      let document = try #require(model.document().document)
      let network = NetworkReader.network(document, faults)
      return (network?.model, faults.sorted.map(\.description))
    }
    let (model, none) = try network("{rostered: 60 /h, busy: 30 /h, overtime: 90 /h, use: 3}")
    #expect(none.isEmpty)
    let costs = try #require(model?.costs)
    #expect(costs.count == 2)
    #expect(costs[0] == ResourceCost())
    #expect(abs(costs[1].rostered - 1) < 1e-12 && abs(costs[1].busy - 0.5) < 1e-12)
    #expect(abs(costs[1].overtime - 1.5) < 1e-12 && costs[1].use == 3)
    for (cost, capacity, words) in [
      ("{rostered: 60}", "1", "without a unit"), ("{rented: 3}", "1", "rented: is not a key here"),
      ("{busy: -1 /h}", "1", "cost.busy: is -1 /h"),
      ("{rostered: 6 /h}", "unlimited", "rostered: is of a capacity without limit"),
    ] {
      let (_, lines) = try network(cost, capacity: capacity)
      #expect(lines.contains { $0.contains(words) }, "\(cost): \(lines)")
    }
  }

  @Test("the paths on that page lead somewhere")
  func paths() throws {
    let page = try blocks("yaml", of: "WritingANetwork")
    let model = try TemporaryModel(["model.yaml": try #require(page.first)])
    let document = try #require(model.document().document)
    let text = try String(
      contentsOfFile: Self.root + "/Sources/ModelFiles/ModelFiles.docc/WritingANetwork.md",
      encoding: .utf8)
    let paths = try #require(text.components(separatedBy: "```\n").dropFirst().dropLast().last)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(paths.count == 4)
    for path in paths { #expect(document.value(at: path) != nil, "\(path)") }
  }

  @Test("the documentation of “Documenting a model” is read, and every key stands on that page")
  func documentation() throws {
    let text = try #require(try blocks("yaml", of: "DocumentingAModel").first)
    let network = try #require(try blocks("yaml", of: "WritingANetwork").first)
    let model = try TemporaryModel(["model.yaml": network + "\n" + text])
    #expect(ModelCheck(path: model.folder).faults == nil)
    let document = try #require(model.document().document)
    let documentation = ModelDocumentation(document)
    #expect(documentation.paragraphs(.assumptions, isChinese: false).count == 2)
    #expect(documentation.paragraphs(.purpose, isChinese: true)[0].hasPrefix("判断"))
    #expect(documentation.paragraphs(.licence, isChinese: true) == ["CC BY 4.0"])
    let page = try String(
      contentsOfFile: Self.root + "/Sources/ModelFiles/ModelFiles.docc/DocumentingAModel.md",
      encoding: .utf8)
    for item in ModelDocumentation.Item.allCases {
      #expect(page.contains("`\(item.rawValue)`"), "\(item.rawValue)")
    }
  }

  @Test("the lines of “Fitting a distribution” are read by a model")
  func fittedDistribution() throws {
    let text = try #require(
      try blocks("yaml", of: "FittingADistribution", in: "InputAnalysis").first)
    let lines = text.split(separator: "\n").map { "  \($0)\n" }.joined()
    let model = try TemporaryModel([
      "model.yaml": "durations:\n\(lines)",
      "sources.yaml": "clinic-log-2019: {citation: The log of 2019}\n",
    ])
    var mean = 0.0
    let faults = model.faults { root in
      let section = root.section("durations")
      for name in section.keys { mean = section.distribution(name, .minutes).mean }
    }
    #expect(faults == [])
    #expect(abs(mean - 2.08 * 5.91) <= 1e-9)
  }

  @Test("the experiment of “Writing an experiment” has no fault")
  func experiment() throws {
    let text = try #require(try blocks("yaml", of: "WritingAnExperiment").first)
    let folder = try TemporaryModel([
      "experiment.yaml": text.replacingOccurrences(of: "../Models", with: Self.root + "/Models")
    ])
    let check = ModelCheck(path: folder.folder + "/experiment.yaml")
    #expect(check.faults == nil)
    #expect(check.loads.map(\.scenario) == ["as-is", "third-doctor"])
  }

  @Test("the experiment of “Varying factors” has no fault, and its command line is that experiment")
  func factors() throws {
    let text = try #require(try blocks("yaml", of: "VaryingFactors").first)
    let folder = try TemporaryModel([
      "experiment.yaml": text.replacingOccurrences(of: "../Models", with: Self.root + "/Models")
    ])
    let plan = try ExperimentPlan(path: folder.folder + "/experiment.yaml")
    // Of 4 × 3 points those of which the load is below 0.95: 1 with two servers, 4 with more.
    #expect(plan.points.count == 1 + 9 && plan.pointDesign?.leftOut == 3)
    let page = try String(
      contentsOfFile: Self.root + "/Sources/ModelFiles/ModelFiles.docc/VaryingFactors.md",
      encoding: .utf8)
    for part in [
      "arrivals.customers.poisson.rate=1.6:2.8:0.4 /min", "resources.servers.capacity=2:4:integer",
      "rate * 1 min < 0.95 * capacity",
    ] {
      #expect(page.contains(part))
    }
    var sweep = SweepText(
      path: Self.root + "/Models/mmc",
      varied: [
        try VariedPath("arrivals.customers.poisson.rate=1.6:2.8:0.4 /min"),
        try VariedPath("resources.servers.capacity=2:4:integer"),
      ])
    sweep.constraints = ["rate * 1 min < 0.95 * capacity"]
    let experiment = try sweep.experiment()
    let same = try ExperimentPlan(path: experiment.path, text: experiment.text)
    #expect(same.points.map(\.settings) == plan.points.map(\.settings))
  }

  @Test("the experiment of “Explaining an effect” is taken apart as the page says")
  func explanation() throws {
    let text = try #require(
      try blocks("yaml", of: "ExplainingAnEffect", in: "ExperimentRunner").first)
    let folder = try TemporaryModel([
      "levers.yaml": text.replacingOccurrences(of: "../Models", with: Self.root + "/Models")
    ])
    let made = ExplanationText(path: folder.folder + "/levers.yaml", scenario: "both")
    let experiment = try made.experiment()
    #expect(experiment.explanation.levers.map(\.name) == ["demand", "service"])
    let plan = try ExperimentPlan(path: experiment.path, text: experiment.text)
    #expect(plan.points.map(\.scenario) == ["as-is", "demand", "service", "both"])
  }

  @Test("the precision of “Writing an experiment” is read as the page says")
  func precision() throws {
    let text = try #require(
      try blocks("yaml", of: "WritingAnExperiment").first { $0.contains("precision") })
    let folder = try TemporaryModel([
      "experiment.yaml": "model: \(Self.root)/Models/clinic-network\n" + text
    ])
    let plan = try ExperimentPlan(path: folder.folder + "/experiment.yaml")
    let rule = try #require(plan.run.precision)
    #expect(rule.minimum == 5 && rule.maximum == 200 && plan.replications == 5)
    #expect(
      rule.requests == [
        try #require(PrecisionRequest("wait 5 %")),
        try #require(PrecisionRequest("utilisation by resource=doctor 0.01")),
      ])
    #expect(PrecisionRequest("wait") == nil && PrecisionRequest("wait by doctor 5 %") == nil)
  }

  @Test("the published values of “Replicating a study” have no fault beside M/M/1")
  func publishedValues() throws {
    let text = try #require(try blocks("csv", of: "ReplicatingAStudy").first)
    let mm1 = Self.root + "/Models/mm1/"
    let study = try TemporaryModel([
      "model.yaml": try String(contentsOfFile: mm1 + "model.yaml", encoding: .utf8),
      "sources.yaml": try String(contentsOfFile: mm1 + "sources.yaml", encoding: .utf8),
      "published.csv": text,
    ])
    #expect(ModelCheck(path: study.folder).faults == nil)
    #expect(PublishedValues.isPresent(in: study.folder))
  }

  @Test(
    "every worked example is without faults and warnings",
    arguments: ["mm1", "mmc", "clinic-network"])
  func workedExamples(name: String) {
    let check = ModelCheck(path: Self.root + "/Models/" + name)
    #expect(check.faults == nil)
    #expect(check.warnings.isEmpty)
  }
}
