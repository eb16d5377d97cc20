// SPDX-License-Identifier: GPL-3.0-or-later

/// What policies have added to what an institution can do, beside the skill that experts leave.
package struct SiteAbility: BitwiseCopyable, Sendable {
  /// Added to the severity up to which it treats, whatever the need.
  package var scope = 0.0
  /// Added to the quality of its tier.
  package var quality = 0.0

  package init() {}
}
