/// Writes a ZIP archive whose entries are stored as they are (APPNOTE 6.3): enough for samples, and the same on every machine.
package struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    package init() {}

    /// Appends an entry; `name` is written as it is, marked as UTF-8 or left to be guessed.
    package mutating func append(name: [UInt8], isMarkedUTF8: Bool, _ data: [UInt8]) {
        let start = bytes.count
        var shared: [UInt8] = []
        shared.append16(20)
        shared.append16(isMarkedUTF8 ? 0x800 : 0)
        shared.append16(0)
        // 2026-11-11 00:00, so that no clock has a say.
        shared.append16(0)
        shared.append16((2026 - 1980) << 9 | 11 << 5 | 11)
        shared.append32(crc32(data))
        shared.append32(UInt32(data.count))
        shared.append32(UInt32(data.count))
        shared.append16(name.count)
        shared.append16(0)
        bytes += [0x50, 0x4B, 3, 4] + shared + name + data
        directory += [0x50, 0x4B, 1, 2, 20, 0] + shared
        directory.append16(0)
        directory.append16(0)
        directory.append16(0)
        directory.append32(0)
        directory.append32(UInt32(start))
        directory += name
        count += 1
    }

    package mutating func append(_ name: String, _ text: String) {
        append(name: Array(name.utf8), isMarkedUTF8: true, Array(text.utf8))
    }

    /// The whole archive.
    package func finish() -> [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        end.append16(count)
        end.append16(count)
        end.append32(UInt32(directory.count))
        end.append32(UInt32(bytes.count))
        end.append16(0)
        return bytes + directory + end
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }

    private func crc32(_ data: [UInt8]) -> UInt32 {
        let table = ZipWriter.table
        return ~data.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }
}

extension [UInt8] {
    fileprivate mutating func append16(_ value: Int) {
        append(UInt8(truncatingIfNeeded: value))
        append(UInt8(truncatingIfNeeded: value >> 8))
    }

    fileprivate mutating func append32(_ value: UInt32) {
        append16(Int(value & 0xFFFF))
        append16(Int(value >> 16))
    }
}
