import Glibc

/// Which file a path leads to, whatever it is called: links and other spellings of a path are the same file.
struct FileIdentity: Hashable {
    private enum Key: Hashable {
        case existing(device: UInt64, number: UInt64)
        /// A file that is still to be made, in a folder that is there.
        case new(folder: UInt64, number: UInt64, name: String)
        case unknown(String)
    }

    private let key: Key

    init(_ path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            key = .existing(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        } else if stat(FileAccess.folder(of: path), &status) == 0 {
            key = .new(folder: UInt64(status.st_dev), number: UInt64(status.st_ino), name: FileAccess.name(of: path))
        } else {
            key = .unknown(path)
        }
    }

    /// Refuses an output that would overwrite an input or another output.
    ///
    /// Streams and devices are left alone: writing to `/dev/null` twice loses nothing.
    ///
    /// - Throws: `FanpaiError` with code `usage`.
    static func check(outputs: [String?], inputs: [String?]) throws(FanpaiError) {
        var taken: [FileIdentity: (path: String, isInput: Bool)] = [:]
        for path in inputs.compactMap({ $0 }) { taken[FileIdentity(path)] = (path, true) }
        for path in outputs.compactMap({ $0 }) where isFile(path) {
            if let other = taken[FileIdentity(path)] {
                throw FanpaiError(
                    .usage, other.isInput ? "would overwrite what it is made from" : "is named as two outputs",
                    remedy: "choose another name for the output", location: path)
            }
            taken[FileIdentity(path)] = (path, false)
        }
    }

    private static func isFile(_ path: String) -> Bool {
        if path == "-" || path.hasPrefix("tcp://") { return false }
        return FileAccess.kind(of: path) != .other
    }
}
