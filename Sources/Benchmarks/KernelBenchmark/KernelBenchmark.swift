// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

@main
struct KernelBenchmark {
  static func main() {
    var c = EventCalendar<UInt64>()
    var x: UInt64 = 88_172_645_463_325_252
    for i in 0..<1000 { c.schedule(UInt64(i), at: SimulationTime(microseconds: Int64(i))) }
    var sum: UInt64 = 0
    for _ in 0..<20_000_000 {
      let e = c.next(before: .distantFuture)!
      sum &+= e
      x ^= x << 13
      x ^= x >> 7
      x ^= x << 17
      c.schedule(e, after: TimeSpan(microseconds: Int64(x >> 40)))
    }
    print(sum, c.now)
  }
}
