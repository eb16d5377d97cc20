// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Doctors whom something else than the clinic takes every day: readers of a shared centre, the desk
/// of remote consults, teams that see contracted patients.
///
/// A share of a doctor is taken in whole days: so many days of each ten or hundred that the mean is
/// right, spread evenly. A place keeps one doctor in clinic in any case.
package struct DoctorDuty: BitwiseCopyable, Sendable {
  package var institution: Int
  /// Doctors away at a time, on the mean.
  package var doctors: Double
  /// The day on which it begins.
  package var startDay: Int

  package init(institution: Int, doctors: Double, startDay: Int) {
    self.institution = institution
    self.doctors = doctors
    self.startDay = startDay
  }

  /// How many are away on a day.
  package func doctors(on day: Int) -> Int {
    guard day >= startDay else { return 0 }
    let days = Double(day - startDay)
    // A millionth, so that ten tenths are one.
    return Int((days + 1) * doctors + 1e-6) - Int(days * doctors + 1e-6)
  }
}
