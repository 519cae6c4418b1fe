import Drawing
import Media

/// The bytes of an output, so that it is known again: a file, or the pictures of a sequence.
struct OutputIdentity: Hashable {
    /// Of a file its SHA-256; of a sequence that of the lines which `sha256sum` prints for its pictures in order.
    let digest: Digest
    /// Bytes in all.
    let bytes: Int
    /// How many pictures; nil for a file.
    let files: Int?

    /// What lies at a destination; nil for streams and devices.
    ///
    /// - Parameter pictures: how many a sequence has.
    /// - Throws: `FanpaiError` when something cannot be read.
    static func find(_ destination: String, pictures: Int) throws(FanpaiError) -> OutputIdentity? {
        if destination == "-" || destination.hasPrefix("tcp://") { return nil }
        switch FileAccess.kind(of: destination) {
        case .file:
            let (digest, bytes) = try FileAccess.digest(of: destination)
            return OutputIdentity(digest: digest, bytes: bytes, files: nil)
        case .other: return nil
        case .folder, nil: return try sequence(destination, pictures: pictures)
        }
    }

    /// The pictures of a sequence: `frames/`, `frame.png` or `frame-%06d.png`.
    ///
    /// - Throws: `FanpaiError` with code `missingInput` when one is not there.
    static func sequence(_ destination: String, pictures: Int) throws(FanpaiError) -> OutputIdentity {
        let names: SequenceNames
        do { names = try SequenceNames(destination) } catch { throw FanpaiError(error) }
        var builder = DigestBuilder()
        var bytes = 0
        for index in 0..<pictures {
            let name = names.name(index)
            let (digest, count) = try FileAccess.digest(of: "\(names.folder)/\(name)")
            let line = Array("\(digest)  \(name)\n".utf8)
            line.withUnsafeBytes { builder.update($0) }
            bytes += count
        }
        return OutputIdentity(digest: builder.finish(), bytes: bytes, files: pictures)
    }
}
