// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles

/// The executable: arguments in, text and exit status out.
@main
struct Program {
  static func main() {
    // A file that may not grow is then told of by the writing, in a sentence.
    signal(SIGXFSZ, SIG_IGN)
    let arguments = withNegativeValues(Array(CommandLine.arguments.dropFirst()))
    exit(status(of: arguments).rawValue)
  }

  /// Joins an option and a negative number after it, `--points -3`, by an equals sign: the argument library
  /// would take the number for an option, and miss the value.
  private static func withNegativeValues(_ arguments: [String]) -> [String] {
    arguments.reduce(into: []) { joined, argument in
      let isNegative = argument.first == "-" && argument.dropFirst().first?.isNumber == true
      if isNegative, let option = joined.last, option.hasPrefix("--"), option.count > 2,
        !option.contains("=")
      {
        joined[joined.count - 1] = "\(option)=\(argument)"
      } else {
        joined.append(argument)
      }
    }
  }

  /// Runs a command and turns whatever went wrong into lines on standard error and a status.
  private static func status(of arguments: [String]) -> ExitStatus {
    do {
      try Yilian.checkCommandName(arguments)
      var command = try Yilian.parseAsRoot(arguments)
      try command.run()
      return .done
    } catch let status as ExitStatus {
      return status
    } catch let faults as ModelFaults {
      Console.complain(faults.list.map(\.description))
      return faults.isMachineFailure ? .machineFailed : .invalidInput
    } catch let fault as RunnerFault {
      Console.complain(fault.lines)
      return fault.cause == .machine ? .machineFailed : .invalidInput
    } catch {
      return usageStatus(error)
    }
  }

  /// Help and version are answers; all else that the argument library throws is bad usage.
  private static func usageStatus(_ error: any Error) -> ExitStatus {
    if Yilian.exitCode(for: error) == .success {
      do { try Console.print(Yilian.fullMessage(for: error)) } catch { return .machineFailed }
      return .done
    }
    let message = Yilian.message(for: error).split(separator: "\n").joined(separator: " ")
    Console.complain(["yilian: \(message)"])
    return .invalidInput
  }
}

/// How a command ends, besides what it prints.
enum ExitStatus: Int32, Error {
  case done = 0
  /// Only where a command was asked a question: the answer is no.
  case answeredNo = 1
  /// Bad usage, or any input that is not valid.
  case invalidInput = 2
  /// Disk, permission, memory, a missing program.
  case machineFailed = 3
  /// A stop was asked for by a signal; what was finished is kept.
  case stopped = 130
}
