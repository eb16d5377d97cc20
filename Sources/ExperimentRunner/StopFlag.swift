// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// A request to stop, which every replication in flight looks at several times a second.
public final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  private let parent: StopFlag?

  /// - Parameter parent: A flag that raises this one, but is not raised by it.
  public init(following parent: StopFlag? = nil) { self.parent = parent }

  public var isRaised: Bool { flag.load(ordering: .relaxed) || parent?.isRaised ?? false }

  public func raise() { flag.store(true, ordering: .relaxed) }
}
