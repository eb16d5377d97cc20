// SPDX-License-Identifier: GPL-3.0-or-later

/// The version of this program. Results of one version are not continued by another.
public enum YilianVersion {
  public static let current = "0.1.0"
}
