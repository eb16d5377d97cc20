# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at charts of flows, week and map: charts_of_flows.py CHECK CHART RESULTS...

Silent when all is well.
"""

import csv
import json
import math
import sqlite3
import sys


def values(path, *members):
    """The rows of data inside a specification that have some members."""
    found = []

    def look(node):
        if isinstance(node, dict):
            for row in node.get("values", []):
                if isinstance(row, dict) and all(name in row for name in members):
                    found.append(row)
            for part in node.values():
                look(part)
        elif isinstance(node, list):
            for part in node:
                look(part)

    with open(path, encoding="utf-8") as file:
        look(json.load(file))
    return found


def rows(path, sql):
    return list(sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(sql))


def close(one, other):
    return abs(one - other) <= 1e-9 * max(1, abs(other))


def week(chart, results):
    """Levels and differences of both measures, seven days each; shares in per cent."""
    wanted = []
    for measure, scale in [("wait-minutes", 1), ("occupancy", 100)]:
        for view, mean in [("summary", "mean"), ("contrast", "mean_difference")]:
            wanted += [
                tuple(value * scale for value in row)
                for row in rows(
                    results,
                    f"SELECT {mean}, ci_low, ci_high FROM {view}"
                    f" WHERE measure = '{measure}' AND dimension = 'weekday'",
                )
            ]
    assert len(wanted) == 2 * 7 * 3, len(wanted)
    held = [(row["mean"], row["low"], row["high"]) for row in values(chart, "day", "mean")]
    assert len(held) == len(wanted)
    for row in wanted:
        assert any(all(map(close, row, other)) for other in held), row


def bands(chart):
    """Means of the bands: of four corners each."""
    held = values(chart, "flow", "top", "bottom")
    assert held and len(held) % 4 == 0, len(held)
    return [row["mean"] for row in held[::4]]


def total(results, measure, dimension):
    """The sum of the means of a measure over members and scenarios."""
    view = f"FROM summary WHERE measure = '{measure}' AND dimension = '{dimension}'"
    return rows(results, f"SELECT SUM(mean) {view}")[0][0]


def money(chart, results):
    """All that patients and the fund pay is what institutions receive under both scenarios."""
    received = total(results, "revenue", "") / 1e6
    assert abs(sum(bands(chart)) - received) < 1e-6, (sum(bands(chart)), received)


def moves(chart, results):
    counted = total(results, "transfers", "from+to+way")
    assert counted > 0 and abs(sum(bands(chart)) - counted) < 1e-6, (sum(bands(chart)), counted)


def ground(one, other):
    """Kilometres between two towns of a table, by the haversine."""
    south, north = (math.radians(float(town["latitude_deg"])) for town in (one, other))
    east = math.radians(float(other["longitude_deg"]) - float(one["longitude_deg"]))
    across = math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(math.sin((north - south) / 2) ** 2 + across))


def map_(chart, results, towns):
    held = values(chart, "town", "residents", "mean")
    differences = {
        row[0]: [value * 100 for value in row[1:]]
        for row in rows(
            results,
            "SELECT member, mean_difference, ci_low, ci_high FROM contrast"
            " WHERE measure = 'primary-visit-share' AND dimension = 'town'",
        )
    }
    with open(towns, encoding="utf-8") as file:
        table = {row["town"]: row for row in csv.DictReader(file)}
    by_name = {row["town"].lower(): row for row in held}
    assert len(held) == len(table) == len(differences), (by_name.keys(), table.keys())
    for name, town in table.items():
        row = by_name[name]
        assert row["residents"] == int(town["population"])
        estimate = [row["mean"], row["low"], row["high"]]
        assert all(map(close, estimate, differences[name])), (row, differences[name])
        for other in table:
            drawn = math.hypot(*(row[axis] - by_name[other][axis] for axis in "xy"))
            assert abs(drawn - ground(town, table[other])) < 0.03, (name, other, drawn)


{"week": week, "money": money, "moves": moves, "map": map_}[sys.argv[1]](*sys.argv[2:])
