// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Seconds this thread has spent on a processor, which other work on the machine hardly changes.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Ends the program for want of a sensible command line.
func stop(_ complaint: String) -> Never {
  let line = Array("KernelBenchmark: \(complaint)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
  exit(2)
}
