// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// What another place does for a patient who stays where he is.
extension RegionDomain {
  /// After an exam: is it read here, 0, or elsewhere, 1?
  func readsExam(_ entity: EntityIndex, _ flow: borrowing PathwayFlow) -> Int { 0 }

  /// Before a visit is concluded: is a doctor of another place asked, 0, or nobody, 1?
  func asksFromAfar(
    _ entity: EntityIndex, _ flow: borrowing PathwayFlow, _ now: SimulationTime
  ) -> Int { 1 }
}
