// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// A request to stop, which every replication in flight looks at several times a second.
public final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public var isRaised: Bool { flag.load(ordering: .relaxed) }

  public func raise() { flag.store(true, ordering: .relaxed) }
}
