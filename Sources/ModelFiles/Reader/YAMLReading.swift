// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Yams

/// Reads YAML text into ``ModelNode``s: scalars stay text, every node knows its line.
///
/// Anchors, aliases, merges, tags, repeated keys and tabs as indentation are faults: what an
/// author reads at a key is what the model uses there.
enum YAMLReading {
  /// The root node, or `nil` when the text is not YAML at all; faults tell why.
  static func node(of text: String, file: String, _ faults: FaultCollector) -> ModelNode? {
    if let line = lineOfTabIndentation(text) {
      faults.record(
        SourcePlace(file: file, line: line), "is indented with a tab",
        "indent with spaces, two a level")
      return nil
    }
    var text = text
    // A repeated key ends the parse, so later ones are renamed and the parse begins again.
    for _ in 0..<50 {
      do {
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else {
          faults.record(SourcePlace(file: file), "is empty", "write its keys, or leave it out")
          return nil
        }
        // The parser owns the anchors' names: they must still be there while nodes are read.
        return withExtendedLifetime(parser) {
          var anchors = Set<String>()
          return convert(root, SourcePlace(file: file, line: 1), &anchors, faults)
        }
      } catch let YamlError.duplicatedKeysInMapping(keys, context) {
        guard let mended = renamingRepeat(of: keys, context, in: text, file: file, faults) else {
          return nil
        }
        text = mended
      } catch let error as YamlError {
        faults.record(fault(for: error, in: text, file: file))
        return nil
      } catch {
        faults.record(SourcePlace(file: file), "cannot be read as YAML: \(error)")
        return nil
      }
    }
    return nil
  }

  // MARK: - Nodes

  /// Marks a repeated key that was renamed; private use, so that no author's key has it.
  private static let repeatMark = "\u{E0FF}"

  /// - Parameter anchors: those met so far; a node whose anchor is among them is an alias, which
  ///   the parser has replaced by what it stands for.
  private static func convert(
    _ node: Node, _ place: SourcePlace, _ anchors: inout Set<String>, _ faults: FaultCollector
  ) -> ModelNode {
    var place = place
    if let anchor = node.anchor?.rawValue, !anchors.insert(anchor).inserted {
      faults.record(place, "uses the alias *\(anchor)", "write the value out here")
      return ModelNode(.empty, file: place.file, line: place.line)
    }
    if let mark = node.mark { place.line = mark.line }
    func made(_ content: ModelNode.Content) -> ModelNode {
      ModelNode(content, file: place.file, line: place.line)
    }
    if let anchor = node.anchor {
      faults.record(
        place, "has the anchor &\(anchor.rawValue)", "write values out where they are used")
    }
    switch node {
    case .alias: return made(.empty)  // never made by the parser
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      if let tag = explicitTag(scalar.tag, isPlain: isPlain) {
        faults.record(place, "has the tag \(tag)", "write the value without a tag")
      }
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return made(isNull ? .empty : .scalar(scalar.string, quoted: !isPlain))
    case .sequence(let items):
      var nodes: [ModelNode] = []
      for (index, item) in items.enumerated() {
        let itemPlace = place.appending(name(of: item) ?? "[\(index + 1)]")
        nodes.append(convert(item, itemPlace, &anchors, faults))
      }
      return made(.list(nodes))
    case .mapping(let pairs):
      var entries: [ModelNode.Entry] = []
      for (keyNode, valueNode) in pairs {
        let line = keyNode.mark?.line ?? place.line
        guard case .scalar(let scalar) = keyNode, keyNode.anchor == nil else {
          faults.record(
            SourcePlace(file: place.file, line: line, path: place.path),
            "has a key that is not a plain name", "write name: value")
          continue
        }
        let key = scalar.string
        if key.contains(repeatMark) { continue }
        let keyPlace = place.appending(key, line: line)
        if key == "<<" {
          faults.record(keyPlace, "merges keys", "write the keys out where they are used")
          continue
        }
        // A scenario's `set` has paths for keys.
        let isPath = place.path == "set" || place.path.hasSuffix(".set")
        if key.isEmpty
          || !isPath && key.contains(where: { ".[]=,".contains($0) || $0.isWhitespace })
        {
          faults.record(
            keyPlace, "is no name that a path can hold",
            "leave out spaces and the signs . , = [ ]")
          continue
        }
        let value = convert(valueNode, keyPlace, &anchors, faults)
        entries.append(ModelNode.Entry(key: key, line: line, node: value))
      }
      return made(.mapping(entries))
    }
  }

  /// The `name` of a list's item, by which paths address it.
  private static func name(of item: Node) -> String? {
    guard case .mapping(let pairs) = item else { return nil }
    for (key, value) in pairs {
      if case .scalar(let scalar) = key, scalar.string == "name", case .scalar(let name) = value {
        return name.string
      }
    }
    return nil
  }

  private static func explicitTag(_ tag: Tag, isPlain: Bool) -> String? {
    let name = tag.description
    if name.isEmpty || name == "!" { return nil }
    if !isPlain, name == Tag.Name.str.rawValue { return nil }
    return name
  }

  // MARK: - What is no YAML

  private static func lineOfTabIndentation(_ text: String) -> Int? {
    var line = 1
    var isIndentation = true
    for byte in text.utf8 {
      switch byte {
      case 10:
        line += 1
        isIndentation = true
      case 9 where isIndentation: return line
      case 32: break
      default: isIndentation = false
      }
    }
    return nil
  }

  /// Records the repeat and gives the text with the later key renamed; `nil` if it is not found.
  private static func renamingRepeat(
    of keys: [String], _ context: YamlError.Context, in text: String, file: String,
    _ faults: FaultCollector
  ) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = context.mark.line
    for key in keys.sorted() {
      let indentation = String(repeating: " ", count: max(0, context.mark.column - 1))
      for index in lines.indices where index >= first {
        guard lines[index].hasPrefix(indentation) else { continue }
        let rest = lines[index].dropFirst(indentation.count)
        guard rest.hasPrefix(key) else { continue }
        let after = rest.dropFirst(key.count)
        guard after.first == ":", after.count == 1 || after.dropFirst().first == " " else {
          continue
        }
        faults.record(
          SourcePlace(file: file, line: index + 1, path: key), "is given a second time",
          "the first is on line \(first); keep one of them")
        lines[index] = indentation + key + repeatMark + String(index) + String(after)
        return lines.joined(separator: "\n")
      }
    }
    faults.record(
      SourcePlace(file: file, line: first, path: keys.sorted().joined(separator: ", ")),
      "is given more than once", "keep one of them")
    return nil
  }

  private static func fault(for error: YamlError, in text: String, file: String) -> ModelFault {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let lineCount = text.utf8.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
      let place = SourcePlace(file: file, line: min(mark.line, lineCount))
      if problem.hasPrefix("found undefined alias") {
        return ModelFault(place, "uses an alias", "write the value out where it is used")
      }
      if problem.hasPrefix("but found another document") {
        return ModelFault(place, "begins a second document", "one file holds one document")
      }
      return ModelFault(
        place, "is not YAML: \(problem)",
        "look at this line's colons, quotation marks, brackets and indentation")
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = 1 + before.count { $0.isNewline }
      return ModelFault(
        SourcePlace(file: file, line: offset == nil ? 0 : line), "is not YAML: \(problem)",
        "remove the control character")
    default:
      return ModelFault(SourcePlace(file: file), "cannot be read as YAML: \(error)")
    }
  }
}
