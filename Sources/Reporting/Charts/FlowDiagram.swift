// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// Bands between two columns of nodes, a panel for each of some scenarios on one scale, and below them
/// what each flow differs by from the baseline, with its interval: differences that matter are often
/// too small to be seen between bands.
struct FlowDiagram {
  /// A class of flows; its shape tells the direction to who cannot tell the colours apart.
  struct Kind {
    var title: String
    var colour: String
    var shape: String
  }

  struct Flow {
    /// Rows of the columns.
    var from: Int
    var to: Int
    var kind: Int
    /// As the differences and a pointer name it.
    var name: String
    /// One for each panel.
    var levels: [ChartEstimate]
    var difference: ChartEstimate?
    /// Whether its difference is listed however small it is.
    var isAlwaysListed = false
  }

  struct Node {
    var name: String
    /// One for each panel; `nil` where nothing flows.
    var totals: [ChartEstimate?]
  }

  /// The scenarios.
  var panels: [String]
  var left: [Node]
  var right: [Node]
  var kinds: [Kind]
  var flows: [Flow]
  /// What a value is multiplied by before it is shown.
  var scale: Double
  var differenceTitle: String
  var differenceUnit: String
  var language: Language
  var isFull: Bool

  /// Differences are listed of no more flows than this.
  static let mostListed = 18
  private static let nodeWidth = 9.0
  private var height: Double { isFull ? 320 : 270 }
  private var width: Double { isFull ? (panels.count > 1 ? 350 : 480) : 345 }
  private var fullWidth: Double { isFull ? 720 : 345 }

