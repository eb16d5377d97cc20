// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing that is wrong with a file, as its author needs to read it.
public struct ModelFault: Error, Hashable, Sendable {
  /// Whose fault it is: the file's author, or the machine's (no permission, a broken disk).
  public enum Blame: Hashable, Sendable { case input, machine }

  public var place: SourcePlace
  /// What is wrong: "is 1.2", "is not a resource".
  public var problem: String
  /// What would be right: "write a share between 0 and 1". Empty when the problem says it.
  public var remedy: String
  public var blame: Blame

  public init(
    _ place: SourcePlace, _ problem: String, _ remedy: String = "", blame: Blame = .input
  ) {
    self.place = place
    self.problem = problem
    self.remedy = remedy
    self.blame = blame
  }
}

extension ModelFault: CustomStringConvertible {
  /// One line: `file:line: path: what is wrong; what would be right`.
  public var description: String {
    remedy.isEmpty ? "\(place): \(problem)" : "\(place): \(problem); \(remedy)"
  }
}

/// All faults of a model or experiment, thrown together.
public struct ModelFaults: Error, Sendable, CustomStringConvertible {
  /// In order of file and line, without repeats, never empty.
  public let list: [ModelFault]

  /// Whether the machine failed, rather than the files being wrong (exit status 3, not 2).
  public var isMachineFailure: Bool { list.contains { $0.blame == .machine } }

  /// One fault a line.
  public var description: String { list.map(\.description).joined(separator: "\n") }
}

/// Gathers the faults of all files, so that an author reads them all at once.
///
/// Readers record a fault, return a harmless placeholder and go on; whoever started the reading
/// calls ``throwIfAny()`` before anything is made of the placeholders.
public final class FaultCollector {
  private var faults: [ModelFault] = []
  private var warnings: [ModelFault] = []

  public init() {}

  public func record(_ fault: ModelFault) { faults.append(fault) }

  public func record(_ place: SourcePlace, _ problem: String, _ remedy: String = "") {
    faults.append(ModelFault(place, problem, remedy))
  }

  /// Something an author should know, which stops nothing.
  public func warn(_ place: SourcePlace, _ problem: String, _ remedy: String = "") {
    warnings.append(ModelFault(place, problem, remedy))
  }

  /// Takes back a fault that a better one replaces.
  func withdraw(_ fault: ModelFault) { faults.removeAll { $0 == fault } }

  public var isEmpty: Bool { faults.isEmpty }
  public var count: Int { faults.count }

  /// The faults by file and line, each once.
  ///
  /// Many numbers of one file without evidence are one fault: the file says it once at its top.
  public var sorted: [ModelFault] { Self.inOrder(Self.folded(faults)) }
  /// The warnings by file and line, each once.
  public var sortedWarnings: [ModelFault] { Self.inOrder(warnings) }

  /// Ends the reading: throws ``ModelFaults`` when there is any fault.
  public func throwIfAny() throws(ModelFaults) {
    if !faults.isEmpty { throw ModelFaults(list: sorted) }
  }

  /// How many numbers of a file have the same fault of provenance before they are told as one.
  private static let mostAlike = 5

  private static func folded(_ list: [ModelFault]) -> [ModelFault] {
    struct Cause: Hashable {
      var file: String
      var problem: String
    }
    let alike = Dictionary(
      grouping: Set(list).filter { NumberReading.isOfProvenance($0.problem) },
      by: { Cause(file: $0.place.file, problem: $0.problem) }
    ).filter { $0.value.count > mostAlike }
    if alike.isEmpty { return list }
    return list.filter { alike[Cause(file: $0.place.file, problem: $0.problem)] == nil }
      + alike.values.map { faults in
        var first = inOrder(faults)[0]
        first.problem += ", like \(faults.count - 1) more numbers of this file"
        if first.place.file.hasSuffix(".yaml") {
          first.remedy = "write it once at the top of the file; or, for each, \(first.remedy)"
        }
        return first
      }
  }

  private static func inOrder(_ list: [ModelFault]) -> [ModelFault] {
    var seen = Set<ModelFault>()
    return list.filter { seen.insert($0).inserted }.sorted {
      ($0.place.file, $0.place.line, $0.place.path, $0.problem)
        < ($1.place.file, $1.place.line, $1.place.path, $1.problem)
    }
  }
}
