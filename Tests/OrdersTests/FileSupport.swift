import Glibc
import Testing

func readFile(_ path: String) throws -> [UInt8] {
    let stream = try #require(fopen(path, "rb"), "\(path)")
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, stream)
        if count == 0 { return bytes }
        bytes += buffer[0..<count]
    }
}

/// A folder of its own for the length of a test.
final class TemporaryFolder {
    private let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/fanpai-orders-XXXXXX").utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            unlink(path + "/" + name)
        }
        closedir(folder)
        rmdir(path)
    }

    /// Writes a file; its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = try #require(fopen(path + "/" + name, "wb"))
        let written = fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        try #require(written == bytes.count)
        return path + "/" + name
    }
}
