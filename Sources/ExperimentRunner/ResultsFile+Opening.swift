// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import GRDB

extension ResultsFile {
  static func openDatabase(_ path: String, readOnly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(10)
    return try faults(at: path) { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// Makes sure that what is written is kept, in one file: no log beside it that a copy could forget.
  static func setWriting(_ db: Database) throws {
    try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
  }

  /// How many replications a file holds that somebody else may be writing; 0 where that cannot be
  /// told.
  static func countOfReplications(_ path: String) -> Int {
    var configuration = Configuration()
    configuration.readonly = true
    let count = try? DatabaseQueue(path: path, configuration: configuration).read {
      try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM replication")
    }
    return count ?? 0
  }

  /// Says in one sentence when the folder that shall hold the file is not there.
  static func checkFolder(of path: String) throws {
    if path.isEmpty { throw RunnerFault.invalid("the name of the results file is empty") }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw RunnerFault.invalid("\(path): the folder \(folder) does not exist; make it first")
    }
    guard isFolder.boolValue else {
      throw RunnerFault.invalid("\(path): \(folder) is not a folder")
    }
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw RunnerFault.invalid("\(path): is a folder, not a results file")
    }
  }

  /// Refuses another program's database by its first bytes: opening it could leave files beside it.
  static func checkSignature(of path: String) throws {
    // Where there is a journal, these bytes may be half written.
    guard !FileManager.default.fileExists(atPath: path + "-journal"),
      let handle = FileHandle(forReadingAtPath: path)
    else { return }
    defer { try? handle.close() }
    // Bytes 68 to 71 of SQLite's file format are the application's own.
    guard let bytes = try? handle.read(upToCount: 72), bytes.count == 72,
      bytes.starts(with: Data("SQLite format 3\0".utf8))
    else { return }
    let identifier = bytes[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) }
    if identifier == EvaluationStore.applicationID {
      throw RunnerFault.invalid(
        "\(path): holds the evaluations of a calibration; yilian calibrate EXPERIMENT --resume --out "
          + "\(path) prints it")
    }
    guard identifier == ResultsSchema.applicationID else { throw foreign(path) }
  }

  private static func foreign(_ path: String) -> RunnerFault {
    .invalid("\(path): is a database, but not a results file of yilian")
  }

  static func readHeader(_ db: Database, _ path: String) throws -> ResultsHeader {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == ResultsSchema.applicationID else {
      throw foreign(path)
    }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version == ResultsSchema.version else {
      throw RunnerFault.invalid(
        "\(path): its layout is number \(version); this version reads number "
          + "\(ResultsSchema.version)")
    }
    var provenance: [String: String] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT key, value FROM provenance") {
      provenance[row[0]] = row[1]
    }
    let points = try Row.fetchAll(
      db, sql: "SELECT point_id, scenario, settings FROM point ORDER BY point_id"
    ).map { ResultsHeader.Point(id: $0[0], scenario: $0[1], settings: $0[2]) }
    var baselines: [Int: Int] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT point_id, baseline_point_id FROM baseline_pair") {
      baselines[row[0]] = row[1]
    }
    return ResultsHeader(provenance: provenance, points: points, baselines: baselines)
  }
}

extension DatabaseQueue {
  /// Whether nothing was ever written: a run was killed before its first transaction.
  func isBlank(_ path: String) throws -> Bool {
    try faults(at: path) {
      try read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sqlite_master") == 0 }
    }
  }
}

/// Turns what SQLite reports into one sentence about the file.
func faults<Result>(at path: String, _ work: () throws -> Result) throws -> Result {
  do { return try work() } catch let error as DatabaseError {
    let reason = error.message ?? "unknown"
    throw switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      RunnerFault.invalid("\(path): is not a results file, or a damaged one (\(reason))")
    case .SQLITE_FULL: RunnerFault.machine("\(path): the disk is full; what was stored is kept")
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
      RunnerFault.machine(
        "\(path): cannot be written: the disk failed, or files may not be as large; what was stored "
          + "is kept")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      RunnerFault.machine("\(path): another program holds the file")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      RunnerFault.machine("\(path): cannot be opened (\(reason)); is its folder readable?")
    case .SQLITE_READONLY:
      RunnerFault.machine("\(path): the file or its folder may not be written (\(reason))")
    case .SQLITE_NOMEM: RunnerFault.machine("\(path): out of memory")
    default: RunnerFault.machine("\(path): the file cannot be read or written (\(reason))")
    }
  }
}

/// Keeps two processes from continuing the same file: the second is told so.
///
/// The lock is another than those SQLite takes, so that readers are not kept out; the system drops
/// it when the process ends, however it ends. A network file system may make one of `flock` on the
/// whole file and SQLite's own, which would keep SQLite out: on Linux one byte is locked, far behind
/// those that SQLite locks, and for the open file, not for the process.
final class FileLock {
  private let descriptor: Int32

  init(_ path: String) throws {
    // A network file system gives an exclusive lock only to who may write.
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RunnerFault.machine("\(path): cannot be opened: \(String(cString: strerror(errno)))")
    }
    let reason = Self.lock(descriptor)
    // Some file systems have no locks.
    guard reason != 0, ![ENOLCK, EOPNOTSUPP, ENOSYS].contains(reason) else { return }
    // `deinit` closes the file also when this throws.
    guard reason == EWOULDBLOCK || reason == EACCES else {
      throw RunnerFault.machine("\(path): cannot be locked: \(String(cString: strerror(reason)))")
    }
    throw RunnerFault.invalid("\(path): another run is writing to this file")
  }

  /// - Returns: 0, or the number of the error.
  private static func lock(_ descriptor: Int32) -> Int32 {
    #if os(Linux)
      // F_OFD_SETLK, a name that Swift does not see.
      let setLock: Int32 = 37
      var byte = flock()
      byte.l_type = Int16(F_WRLCK)
      byte.l_whence = Int16(SEEK_SET)
      byte.l_start = 1 << 62
      byte.l_len = 1
      if fcntl(descriptor, setLock, &byte) == 0 { return 0 }
      // What stands in for a kernel may not know this lock.
      if errno != EINVAL { return errno }
    #endif
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
  }

  deinit { close(descriptor) }
}
