// SPDX-License-Identifier: GPL-3.0-or-later

/// Nanoseconds of processor time for each hold of the calendar and each customer of a station.
///
///     KernelBenchmark                       everything, medians of five
///     KernelBenchmark hold N [PATTERN]      one hold model, one repeat: for interleaving with others
///     KernelBenchmark station C             one M/M/c, one repeat
@main
struct KernelBenchmark {
  static let holds = 5_000_000
  static let customers = 1_000_000

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case nil:
      for pattern in DelayPattern.allCases {
        for pending in [100, 10_000, 1_000_000] {
          reportHold(pending: pending, pattern: pattern, repeats: 5)
        }
      }
      for servers in [1, 20] { reportStation(servers: servers, repeats: 5) }
    case "hold":
      guard let pending = arguments.dropFirst().first.flatMap({ Int($0) }), pending > 0,
        let pattern = DelayPattern(rawValue: arguments.dropFirst(2).first ?? "exponential")
      else { stop("hold wants a number of pending events, and perhaps a pattern of delays") }
      reportHold(pending: pending, pattern: pattern, repeats: 1)
    case "station":
      guard let servers = arguments.dropFirst().first.flatMap({ Int($0) }), servers > 0 else {
        stop("station wants a number of servers")
      }
      reportStation(servers: servers, repeats: 1)
    default:
      stop("'\(arguments.first!)' is neither hold nor station")
    }
  }

  static func reportHold(pending: Int, pattern: DelayPattern, repeats: Int) {
    var benchmark = HoldBenchmark(pending: pending, pattern: pattern)
    var times: [Double] = []
    var checksum: UInt64 = 0
    for _ in 0..<repeats {
      let result = benchmark.run(holds: holds)
      times.append(result.nanoseconds)
      checksum = checksum &* 31 &+ result.checksum
    }
    report("hold \(pattern) N=\(pending)", times, "checksum=" + String(checksum, radix: 16))
  }

  static func reportStation(servers: Int, repeats: Int) {
    var times: [Double] = []
    var meanTime = 0.0
    for _ in 0..<repeats {
      let result = StationBenchmark.run(servers: servers, customers: customers)
      times.append(result.nanoseconds)
      meanTime = result.meanTime
    }
    report("station c=\(servers)", times, "mean-time=\(meanTime)")
  }

  static func report(_ name: String, _ times: [Double], _ check: String) {
    let median = times.sorted()[times.count / 2]
    print("\(name) ns=\((median * 100).rounded() / 100) \(check)")
  }
}
