// SPDX-License-Identifier: GPL-3.0-or-later

/// Whom an institution sees before others, and in which of its queues.
///
/// It is a priority, and nothing else: nobody in service is interrupted, and who is in the channel
/// believes in no other wait than anybody.
package struct GreenChannel: Hashable, BitwiseCopyable, Sendable {
  package enum Queue: String, CaseIterable, Sendable {
    case consult, exam, bed

    fileprivate var bit: UInt8 {
      switch self {
      case .consult: 1
      case .exam: 2
      case .bed: 4
      }
    }
  }

  /// How urgent entities are, of 0...15: emergencies, those in the channel, all others.
  package static let emergencyPriority: UInt8 = 0
  package static let priority: UInt8 = 4
  package static let usualPriority: UInt8 = 8

  /// The words of the lever's key.
  package static let words = Queue.allCases.map(\.rawValue) + ["none"]

  /// Queues that registered referrals pass first; and residents with a family doctor, a bit each.
  private var registered: UInt8 = 0
  private var contracted: UInt8 = 0

  package init() {}

  /// - Parameter queues: words of ``words``; all queues if `nil`.
  package init(queues: [String]?, isForContracted: Bool) {
    let open = queues.map { words in Queue.allCases.filter { words.contains($0.rawValue) } }
    for queue in open ?? Queue.allCases { registered |= queue.bit }
    contracted = isForContracted ? registered : 0
  }

  /// Whether it depends on the queue who goes first.
  var differsByQueue: Bool { registered != 0 && registered != 7 }
  var isForContracted: Bool { contracted != 0 }

  @inline(__always)
  func isOpen(to queue: Queue, isRegistered: Bool, hasContract: Bool) -> Bool {
    ((isRegistered ? registered : 0) | (hasContract ? contracted : 0)) & queue.bit != 0
  }

  mutating func add(_ other: GreenChannel) {
    registered |= other.registered
    contracted |= other.contracted
  }
}

/// The green channels of all institutions; of no size where none is open.
package struct GreenChannels: Sendable {
  private var ofSite: [GreenChannel] = []
  /// Whether at any institution it depends on the queue who goes first.
  private(set) var differByQueue = false

  var isEmpty: Bool { ofSite.isEmpty }

  @inline(__always)
  subscript(site: Int) -> GreenChannel { ofSite[site] }

  mutating func open(_ channel: GreenChannel, at site: Int, of institutions: Int) {
    if ofSite.isEmpty { ofSite = Array(repeating: GreenChannel(), count: institutions) }
    ofSite[site].add(channel)
    differByQueue = ofSite.contains { $0.differsByQueue }
  }
}