  /// The flows whose differences are listed: those that always are, and the largest of the rest, in the
  /// order in which they came. By size and not by difference: who looks for the largest differences
  /// finds some that chance made.
  var listed: [Flow] {
    let sizes = flows.map { flow in
      flow.isAlwaysListed ? .infinity : flow.levels.map(\.mean).max() ?? 0
    }
    let largest = Set(
      flows.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }.prefix(Self.mostListed))
    return flows.indices.filter(largest.contains).map { flows[$0] }
  }

  var body: JSONValue {
    let sets = panels.indices.map { panel in flows.map { layoutFlow($0, panel) } }
    let counts = (left.count, right.count)
    let pixels = FlowLayout.scale(of: sets, counts: counts, height: height)
    let drawn = panels.indices.map { panel in
      spec(panel, FlowLayout(sets[panel], counts: counts, scale: pixels))
    }
    let top: [JSONValue] = isFull ? [["hconcat": .list(drawn), "spacing": 16]] : drawn
    let rows = listed.filter { $0.difference != nil }
    return [
      "vconcat": .list(top + (rows.isEmpty ? [] : [differences(rows)])), "spacing": 14,
      "resolve": ["scale": ["color": "shared", "shape": "shared"]],
    ]
  }

  private func layoutFlow(_ flow: Flow, _ panel: Int) -> FlowLayout.Flow {
    FlowLayout.Flow(from: flow.from, to: flow.to, value: max(0, flow.levels[panel].mean * scale))
  }

  // MARK: Bands

  private func spec(_ panel: Int, _ layout: FlowLayout) -> JSONValue {
    func room(_ nodes: [Node]) -> Double {
      let widths = nodes.map { max(Self.pixels($0.name, 11), Self.pixels(total($0, panel), 10)) }
      return (widths.max() ?? 0) + 6
    }
    let (start, end) = (room(left), width - room(right))
    let bend = (end - start) * 0.1
    let bands = layout.bands.flatMap { band -> [JSONValue] in
      let flow = flows[band.flow]
      // A hair apart, so that neighbours are told apart; but thin ones must not vanish.
      let hair = band.height > 3 ? 0.6 : 0
      // Level, then along a smooth step, then level: four points tell it to a monotone curve.
      return [
        (start + Self.nodeWidth, band.left), (start + Self.nodeWidth + bend, band.left),
        (end - Self.nodeWidth - bend, band.right), (end - Self.nodeWidth, band.right),
      ].map { x, y in
        .object(
          [
            ("flow", .text(flow.name)), ("kind", .text(kinds[flow.kind].title)),
            ("x", Self.number(x)), ("top", Self.number(y)),
            ("bottom", Self.number(y + band.height - hair)),
            ("value", .text(flow.levels[panel].text(scale))),
          ] + flow.levels[panel].json(scale))
      }
    }
    var boxes: [JSONValue] = []
    var labels: [[JSONValue]] = [[], []]
    for (side, nodes, places, x) in [
      (0, left, layout.left, start), (1, right, layout.right, end - Self.nodeWidth),
    ] {
      for (node, place) in zip(nodes, places) where node.totals[panel] != nil {
        boxes.append([
          "x": Self.number(x), "end": Self.number(x + Self.nodeWidth),
          "top": Self.number(place.top), "bottom": Self.number(place.top + place.height),
        ])
        labels[side].append([
          "x": Self.number(side == 0 ? x - 5 : x + Self.nodeWidth + 5),
          "y": Self.number(place.middle), "name": .text(node.name),
          "total": .text(total(node, panel)),
        ])
      }
    }
    return [
      "title": [
        "text": .text(panels[panel]), "fontSize": 11, "anchor": "middle", "offset": 4,
      ],
      "width": .number(width), "height": .number(height),
      "layer": .list(
        [
          bandLayer(bands),
          [
            "data": ["values": .list(boxes)], "mark": ["type": "rect", "color": "#4d4d4d"],
            "encoding": [
              "x": across("x"), "x2": ["field": "end"], "y": down("top"),
              "y2": ["field": "bottom"],
            ],
          ],
        ]
          + zip(labels, ["right", "left"]).flatMap { values, align in
            [
              text(values, align, "name", rise: -6, size: 11, ChartStyle.ink),
              text(values, align, "total", rise: 7, size: 10, ChartStyle.faint),
            ]
          }),
    ]
  }

  private func bandLayer(_ bands: [JSONValue]) -> JSONValue {
    [
      "data": ["values": .list(bands)],
      "mark": [
        "type": "area", "interpolate": "monotone", "opacity": 0.78,
      ],
      "encoding": [
        "x": across("x"), "y": down("top"), "y2": ["field": "bottom"],
        "detail": [["field": "flow", "type": "nominal"], ["field": "kind", "type": "nominal"]],
        "color": series.colour,
        "tooltip": [
          ["field": "flow", "type": "nominal"], ["field": "kind", "type": "nominal"],
          ["field": "value", "type": "nominal"],
        ],
      ],
    ]
  }

  private func total(_ node: Node, _ panel: Int) -> String { node.totals[panel]?.text(scale) ?? "" }

  private func text(
    _ values: [JSONValue], _ align: String, _ field: String, rise: Int, size: Int, _ ink: String
  ) -> JSONValue {
    [
      "data": ["values": .list(values)],
      "mark": [
        "type": "text", "align": .text(align), "baseline": "middle", "dy": .integer(rise),
        "fontSize": .integer(size), "color": .text(ink),
      ],
      "encoding": [
        "x": across("x"), "y": down("y"), "text": ["field": .text(field), "type": "nominal"],
      ],
    ]
  }

  /// Pixels of the panel: no axis, because nothing is measured along it.
  private func across(_ field: String) -> JSONValue {
    [
      "field": .text(field), "type": "quantitative", "title": .null, "axis": .null,
      "scale": ["domain": [0, .number(width)], "nice": false, "zero": false],
    ]
  }
  private func down(_ field: String) -> JSONValue {
    [
      "field": .text(field), "type": "quantitative", "title": .null, "axis": .null,
      "scale": ["domain": [0, .number(height)], "nice": false, "zero": false, "reverse": true],
    ]
  }

  private var series: ChartSeries {
    ChartSeries(
      "kind", kinds.map(\.title), colours: kinds.map(\.colour), shapes: kinds.map(\.shape),
      width: isFull ? .full : .half)
  }

  // MARK: Differences

  private func differences(_ flows: [Flow]) -> JSONValue {
    let names = flows.map(\.name)
    let texts = flows.map { $0.difference?.text(scale, isSigned: true) ?? "" }
    let values = zip(flows, texts).map { flow, text -> JSONValue in
      .object(
        [
          ("name", .text(flow.name)), ("kind", .text(kinds[flow.kind].title)),
          ("text", .text(text)),
        ] + (flow.difference?.json(scale) ?? []))
    }
    let names11 = (names.map { Self.pixels($0, 11) }.max() ?? 0) + 10
    let texts10 = (texts.map { Self.pixels($0, 10) }.max() ?? 0) + 10
    let start = min(names11, fullWidth * 0.6)
    let end = max(start + 60, min(fullWidth - texts10, start + 330))
    let vertical: JSONValue = [
      "field": "name", "type": "nominal", "title": .null, "axis": .null,
      "sort": .list(names.map { .text($0) }),
      "scale": ["domain": .list(names.map { .text($0) })],
    ]
    var axis = ChartAxis(
      differenceTitle, unit: differenceUnit, language, isSigned: true, tickCount: isFull ? 6 : 3)
    axis.range = (start, end)
    func label(_ field: String, at x: Double, size: Int, _ ink: String) -> JSONValue {
      [
        "mark": [
          "type": "text", "align": "left", "fontSize": .integer(size), "color": .text(ink),
        ],
        "encoding": [
          "x": ["value": .number(x)],
          "text": ["field": .text(field), "type": "nominal"],
        ],
      ]
    }
    return [
      "width": .number(fullWidth), "height": ["step": 16], "data": ["values": .list(values)],
      "encoding": ["y": vertical],
      "layer": [
        IntervalMarks.upright(at: 0), label("name", at: 0, size: 11, ChartStyle.ink),
        IntervalMarks.lines(width: 2, colour: ChartStyle.ink),
        IntervalMarks.points(on: axis, of: series, size: 48, outline: ChartStyle.ink),
        label("text", at: end + 10, size: 10, ChartStyle.faint),
      ],
    ]
  }

  /// To a hundredth of a pixel.
  private static func number(_ pixels: Double) -> JSONValue {
    .number((pixels * 100).rounded() / 100)
  }

  /// About how wide a text is, in pixels: a column is half as wide as letters are high.
  static func pixels(_ text: String, _ size: Double) -> Double {
    Double(text.displayWidth) * size * 0.53
  }
}
