import Drawing
import Glibc

/// What a cache holds, for `fanpai cache`.
public struct CacheContents: Hashable, Sendable {
    /// The folder.
    public let path: String
    /// Encoded segments.
    public let segments: Int
    /// Keys that lead to them; usually two each.
    public let keys: Int
    /// Bytes of all.
    public let bytes: Int
    /// The bound that jobs keep.
    public let maximumBytes: Int

    /// Looks at a folder; one that is not there is empty.
    public init(at path: String, maximumBytes: Int) {
        let folder = StoreFolder(path)
        let (objects, keys) = (folder.entries(.objects), folder.entries(.keys))
        (self.path, self.maximumBytes) = (path, maximumBytes)
        (segments, self.keys, bytes) = (objects.count, keys.count, Self.size(objects) + Self.size(keys))
    }

    static func size(_ entries: [StoreFolder.Entry]) -> Int { entries.reduce(0) { $0 + $1.bytes } }

    /// What `prune` removed.
    public struct Removal: Hashable, Sendable {
        /// Encoded segments.
        public var segments = 0
        /// Keys that led to them, or nowhere.
        public var keys = 0
        /// Files that killed jobs left half written.
        public var unfinished = 0
        /// Bytes of segments and keys.
        public var bytes = 0
    }

    /// Removes the segments that were of no use for longest until at most `maximumBytes` are left, and what leads nowhere.
    ///
    /// Jobs that run meanwhile are not disturbed: what they miss, they make.
    public static func prune(at path: String, to maximumBytes: Int) -> Removal {
        prune(StoreFolder(path), to: maximumBytes)
    }

    static func prune(_ folder: StoreFolder, to maximumBytes: Int) -> Removal {
        var removal = Removal()
        removal.unfinished = folder.removeUnfinished()
        let objects = folder.entries(.objects).sorted { ($0.time, $0.name) < ($1.time, $1.name) }
        var keysOf: [String: [StoreFolder.Entry]] = [:]
        var left = size(objects)
        func remove(_ kind: StoreFolder.Kind, _ entry: StoreFolder.Entry) {
            guard unlink(folder.path(kind, entry.name)) == 0 else { return }
            removal.bytes += entry.bytes
            if kind == .keys { removal.keys += 1 } else { removal.segments += 1 }
        }
        let known = Set(objects.map(\.name))
        for key in folder.entries(.keys) {
            let target = Digest(hexadecimal: key.name).flatMap { folder.target(ofKey: $0) }?.description
            if let target, known.contains(target) {
                keysOf[target, default: []].append(key)
                left += key.bytes
            } else {
                remove(.keys, key)
            }
        }
        for object in objects where left > maximumBytes {
            remove(.objects, object)
            left -= object.bytes
            for key in keysOf[object.name] ?? [] {
                remove(.keys, key)
                left -= key.bytes
            }
        }
        return removal
    }

    /// What `verify` found.
    public struct Verification: Hashable, Sendable {
        /// Segments that are what they were.
        public var sound = 0
        /// Segments and keys that are not, as paths.
        public var damaged: [String] = []
    }

    /// Reads everything and compares it with the digests by which it was kept.
    ///
    /// - Parameter removing: whether what is damaged is removed; no job would use it, and the next one that needs it makes it anew.
    public static func verify(at path: String, removing: Bool = false) -> Verification {
        let folder = StoreFolder(path)
        var result = Verification()
        for entry in folder.entries(.objects) {
            let path = folder.path(.objects, entry.name)
            // What another process has removed meanwhile is not damaged.
            guard let bytes = StoreFolder.read(path) else {
                if FileAccess.kind(of: path) != nil { result.damaged.append(path) }
                continue
            }
            if Digest.sha256(of: bytes).description == entry.name {
                result.sound += 1
            } else {
                result.damaged.append(path)
            }
        }
        for entry in folder.entries(.keys) {
            let path = folder.path(.keys, entry.name)
            guard let key = Digest(hexadecimal: entry.name), folder.target(ofKey: key) == nil,
                FileAccess.kind(of: path) != nil
            else { continue }
            result.damaged.append(path)
        }
        if removing { for path in result.damaged { unlink(path) } }
        return result
    }
}
