// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// Circles, signs and labels of a map of towns.
struct MapMarks {
  struct Town {
    var place: RegionPlace
    var name: String
    var estimate: ChartEstimate?
  }

  let towns: [Town]
  let institutions: [RegionPlace]
  /// What a value is multiplied by before it is shown.
  let scale: Double
  let isChange: Bool
  /// What the colours are of.
  let legend: String
  let language: Language
  let isFull: Bool
  private let map: TownMap

  /// - Parameter towns: The largest first, so that no circle hides a smaller one.
  init(
    towns: [Town], institutions: [RegionPlace], scale: Double, isChange: Bool, legend: String,
    language: Language, isFull: Bool
  ) {
    self.towns = towns
    self.institutions = institutions
    self.scale = scale
    self.isChange = isChange
    self.legend = legend
    self.language = language
    self.isFull = isFull
    map = TownMap(
      towns.map(\.place) + institutions, most: isFull ? (640, 560) : (308, 400),
      indent: isFull ? (80, 46) : (48, 34))
  }

  /// Named by number in the notes: names of hospitals are long, and hospitals stand close together.
  var hospitals: [RegionPlace] { institutions.filter { $0.tier == "county" } }

  private var largestRadius: Double { isFull ? 34 : 22 }
  private var mostResidents: Double { Double(towns.map { $0.place.population ?? 0 }.max() ?? 1) }

  private func radius(_ town: Town) -> Double {
    largestRadius * (Double(town.place.population ?? 0) / mostResidents).squareRoot()
  }

  var body: JSONValue {
    let labels = labels
    return [
      "width": .number(map.width), "height": .number(map.height),
      "layer": .list(
        circles + signs
          + [
            [
              "data": ["values": .list(labels.lines)],
              "mark": ["type": "rule", "color": "#999999", "strokeWidth": 0.7],
              "encoding": [
                "x": east("x"), "y": north("y"), "x2": ["field": "endX"],
                "y2": ["field": "endY"],
              ],
            ]
          ] + labels.texts),
      "resolve": ["scale": ["color": "independent"]],
    ]
  }

  private func east(_ field: String) -> JSONValue {
    axis(field, MapPhrase.east.text(language), map.extent.x)
  }
  private func north(_ field: String) -> JSONValue {
    axis(field, MapPhrase.north.text(language), map.extent.y)
  }
  private func axis(_ field: String, _ title: String, _ extent: Double) -> JSONValue {
    [
      "field": .text(field), "type": "quantitative", "title": .text(title),
      "scale": ["domain": [0, .number(extent)], "nice": false, "zero": false],
      "axis": ["tickCount": .integer(isFull ? 6 : 4), "format": ChartStyle.numbers, "grid": false],
    ]
  }

  private func place(_ place: RegionPlace) -> [(String, JSONValue)] {
    let (x, y) = map.kilometres(map.pixels(place))
    return [("x", .number(x)), ("y", .number(y))]
  }

  // MARK: Circles

  /// Those whose direction is unknown are grey.
  private var circles: [JSONValue] {
    func isGrey(_ town: Town) -> Bool { isChange && town.estimate?.isClear == false }
    func rows(_ towns: [Town]) -> JSONValue {
      .list(
        towns.map { town in
          .object(
            place(town.place) + [
              ("town", .text(town.name)), ("residents", .integer(town.place.population ?? 0)),
              ("value", .text(town.estimate?.text(scale, isSigned: isChange) ?? "")),
            ] + (town.estimate?.json(scale) ?? []))
        })
    }
    func layer(_ towns: [Town], _ colour: JSONValue?) -> JSONValue {
      let encoding: [(String, JSONValue)] = [
        ("x", east("x")), ("y", north("y")),
        (
          "size",
          [
            "field": "residents", "type": "quantitative", "legend": .null,
            "scale": [
              "domain": [0, .number(mostResidents)],
              "range": [0, .number(Double.pi * largestRadius * largestRadius)],
            ],
          ]
        ),
        (
          "tooltip",
          [
            ["field": "town", "type": "nominal"], ["field": "value", "type": "nominal"],
            ["field": "residents", "type": "quantitative", "format": ","],
          ]
        ),
      ]
      return [
        "data": ["values": rows(towns)],
        "mark": [
          "type": "circle", "color": "#cccccc", "opacity": 0.92, "stroke": "#666666",
          "strokeWidth": 0.8,
        ],
        "encoding": .object(encoding + (colour.map { [("color", $0)] } ?? [])),
      ]
    }
    let grey = towns.filter(isGrey)
    let coloured = towns.filter { !isGrey($0) }
    return (grey.isEmpty ? [] : [layer(grey, nil)])
      + (coloured.isEmpty ? [] : [layer(coloured, colour(coloured))])
  }

