// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import ExperimentRunner
import Foundation

/// Turns the signals that ask a program to stop into a flag; a second one ends it at once.
final class StopSignals {
  let flag = StopFlag()
  private var sources: [any DispatchSourceSignal] = []

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [flag] in
        if flag.isRaised { _exit(ExitStatus.stopped.rawValue) }
        flag.raise()
      }
      source.resume()
      sources.append(source)
    }
  }
}
