// SPDX-License-Identifier: GPL-3.0-or-later

/// The tables and views of a results file, in SQL that any SQLite from 3.8.3 on can read.
enum ResultsSchema {
  /// Marks the file as ours (`YILI` in ASCII), so that no other database is taken for one.
  static let applicationID: Int32 = 0x5949_4C49
  /// Of the layout below; a file of another number is refused.
  static let version = 1

  /// Names of what is observed are stored once, in `series`; `observation` shows them joined.
  static let tables = """
    CREATE TABLE provenance (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE point (
      point_id INTEGER PRIMARY KEY, scenario TEXT NOT NULL, settings TEXT NOT NULL);
    CREATE TABLE replication (
      point_id INTEGER NOT NULL REFERENCES point, replication INTEGER NOT NULL,
      events INTEGER NOT NULL, checksum TEXT NOT NULL,
      PRIMARY KEY (point_id, replication)) WITHOUT ROWID;
    CREATE TABLE series (
      series_id INTEGER PRIMARY KEY, measure TEXT NOT NULL, dimension TEXT NOT NULL,
      member TEXT NOT NULL, UNIQUE (measure, dimension, member));
    CREATE TABLE observed_value (
      point_id INTEGER NOT NULL, replication INTEGER NOT NULL,
      series_id INTEGER NOT NULL REFERENCES series, value REAL,
      PRIMARY KEY (point_id, replication, series_id)) WITHOUT ROWID;
    -- Each point with the one it is compared with.
    CREATE TABLE baseline_pair (
      point_id INTEGER PRIMARY KEY REFERENCES point,
      baseline_point_id INTEGER NOT NULL REFERENCES point);
    -- Two-sided 95 % quantile of Student's t for n observations; half_width = quantile / sqrt(n).
    CREATE TABLE student (
      n INTEGER PRIMARY KEY, quantile REAL NOT NULL, half_width REAL NOT NULL);
    """

  static let views = [
    """
    CREATE VIEW observation AS
    SELECT o.point_id, o.replication, s.measure, s.dimension, s.member, o.value
    FROM observed_value o JOIN series s ON s.series_id = o.series_id
    ORDER BY o.point_id, o.replication, s.measure, s.dimension, s.member
    """,
    """
    CREATE VIEW summary AS
    \(spread(of: "SELECT point_id, series_id, value FROM observed_value WHERE value IS NOT NULL"))
    SELECT e.point_id, p.scenario, s.measure, s.dimension, s.member, e.n, e.mean, e.sd,
      e.mean - t.half_width * e.sd AS ci_low, e.mean + t.half_width * e.sd AS ci_high
    FROM estimate e JOIN point p ON p.point_id = e.point_id
      JOIN series s ON s.series_id = e.series_id LEFT JOIN student t ON t.n = e.n
    ORDER BY e.point_id, s.measure, s.dimension, s.member
    """,
    "CREATE VIEW contrast AS " + contrast(pairs: "baseline_pair"),
  ]

  /// How far each batch mean tells the next, of files that hold batches: von Neumann's estimate of the
  /// lag-1 autocorrelation, as ``BatchCorrelation`` has it; NULL under two batches, where nothing
  /// varies, and where a batch has no value.
  static let batchCorrelation = """
    CREATE VIEW batch_correlation AS
    WITH step AS (
      SELECT a.point_id, a.series_id, COUNT(*) AS steps,
        SUM((b.value - a.value) * (b.value - a.value)) AS squares
      FROM observed_value a JOIN observed_value b ON b.point_id = a.point_id
        AND b.series_id = a.series_id AND b.replication = a.replication + 1
      WHERE a.value IS NOT NULL AND b.value IS NOT NULL
      GROUP BY a.point_id, a.series_id),
    centre AS (
      SELECT point_id, series_id, COUNT(value) AS n, AVG(value) AS mean
      FROM observed_value GROUP BY point_id, series_id),
    spread AS (
      SELECT c.point_id, c.series_id, c.n,
        SUM((v.value - c.mean) * (v.value - c.mean)) AS squares
      FROM centre c JOIN observed_value v
        ON v.point_id = c.point_id AND v.series_id = c.series_id
      WHERE v.value IS NOT NULL GROUP BY c.point_id, c.series_id)
    SELECT e.point_id, p.scenario, s.measure, s.dimension, s.member, e.n,
      CASE WHEN e.squares > 0 AND d.steps = e.n - 1 THEN 1 - d.squares / (2 * e.squares) END
        AS lag_1
    FROM spread e JOIN step d ON d.point_id = e.point_id AND d.series_id = e.series_id
      JOIN point p ON p.point_id = e.point_id JOIN series s ON s.series_id = e.series_id
    ORDER BY e.point_id, s.measure, s.dimension, s.member
    """

  /// The paired contrasts over a table of pairs, which a reader may replace by pairs of its own.
  static func contrast(pairs: String) -> String {
    """
    \(spread(of: """
      SELECT x.point_id, x.series_id, x.value - b.value AS value
      FROM \(pairs) k JOIN observed_value x ON x.point_id = k.point_id
        JOIN observed_value b ON b.point_id = k.baseline_point_id
          AND b.replication = x.replication AND b.series_id = x.series_id
      WHERE x.value IS NOT NULL AND b.value IS NOT NULL
      """))
    SELECT e.point_id, p.scenario, b.scenario AS baseline, s.measure, s.dimension, s.member, e.n,
      e.mean AS mean_difference,
      e.mean - t.half_width * e.sd AS ci_low, e.mean + t.half_width * e.sd AS ci_high
    FROM estimate e JOIN point p ON p.point_id = e.point_id
      JOIN \(pairs) k ON k.point_id = e.point_id
      JOIN point b ON b.point_id = k.baseline_point_id
      JOIN series s ON s.series_id = e.series_id LEFT JOIN student t ON t.n = e.n
    ORDER BY e.point_id, s.measure, s.dimension, s.member
    """
  }

  /// Common table expressions that end in `estimate`: count, mean and standard deviation, in two
  /// passes, of the values that `source` selects for each point and series.
  private static func spread(of source: String) -> String {
    """
    WITH sample AS (
      \(source)),
    first_pass AS (
      SELECT point_id, series_id, COUNT(*) AS n, AVG(value) AS mean
      FROM sample GROUP BY point_id, series_id),
    second_pass AS (
      SELECT f.point_id, f.series_id, f.n, f.mean, CASE WHEN f.n >= 2 THEN
        SUM((v.value - f.mean) * (v.value - f.mean)) / (f.n - 1) END AS variance
      FROM first_pass f JOIN sample v ON v.point_id = f.point_id AND v.series_id = f.series_id
      GROUP BY f.point_id, f.series_id),
    estimate AS (
      SELECT point_id, series_id, n, mean, CASE WHEN variance > 0 THEN (
        -- The square root by Newton's iteration, which falls until it is exact: sqrt() is not built
        -- into every SQLite.
        WITH RECURSIVE newton (root) AS (
          SELECT (variance + 1) / 2
          UNION ALL
          SELECT (root + variance / root) / 2 FROM newton
          WHERE (root + variance / root) / 2 < root)
        SELECT MIN(root) FROM newton) ELSE variance END AS sd
      FROM second_pass)
    """
  }
}