  private func colour(_ towns: [Town]) -> JSONValue {
    let means = towns.compactMap { $0.estimate.map { $0.mean * scale } }
    let ramp: JSONValue
    if isChange {
      let most = max(means.map(abs).max() ?? 0, 1e-9)
      let domain: [Double] = [-most, -most / 2, 0, most / 2, most]
      ramp = [
        "type": "linear", "domain": .list(domain.map { .number($0) }),
        "range": .list(ChartStyle.diverging.map { .text($0) }),
      ]
    } else {
      ramp = ["type": "linear", "zero": false, "range": ["#deebf7", "#2166ac"]]
    }
    return [
      "field": "mean", "type": "quantitative", "title": .text(legend), "scale": ramp,
      "legend": .object(
        [
          ("direction", "horizontal"), ("gradientLength", .integer(isFull ? 260 : 200)),
          ("tickCount", 5),
        ] + ChartStyle.format(isSigned: isChange)),
    ]
  }

  // MARK: Institutions

  private static let shapes = [
    "county": "square", "township": "triangle-up", "community": "diamond", "village": "circle",
    "city": "cross", "outside": "cross",
  ]

  private var signs: [JSONValue] {
    let tiers = ReportLayout.ordered(Set(institutions.compactMap(\.tier)), of: "tier")
    guard !tiers.isEmpty else { return [] }
    let names = tiers.map { MeasureNames.member($0, of: "tier", language) }
    return [
      [
        "data": [
          "values": .list(
            institutions.map { institution in
              let tier = tiers.firstIndex(of: institution.tier ?? "") ?? 0
              return .object(
                place(institution) + [
                  ("tier", .text(names[tier])),
                  ("name", .text(name(institution))),
                ])
            })
        ],
        "mark": [
          "type": "point", "size": .integer(isFull ? 34 : 20), "color": "#1a1a1a",
          "strokeWidth": 1, "opacity": 1,
        ],
        "encoding": [
          "x": east("x"), "y": north("y"),
          "shape": [
            "field": "tier", "type": "nominal",
            "title": .text(MapPhrase.institutions.text(language)),
            "scale": [
              "domain": .list(names.map { .text($0) }),
              "range": .list(tiers.map { .text(Self.shapes[$0] ?? "circle") }),
            ],
            "legend": [
              "orient": "bottom", "titleOrient": "left", "columns": .integer(isFull ? 4 : 1),
            ],
          ],
          "tooltip": [
            ["field": "name", "type": "nominal"], ["field": "tier", "type": "nominal"],
          ],
        ],
      ]
    ]
  }

  private func name(_ institution: RegionPlace) -> String {
    (language == .chinese ? institution.chinese : institution.english) ?? institution.key
  }

  // MARK: Labels

  /// Pixels from a circle to the nearest other one: who has the least room is placed first.
  private func room(_ town: Town) -> Double {
    let (x, y) = map.pixels(town.place)
    let gaps = towns.filter { $0.place.key != town.place.key }.map { other -> Double in
      let (otherX, otherY) = map.pixels(other.place)
      let (across, down) = (x - otherX, y - otherY)
      return (across * across + down * down).squareRoot() - radius(town) - radius(other)
    }
    return gaps.min() ?? 0
  }

