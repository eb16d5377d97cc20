// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

extension Evidence {
  /// The word of the model's files, and what a reader of Chinese calls it.
  package var phrase: Phrase {
    switch self {
    case .official: Phrase(rawValue, "官方公布")
    case .published: Phrase(rawValue, "已发表")
    case .derived: Phrase(rawValue, "推算")
    case .secondary: Phrase(rawValue, "转引")
    case .calibrated: Phrase(rawValue, "校准")
    case .assumed: Phrase(rawValue, "假设")
    case .scenario: Phrase(rawValue, "方案设定")
    }
  }
}

extension BaselineTarget.Use {
  package var phrase: Phrase {
    switch self {
    case .fitted: Phrase(rawValue, "拟合")
    case .implied: Phrase(rawValue, "推得")
    case .checked: Phrase(rawValue, "检验")
    }
  }
}
