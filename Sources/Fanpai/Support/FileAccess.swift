import Drawing
import Glibc

/// Files, without Foundation: what jobs need to find, read and place them.
enum FileAccess {
    /// What is at a path.
    enum Kind { case file, folder, other }

    /// What is at `path`, links followed; nil for nothing.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// Tells whether a file was written between two looks at it: its identity, length and time of writing.
    static func stamp(of path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
        ]
    }

    /// The names in a folder, sorted by their bytes, without those that start with a dot.
    static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The folder of a path: what stands before its last slash.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A whole file.
    ///
    /// - Throws: `FanpaiError` with code `missingInput` when there is none, `inputOutput` when it cannot be read, `data`
    ///   when it has more than `limit` bytes.
    static func read(_ path: String, limit: Int = 64 << 20) throws(FanpaiError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachBlock(of: path) { (block) throws(FanpaiError) in
            if bytes.count + block.count > limit {
                throw FanpaiError(
                    .data, "has more than \(limit >> 20) MiB", remedy: "check that it is the right file", location: path
                )
            }
            bytes.append(contentsOf: block)
        }
        return bytes
    }

    /// The SHA-256 and the length of a file.
    static func digest(of path: String) throws(FanpaiError) -> (digest: Digest, bytes: Int) {
        var builder = DigestBuilder()
        var count = 0
        try forEachBlock(of: path) { (block) throws(FanpaiError) in
            builder.update(block)
            count += block.count
        }
        return (builder.finish(), count)
    }

    private static func forEachBlock(
        of path: String, _ body: (UnsafeRawBufferPointer) throws(FanpaiError) -> Void
    ) throws(FanpaiError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            throw FanpaiError(
                code == ENOENT || code == ENOTDIR ? .missingInput : .inputOutput, "cannot be opened",
                remedy: code == ENOENT ? "check the path" : "check that it is a readable file", location: path,
                cause: String(cString: strerror(code)))
        }
        defer { close(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(file, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw FanpaiError(
                    .inputOutput, "cannot be read", remedy: "check that it is a readable file", location: path,
                    cause: String(cString: strerror(errno)))
            }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Writes a small file so that it appears under its name only when it is whole; `-` is standard output, and what is
    /// there and is no file (`/dev/null`) is written to directly.
    ///
    /// - Throws: `FanpaiError` with code `cannotCreate` when the folder does not take it, `inputOutput` when the disk does
    ///   not; nothing is left behind then.
    static func write(_ bytes: [UInt8], to path: String) throws(FanpaiError) {
        if path == "-" { return try write(bytes, descriptor: STDOUT_FILENO, path: "standard output") }
        let file = try TemporaryFile(path)
        try file.write(bytes)
        try file.commit()
    }

    /// Where a path leads when what it names is a link, even one that leads nowhere yet; else the path.
    static func resolved(_ path: String) -> String {
        var path = path
        // A loop of links ends here, and opening it then says so.
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let length = readlink(path, &buffer, Int(PATH_MAX))
            guard length > 0 else { return path }
            let target = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = target.hasPrefix("/") ? target : folder(of: path) + "/" + target
        }
        return path
    }

    /// The error of bytes that a disk did not take.
    static func full(_ path: String, _ number: Int32) -> FanpaiError {
        let remedy =
            switch number {
            case ENOSPC, EDQUOT, EFBIG: "free some space, or write to another place"
            case EPIPE: "keep its reader running until the end"
            default: "check the disk, or write to another place"
            }
        return FanpaiError(
            .inputOutput, "cannot be written", remedy: remedy, location: path, cause: String(cString: strerror(number)))
    }

    static func write(_ bytes: [UInt8], descriptor: Int32, path: String) throws(FanpaiError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw full(path, count == 0 ? ENOSPC : errno)
            }
            done += count
        }
    }
}
