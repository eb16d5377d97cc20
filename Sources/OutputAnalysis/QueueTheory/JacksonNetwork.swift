// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

extension QueueTheory {
  /// One station of an open network.
  public struct Station: Hashable, Sendable, BitwiseCopyable {
    /// Poisson arrivals from outside per unit of time.
    public var externalArrivalRate: Double
    public var meanServiceTime: Double
    public var servers: Int

    public init(externalArrivalRate: Double, meanServiceTime: Double, servers: Int) {
      QueueTheory.check(arrivalRate: externalArrivalRate, meanServiceTime: meanServiceTime)
      precondition(servers >= 1, "a station has at least one server")
      self.externalArrivalRate = externalArrivalRate
      self.meanServiceTime = meanServiceTime
      self.servers = servers
    }
  }

  /// Open Jackson network: stations with exponential service and random routing; each behaves in
  /// the long run as an M/M/c of its own.
  ///
  /// - Parameters:
  ///   - stations: With their arrivals from outside.
  ///   - routing: `routing[i][j]` is the probability to go from i to j; what a row lacks to 1 leaves.
  /// - Returns: The measures per visit to each station, or `nil` when some station has no steady
  ///   state or somebody could never leave.
  /// - Complexity: O(*n*³).
  ///
  /// Source: Jackson, *Oper. Res.* 5 (1957) 518–521; Gross et al., 4th ed., 2008, §4.2.
  public static func jacksonNetwork(
    _ stations: [Station], routing: [[Double]]
  ) -> [Measures]? {
    guard
      let rates = throughputs(
        externalArrivalRates: stations.map(\.externalArrivalRate), routing: routing)
    else { return nil }
    var all: [Measures] = []
    for (station, rate) in zip(stations, rates) {
      let measures = multiServer(
        arrivalRate: rate, meanServiceTime: station.meanServiceTime, servers: station.servers)
      guard let measures else { return nil }
      all.append(measures)
    }
    return all
  }

  /// Solves the traffic equations λ = γ + λP of an open network: arrivals per unit of time at each
  /// station, from outside and from the others.
  ///
  /// - Returns: `nil` when somebody could never leave.
  public static func throughputs(
    externalArrivalRates: [Double], routing: [[Double]]
  ) -> [Double]? {
    let count = externalArrivalRates.count
    precondition(routing.count == count, "one row of routing per station")
    for row in routing {
      precondition(row.count == count, "one column of routing per station")
      precondition(row.allSatisfy { $0 >= 0 }, "a routing probability is not negative")
      precondition(row.reduce(0, +) <= 1 + 1e-9, "a row of routing sums to at most 1")
    }
    guard count > 0, everyoneLeaves(routing) else { return count == 0 ? [] : nil }
    var equations = [Double](repeating: 0, count: count * count)
    for from in 0..<count {
      for to in 0..<count {
        equations[to * count + from] = (from == to ? 1 : 0) - routing[from][to]
      }
    }
    return solve(&equations, externalArrivalRates).map { max(0, $0) }
  }

  /// Whether each station leads, through any number of others, to one that some leave from.
  private static func everyoneLeaves(_ routing: [[Double]]) -> Bool {
    var leads = routing.map { $0.reduce(0, +) < 1 - 1e-12 }
    var grew = true
    while grew {
      grew = false
      for from in routing.indices where !leads[from] {
        if routing.indices.contains(where: { leads[$0] && routing[from][$0] > 0 }) {
          leads[from] = true
          grew = true
        }
      }
    }
    return leads.allSatisfy(\.self)
  }

  /// The solution of a regular system of linear equations, by GSL's LU decomposition.
  private static func solve(_ matrix: inout [Double], _ rightSide: [Double]) -> [Double] {
    GSL.prepare()
    let count = rightSide.count
    var rightSide = rightSide
    var solution = [Double](repeating: 0, count: count)
    let permutation = gsl_permutation_alloc(count)
    defer { gsl_permutation_free(permutation) }
    matrix.withUnsafeMutableBufferPointer { matrix in
      rightSide.withUnsafeMutableBufferPointer { rightSide in
        solution.withUnsafeMutableBufferPointer { solution in
          var a = gsl_matrix_view_array(matrix.baseAddress, count, count)
          var b = gsl_vector_view_array(rightSide.baseAddress, count)
          var x = gsl_vector_view_array(solution.baseAddress, count)
          var sign: Int32 = 0
          let status =
            gsl_linalg_LU_decomp(&a.matrix, permutation, &sign)
            | gsl_linalg_LU_solve(&a.matrix, permutation, &b.vector, &x.vector)
          precondition(status == 0, "GSL could not solve the traffic equations")
        }
      }
    }
    return solution
  }
}
