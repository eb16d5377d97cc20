// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Testing

/// What every lever says of itself.
@Suite struct LeverSchemaTests {
  @Test("every lever says in both languages what it does, and each key what it means")
  func texts() {
    for lever in LeverCatalogue.all.map({ $0.schema }) {
      #expect(Self.isChinese(lever.nameChinese), "\(lever.name)")
      #expect(Self.isChinese(lever.mechanismChinese), "\(lever.name)")
      #expect((1...2).contains(Self.sentences(lever.mechanism, ".")), "\(lever.name)")
      #expect(Self.isChinese(lever.evidence?.basisChinese ?? ""), "\(lever.name)")
      #expect((1...2).contains(Self.sentences(lever.mechanismChinese, "。")), "\(lever.name)")
      for key in lever.keys {
        #expect(!key.meaning.isEmpty, "\(lever.name).\(key.name)")
        #expect(Self.isChinese(key.meaningChinese), "\(lever.name).\(key.name)")
        // What it means to leave a key out is said.
        if key.isOptional {
          #expect(key.meaning.contains("left out"), "\(lever.name).\(key.name)")
        }
      }
    }
  }

  @Test("names of levers and of a lever's keys are unique, in kebab-case")
  func names() {
    let names = LeverCatalogue.all.map { $0.schema.name }
    #expect(Set(names).count == names.count)
    for lever in LeverCatalogue.all.map({ $0.schema }) {
      let keys = lever.keys.map(\.name)
      #expect(Set(keys).count == keys.count, "\(lever.name)")
      for name in [lever.name] + keys {
        #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(name)")
      }
    }
  }

  @Test("claims are numbered as those of the source documents")
  func claims() {
    for lever in LeverCatalogue.all.map({ $0.schema }) {
      for claim in lever.claims {
        #expect(claim.wholeMatch(of: /(DD|GY|OV|LS|BJ)-[0-9]{3}/) != nil, "\(lever.name)")
      }
      #expect(Set(lever.claims).count == lever.claims.count, "\(lever.name)")
    }
  }

  @Test("every lever and every policy of the library stands in Lanshan's files, off")
  func lanshan() throws {
    let folder = TestRegion.folder("lanshan")
    let document = try #require(ModelDocument(folder: folder, FaultCollector()))
    let own = document.root["policies"]?.entries ?? []
    let adopted = document.root["adopt"]?.entries ?? []
    let levers = (own + adopted.flatMap { $0.node["policies"]?.entries ?? [] })
      .compactMap { $0.node["lever"]?.text }
    for lever in LeverCatalogue.all {
      #expect(levers.contains(lever.schema.name), "\(lever.schema.name) is not in Lanshan's files")
    }
    for policy in own + adopted where policy.node["lever"] != nil || policy.node["title"] != nil {
      #expect(policy.node["in-force"]?.text == "no", "\(policy.key)")
    }
    let library = try FileManager.default.contentsOfDirectory(atPath: folder + "/../policies")
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(library.count >= 8)
    for policy in library {
      #expect(adopted.contains { $0.key == policy }, "\(policy) is not adopted by Lanshan")
    }
  }

  private static func isChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  private static func sentences(_ text: String, _ stop: Character) -> Int {
    text.split(separator: stop).count { !$0.allSatisfy(\.isWhitespace) }
  }
}
