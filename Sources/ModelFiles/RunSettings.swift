// SPDX-License-Identifier: GPL-3.0-or-later

/// How long and how often a model is run: the `run:` section of a model or an experiment.
public struct RunSettings: Sendable {
  /// The keys of `run:`.
  public static let keys = ["start", "warm-up", "length", "replications", "seed", "measures"]
}
