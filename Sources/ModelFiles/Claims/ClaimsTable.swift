// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The claims of all models of a folder, each by one identifier.
public struct ClaimsTable: Sendable {
  /// The folder of models, as the user named it.
  public let models: String
  /// By the model's folder, then in the order of its file.
  public private(set) var claims: [Claim] = []
  /// Of each claim, the folder of the model beside which it is written.
  public private(set) var owners: [String: String] = [:]

  /// Reads `*/claims.csv`, or that of one model's folder alone.
  ///
  /// - Parameter folder: A folder of models, or of one of them.
  public init(_ folder: String, _ faults: FaultCollector) {
    var folder = folder
    while folder.hasSuffix("/"), folder.count > 1 { folder.removeLast() }
    let files = FileManager.default
    var names: [String] = []
    if files.fileExists(atPath: folder + "/" + ClaimsFile.name) {
      names = [(folder as NSString).lastPathComponent]
      let parent = (folder as NSString).deletingLastPathComponent
      models = parent.isEmpty ? "." : parent
    } else {
      models = folder
      names = ((try? files.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { files.fileExists(atPath: "\(folder)/\($0)/\(ClaimsFile.name)") }.sorted()
      if !files.fileExists(atPath: folder) {
        faults.record(SourcePlace(file: folder), "does not exist", "name a folder of models")
      } else if names.isEmpty {
        faults.record(
          SourcePlace(file: folder), "holds no model with claims",
          "write MODEL/\(ClaimsFile.name), or name another folder")
      }
    }
    var first: [String: SourcePlace] = [:]
    for name in names {
      let path = "\(models)/\(name)/\(ClaimsFile.name)"
      for claim in ClaimsFile(faults: faults).claims(path) {
        if let earlier = first[claim.id] {
          faults.record(
            claim.written.appending("claim"), "has the claim \(claim.id) again",
            "the first is on line \(earlier.line) of \(earlier.file); keep one of them")
          continue
        }
        first[claim.id] = claim.written
        owners[claim.id] = name
        claims.append(claim)
      }
    }
  }

  /// The claims written beside one model; none where there is no such file.
  public static func claims(beside folder: String, _ faults: FaultCollector) -> [Claim] {
    let path = (folder.hasSuffix("/") ? String(folder.dropLast()) : folder) + "/" + ClaimsFile.name
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return ClaimsFile(faults: faults).claims(path)
  }

  public subscript(_ id: String) -> Claim? { claims.first { $0.id == id } }

  /// Looks at every place that a claim names in the model that has it.
  public func checkPlaces(_ faults: FaultCollector) {
    var documents: [String: ModelDocument] = [:]
    var broken: Set<String> = []
    for claim in claims {
      for place in claim.places where !broken.contains(place.model) {
        let here = claim.written.appending("where")
        guard let document = documents[place.model] ?? document(of: place, here, faults) else {
          broken.insert(place.model)
          continue
        }
        documents[place.model] = document
        if let fault = place.fault(in: document) {
          faults.record(here, "\(place.model): \(fault.problem)", fault.remedy)
        }
      }
    }
  }

  private func document(
    of place: ClaimPlace, _ here: SourcePlace, _ faults: FaultCollector
  ) -> ModelDocument? {
    let folder = "\(models)/\(place.model)"
    let files = FileManager.default
    guard files.fileExists(atPath: folder + "/model.yaml") else {
      let known = ((try? files.contentsOfDirectory(atPath: models)) ?? [])
        .filter { files.fileExists(atPath: "\(models)/\($0)/model.yaml") }.sorted()
      faults.record(
        here, "\(place.model) is no model of \(models)",
        remedy(for: place.model, among: known, kind: "model"))
      return nil
    }
    return ModelDocument(folder: folder, faults)
  }
}

extension ClaimsTable {
  /// A file or folder beside that of the models.
  package func beside(_ name: String) -> String { ExperimentLoader.joined(models, "../" + name) }
}
