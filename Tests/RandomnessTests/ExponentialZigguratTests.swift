// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Randomness
import Testing

@Suite("Ziggurat of the exponential distribution")
struct ExponentialZigguratTests {
  @Test("layers are of equal area, and as wide as the curve at their heights")
  func layers() {
    let tail = ExponentialZiggurat.tail
    let area = (tail + 1) * exp(-tail)  // a box up to the tail, and the tail
    var edge = area / exp(-tail)
    var inner = tail
    for number in 0..<256 {
      let layer = exponentialLayers[number]
      #expect(abs(layer.edge - edge) <= 1e-11 * edge, "edge of layer \(number)")
      let share = number == 255 ? 0 : inner / edge
      #expect(abs(Double(layer.inside) * 0x1p-53 - share) <= 1e-11, "layer \(number)")
      edge = inner
      inner = number < 254 ? -log(exp(-inner) + area / inner) : 0
    }
    // The top layer's area is what is left, up to the height 1.
    let top = exponentialLayers[255].edge
    #expect(abs(top * (1 - exp(-top)) - area) <= 1e-11)
  }

  @Test("begins its tail as often as the distribution says, and goes on in it as at first")
  func tail() {
    var stream = RandomStream(
      RandomRoot(seed: 20_261_122, replication: 1), Purpose("tail"), owner: 0)
    let draws = 20_000_000
    let beyond = (0..<draws).lazy.map { _ in stream.exponential() }
      .filter { $0 > ExponentialZiggurat.tail }.map { $0 - ExponentialZiggurat.tail }
    let samples = Array(beyond)
    let expected = Double(draws) * exp(-ExponentialZiggurat.tail)
    // 9,082 are expected; 4.9 standard errors are 1 in 10⁶, so a tail 10 % too thin is caught.
    #expect(abs(Double(samples.count) - expected) <= 4.9 * expected.squareRoot())
    expectSamples(samples, follow: { 1 - exp(-$0) })
  }
}
