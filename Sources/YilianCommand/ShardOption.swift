// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner

/// Which part of a design is run here.
struct ShardOption: ParsableArguments {
  @Option(
    name: .customLong("shard"),
    help: ArgumentHelp("Run part K of N only; merge joins the parts.", valueName: "K/N"),
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError("write K/N with K from 1 to N, such as 2/3")
      }
      return shard
    })
  var part: Shard?

  var shard: Shard { part ?? .whole }
}
