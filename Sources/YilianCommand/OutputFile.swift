// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// A file that a command writes whole or not at all.
enum OutputFile {
  static func write(_ data: Data, to path: String) throws {
    do { try data.write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw RunnerFault.machine(
        "\(path): cannot be written; is its folder there, and is the disk full?")
    }
  }
}