  private var labels: (texts: [JSONValue], lines: [JSONValue]) {
    let size = isFull ? 11.0 : 10
    func box(_ x: Double, _ y: Double, _ radius: Double) -> LabelPlacement.Box {
      LabelPlacement.Box(left: x - radius, top: y - radius, right: x + radius, bottom: y + radius)
    }
    let circleBoxes = towns.map { town in
      let (x, y) = map.pixels(town.place)
      // A circle fills about as much as the square inside it and half of the rest.
      return box(x, y, radius(town) * 0.85)
    }
    let signBoxes = institutions.map { institution in
      let (x, y) = map.pixels(institution)
      return box(x, y, isFull ? 4 : 3)
    }
    let bounds = LabelPlacement.Box(left: 0, top: 0, right: map.width, bottom: map.height)
    var placement = LabelPlacement(bounds: bounds, obstacles: circleBoxes + signBoxes)
    var texts: [Int: [JSONValue]] = [:]
    var lines: [JSONValue] = []
    var taken: [LabelPlacement.Box] = []
    func put(_ name: String, _ number: String, at point: (x: Double, y: Double), _ radius: Double) {
      let width = max(FlowDiagram.pixels(name, size), FlowDiagram.pixels(number, size - 1))
      let placed = placement.place(
        x: point.x, y: point.y, radius: radius, width: width,
        height: number.isEmpty ? size + 1 : 2 * size + 3)
      taken.append(placed.box)
      let anchor =
        placed.side > 0
        ? placed.box.left
        : placed.side < 0 ? placed.box.right : (placed.box.left + placed.box.right) / 2
      let middle = (placed.box.top + placed.box.bottom) / 2
      let at = map.kilometres((anchor, middle))
      texts[placed.side, default: []].append([
        "x": .number(at.x), "y": .number(at.y), "name": .text(name), "number": .text(number),
      ])
      if placed.isApart {
        let (start, end) = (
          map.kilometres(point),
          map.kilometres(
            placed.side == 0
              ? (anchor, point.y < middle ? placed.box.top : placed.box.bottom) : (anchor, middle))
        )
        lines.append([
          "x": .number(start.x), "y": .number(start.y), "endX": .number(end.x),
          "endY": .number(end.y),
        ])
      }
    }
    for town in towns.sorted(by: { (room($0), $0.place.key) < (room($1), $1.place.key) }) {
      put(town.name, number(town), at: map.pixels(town.place), radius(town))
    }
    // Numbers of hospitals may stand on the circle of their town.
    placement = LabelPlacement(bounds: bounds, obstacles: signBoxes + taken)
    for (number, hospital) in hospitals.enumerated() {
      put("\(number + 1)", "", at: map.pixels(hospital), 3)
    }
    let layers = [(-1, "right"), (0, "center"), (1, "left")].flatMap { side, align in
      let rows = texts[side] ?? []
      return [
        layer(rows, align, "name", rise: { $0 ? -(size / 2 + 0.5) : 0 }, size, ChartStyle.ink),
        layer(rows, align, "number", rise: { _ in size / 2 + 0.5 }, size - 1, ChartStyle.faint),
      ].flatMap { $0 }
    }
    return (layers, lines)
  }

  /// Two decimals at most: more would not fit between the towns, and the pointer and the words have them.
  private func number(_ town: Town) -> String {
    guard let estimate = town.estimate else { return "" }
    let full = estimate.text(scale, isSigned: isChange)
    guard let low = estimate.low, let high = estimate.high,
      NumberText.decimals(mean: estimate.mean * scale, low: low * scale, high: high * scale) > 2
    else { return full }
    let half = (high - low) / 2 * scale
    return NumberText.text(estimate.mean * scale, decimals: 2, isSigned: isChange)
      + (half < 0.005 ? " ± <0.01" : " ± " + NumberText.text(half, decimals: 2))
  }

  /// A layer for labels of two lines, and one for those of one.
  private func layer(
    _ rows: [JSONValue], _ align: String, _ field: String, rise: (Bool) -> Double, _ size: Double,
    _ ink: String
  ) -> [JSONValue] {
    func isDouble(_ row: JSONValue) -> Bool {
      guard case .object(let members) = row,
        case .text(let number)? = members.first(where: { $0.0 == "number" })?.1
      else { return false }
      return !number.isEmpty
    }
    return [true, false].compactMap { kind in
      let values = rows.filter { isDouble($0) == kind }
      guard !values.isEmpty, kind || field == "name" else { return nil }
      return [
        "data": ["values": .list(values)],
        "mark": [
          "type": "text", "align": .text(align), "baseline": "middle", "dy": .number(rise(kind)),
          "fontSize": .number(size), "color": .text(ink),
        ],
        "encoding": [
          "x": east("x"), "y": north("y"), "text": ["field": .text(field), "type": "nominal"],
        ],
      ]
    }
  }
}
