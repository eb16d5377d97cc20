// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Times whole networks through the interpreter, with keyed draws and all measures.
///
///     swift run -c release NetworkBenchmark [customers] [repeats] [network]
///
/// Prints, for each network, the median processor time of a customer, events per second, and a
/// checksum of the final state, which must not differ between runs.
@main
struct NetworkBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let customers = arguments.first ?? 1_000_000
    let repeats = arguments.dropFirst().first ?? 5
    let networks = [
      ("M/M/1", try BenchmarkNetworks.serverQueue(servers: 1, load: 0.9)),
      ("M/M/20", try BenchmarkNetworks.serverQueue(servers: 20, load: 0.9)),
      ("three-tier", try BenchmarkNetworks.threeTiers()),
    ]
    let only = CommandLine.arguments.dropFirst(3).first
    print("network        ns/customer   events/s (millions)   checksum")
    for (name, network) in networks where only == nil || only == name {
      try time(name, network, customers, repeats)
    }
  }

  private static func time(
    _ name: String, _ network: BenchmarkNetworks.Network, _ customers: Int, _ repeats: Int
  ) throws {
    let end = SimulationTime(
      microseconds: Int64(
        Double(customers) / network.arrivalRate * Double(network.model.timeUnit.microseconds)))
    var nanoseconds: [Double] = []
    var checksums: Set<UInt64> = []
    var events: UInt64 = 0
    for _ in 0..<repeats {
      let start = processorSeconds()
      let run = NetworkRun(
        model: network.model, window: RunWindow(warmUpEnd: .zero, end: end),
        root: RandomRoot(seed: 2020, replication: 1))
      run.advance(until: end)
      nanoseconds.append((processorSeconds() - start) * 1e9 / Double(customers))
      checksums.insert(run.checksum)
      events = run.eventCount
    }
    precondition(checksums.count == 1, "repeated runs differ")
    let median = nanoseconds.sorted()[repeats / 2]
    let rate = Double(events) / (median * Double(customers)) * 1e3
    print(
      name.padded(to: 14), rounded(median).padded(to: 13), rounded(rate).padded(to: 21),
      String(checksums.first ?? 0, radix: 16))
  }

  private static func rounded(_ value: Double) -> String {
    "\((value * 10).rounded() / 10)"
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
