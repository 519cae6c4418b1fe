import Glibc
import Orders
import Testing

@Suite struct ProjectKeyTests {
    /// A folder that goes with its test.
    private final class Folder {
        let path: String

        init() throws {
            var template = Array("/tmp/fanpai-key-XXXXXX".utf8CString)
            path = String(cString: try #require(mkdtemp(&template)))
        }

        deinit {
            for name in ["a/b/key", "key"] { unlink("\(path)/\(name)") }
            for name in ["a/b", "a", ""] { rmdir("\(path)/\(name)") }
        }

        func write(_ bytes: [UInt8], to name: String) throws -> String {
            let file = "\(path)/\(name)"
            let stream = try #require(fopen(file, "wb"))
            fwrite(bytes, 1, bytes.count, stream)
            fclose(stream)
            return file
        }
    }

    @Test func isMadeOnceAndForItsOwnerOnly() throws {
        let folder = try Folder()
        let path = "\(folder.path)/a/b/key"
        let first = try ProjectKey(creatingIfMissing: path)
        let second = try ProjectKey(creatingIfMissing: path)
        #expect(first.pseudonym(of: "6917926768823643751") == second.pseudonym(of: "6917926768823643751"))
        #expect(first.fingerprint != ProjectKey.demo.fingerprint)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(try readFile(path).count == 65)
        let other = try Folder()
        #expect(try ProjectKey(creatingIfMissing: "\(other.path)/key").fingerprint != first.fingerprint)
    }

    @Test func digitsAndTheirBytesAreOneKey() throws {
        let folder = try Folder()
        let bytes = (0..<32).map { UInt8($0 * 7 + 1) }
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let raw = try ProjectKey(file: folder.write(bytes, to: "key"))
        let text = try ProjectKey(file: folder.write(Array(" \(digits.uppercased())\r\n".utf8), to: "key"))
        #expect(raw.fingerprint == text.fingerprint)
    }

    @Test func shortMissingAndHugeFilesAreRefused() throws {
        let folder = try Folder()
        let short = try folder.write([UInt8](repeating: 1, count: 15), to: "key")
        #expect(throws: OrdersError.self) { try ProjectKey(file: short) }
        #expect(throws: OrdersError.self) { try ProjectKey(file: folder.path + "/none") }
        let huge = try folder.write([UInt8](repeating: 1, count: 70_000), to: "key")
        #expect(throws: OrdersError.self) { try ProjectKey(file: huge) }
        #expect(throws: OrdersError.self) { try ProjectKey(creatingIfMissing: "/proc/none/key") }
    }
}
