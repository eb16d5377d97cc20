// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import InputAnalysis
import ModelFiles
import Reporting
import Testing

@Suite("the catalogue of texts")
struct PhraseTests {
  private func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value)
  }

  @Test("has every phrase in both languages")
  func complete() {
    let phrases =
      ReportPhrase.allCases.map(\.phrase) + MeasureNames.phrases
      + SweepPhrase.allCases.map(\.phrase) + DesignPhrase.allCases.map(\.phrase)
      + SensitivityPhrase.allCases.map(\.phrase)
      + DifferencePhrase.allCases.map(\.phrase) + FlowPhrase.allCases.map(\.phrase)
      + FlowPhrase.shortTiers.values + WeekPhrase.allCases.map(\.phrase)
      + WeekPhrase.days.values + MapPhrase.allCases.map(\.phrase)
      + PagePhrase.allCases.map(\.phrase)
      + FitPhrase.allCases.map(\.phrase) + NoFit.allCases.map(\.phrase)
      + StandardPhrase.allCases.map(\.phrase) + STRESSItem.allCases.map(\.heading)
      + ODDItem.allCases.map(\.heading) + Evidence.allCases.map(\.phrase)
      + BaselineTarget.Use.allCases.map(\.phrase)
      + StandardDescription.Standard.allCases.flatMap(\.sections.values)
    for phrase in phrases {
      #expect(!phrase.english.isEmpty)
      #expect(!phrase.chinese.isEmpty)
      #expect(!phrase.english.unicodeScalars.contains(where: isChinese), "\(phrase.english)")
      // Signs such as % need no translation.
      if phrase.english.contains(where: \.isLetter), !phrase.english.hasPrefix("0 to") {
        #expect(phrase.chinese.unicodeScalars.contains(where: isChinese), "\(phrase.english)")
      }
    }
  }

  @Test(
    "names every measure, unit and dimension there is", arguments: ExperimentPlan.ModelKind.allCases
  )
  func measures(_ kind: ExperimentPlan.ModelKind) {
    for measure in MeasureCatalogue.measures(of: kind, timeUnit: "minutes") {
      #expect(MeasureNames.isKnown(measure.name), "\(measure.name)")
      #expect(MeasureNames.isKnownUnit(measure.unit), "\(measure.unit)")
      for dimension in measure.dimensions where !dimension.isEmpty {
        #expect(MeasureNames.isKnownDimension(dimension), "\(measure.name) by \(dimension)")
      }
    }
  }

  @Test("gives every measure of a region a group, but those of the warm-up")
  func groups() {
    let measures = MeasureCatalogue.measures(of: .region).map(\.name)
      .filter { !$0.hasPrefix("warm-up-") }
    #expect(Set(measures).subtracting(ReportLayout.groupedMeasures).sorted() == [])
    #expect(ReportLayout.groupedMeasures.subtracting(measures).sorted() == [])
  }

  @Test(
    "members are named and listed as people do",
    arguments: [
      (
        "weekday", ["sunday", "monday", "friday"], ["Monday", "Friday", "Sunday"],
        ["周一", "周五", "周日"]
      ),
      (
        "tier+weekday", ["county+monday", "village+sunday", "village+tuesday"],
        [
          "village clinics, Tuesday", "village clinics, Sunday", "county hospitals, Monday",
        ], ["村卫生室，周二", "村卫生室，周日", "县级医院，周一"]
      ),
      (
        "from+to", ["county+township", "township+outside", "township+county"],
        [
          "township centres → county hospitals", "township centres → outside the area",
          "county hospitals → township centres",
        ], ["乡镇卫生院 → 县级医院", "乡镇卫生院 → 区域外", "县级医院 → 乡镇卫生院"]
      ),
      (
        "from+to+way", ["county+township+step-down", "county+township+again"],
        [
          "county hospitals → township centres, need left open",
          "county hospitals → township centres, step-down",
        ], ["县级医院 → 乡镇卫生院，未愈改日另就诊", "县级医院 → 乡镇卫生院，住院下转"]
      ),
      ("institution", ["b+c", "a"], ["a", "b+c"], ["a", "b+c"]),
      ("class+resource", ["b+c", "a+d+e"], ["a+d+e", "b+c"], ["a+d+e", "b+c"]),
    ] as [(String, Set<String>, [String], [String])])
  func members(dimension: String, members: Set<String>, english: [String], chinese: [String]) {
    let ordered = ReportLayout.ordered(members, of: dimension)
    #expect(ordered.map { MeasureNames.member($0, of: dimension, .english) } == english)
    #expect(ordered.map { MeasureNames.member($0, of: dimension, .chinese) } == chinese)
  }

  @Test("a statistic is named after its measure")
  func statistics() {
    #expect(MeasureNames.label("wait-p95", unit: "minutes", .english) == "Wait, 95th percentile")
    #expect(MeasureNames.label("wait-p95", unit: "minutes", .chinese) == "等待时间第 95 百分位数")
    let names = [
      "wait-p91": ("Wait, 91st percentile", "等待时间第 91 百分位数"),
      "wait-p99.9": ("Wait, 99.9th percentile", "等待时间第 99.9 百分位数"),
      "occupancy-p95": ("Occupancy, 95th percentile", "占用量第 95 百分位数"),
      "wait-share-over-30": ("Wait, share over 30", "等待时间超过 30 的占比"),
      "wait-share-over-30-with-unfinished": (
        "Wait, share over 30, with unfinished", "等待时间超过 30 的占比（含未完成）"
      ),
    ]
    for (name, (english, chinese)) in names {
      #expect(MeasureNames.label(name, unit: "share", .english) == english)
      #expect(MeasureNames.label(name, unit: "share", .chinese) == chinese)
    }
    #expect(MeasureNames.label("unheard-of", unit: "", .chinese) == "unheard-of")
    #expect(MeasureNames.unit("per minutes", .english) == "per minute")
    #expect(MeasureNames.unit("per minutes", .chinese) == "每分钟")
  }

  @Test(
    "the locale chooses the language",
    arguments: [
      ([:], Language.english), (["LANG": "zh_CN.UTF-8"], .chinese),
      (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .english),
      (["LC_ALL": "", "LANG": "zh_TW"], .chinese), (["LC_MESSAGES": "zh", "LANG": "C"], .chinese),
    ] as [([String: String], Language)])
  func locale(environment: [String: String], language: Language) {
    #expect(Language(environment: environment) == language)
  }
}
