import Glibc

/// A file that is written piece by piece through a buffer and appears under its name only when it is whole; `-` is standard output.
///
/// What is dropped before `finish()` leaves nothing behind.
final class WholeFile {
    /// Nil for standard output, and after the end.
    private var file: TemporaryFile?
    private let isStandardOutput: Bool
    private var buffer: [UInt8] = []

    private static let blockSize = 1 << 18

    /// - Throws: `FanpaiError` with code `cannotCreate` when the folder does not take it.
    init(_ path: String) throws(FanpaiError) {
        buffer.reserveCapacity(WholeFile.blockSize + 4096)
        isStandardOutput = path == "-"
        guard !isStandardOutput else { return }
        let file = try TemporaryFile(path)
        self.file = consume file
    }

    /// Takes what `body` appends.
    ///
    /// - Throws: `FanpaiError` with code `inputOutput` when the disk does not take it.
    func append(_ body: (inout [UInt8]) -> Void) throws(FanpaiError) {
        body(&buffer)
        if buffer.count >= WholeFile.blockSize { try flush() }
    }

    /// Writes the rest and gives the file its name.
    func finish() throws(FanpaiError) {
        try flush()
        guard let file = file.take() else { return }
        try file.commit()
    }

    private func flush() throws(FanpaiError) {
        defer { buffer.removeAll(keepingCapacity: true) }
        if isStandardOutput { return try FileAccess.write(buffer, to: "-") }
        try file?.write(buffer)
    }
}
