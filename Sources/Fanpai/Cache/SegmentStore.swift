import Drawing
import Glibc
import Synchronization

/// Keeps encoded segments from job to job, by what they show: a folder that jobs of several processes may share.
///
///     var options = RenderOptions()
///     options.cache = try SegmentStore(at: "/var/cache/fanpai")
///     try film.render(to: "out.mp4", options)
///
/// It holds encoded pictures and hashes, nothing else of a film. A segment is read back only when its bytes have the SHA-256
/// by which it was kept; whoever may write to the folder can nevertheless put other pictures there.
public final class SegmentStore: Sendable {
    /// The folder.
    public var path: String { folder.root }
    /// Bytes that it may hold; while a job runs it may be a sixteenth more.
    public let maximumBytes: Int

    let folder: StoreFolder
    /// Bytes since its size was last looked at.
    private let written = Mutex(0)

    /// Opens a folder, and makes it when it is missing.
    ///
    /// - Throws: `FanpaiError` with code `cannotCreate` when it cannot be made or written to.
    public init(at path: String, maximumBytes: Int = CacheLocation.standardMaximum) throws(FanpaiError) {
        folder = StoreFolder(path)
        self.maximumBytes = max(0, maximumBytes)
        try folder.create()
    }

    /// Keeps a content under some keys; returns an error number of the system when it could not.
    func keep(_ bytes: [UInt8], under keys: [Digest]) -> Int32 {
        var (digest, error) = folder.keep(bytes)
        for key in keys where error == 0 { error = folder.link(key, to: digest) }
        let isDue = written.withLock { written in
            written += bytes.count
            return written > maximumBytes / 16
        }
        if isDue { trim() }
        return error
    }

    /// Brings the folder back below its bound, when something was written.
    func finish() {
        if written.withLock({ $0 > 0 }) { trim() }
    }

    private func trim() {
        folder.exclusively {
            // What is written from here on may be overlooked, and counts for the next time; so does all when somebody else is at it.
            written.withLock { $0 = 0 }
            let objects = folder.entries(.objects)
            let keys = folder.entries(.keys)
            guard CacheContents.size(objects) + CacheContents.size(keys) > maximumBytes else { return }
            // Some more, so that the next job does not have to do it again.
            _ = CacheContents.prune(folder, to: maximumBytes - maximumBytes / 8)
        }
    }
}
