/// Reads the few tables of an OpenType file that the font table needs.
///
/// Every read is checked: outside the file everything is zero, so that a broken file gives empty answers, not a crash.
/// Source: OpenType 1.9, chapters otff, head, hhea, maxp, name, OS/2, cmap.
struct OpenTypeReader {
    let bytes: UnsafeRawBufferPointer
    let tables: [UInt32: Range<Int>]

    /// The number of faces in a file; 0 when it is no OpenType file.
    static func faceCount(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch big32(bytes, 0) {
        case 0x0001_0000, tag("OTTO"), tag("true"): 1
        case tag("ttcf"): min(64, Int(big32(bytes, 8)))
        default: 0
        }
    }

    /// Reads the table directory of a face, or nil when there is none.
    init?(_ bytes: UnsafeRawBufferPointer, face: Int) {
        self.bytes = bytes
        var start = 0
        if Self.big32(bytes, 0) == Self.tag("ttcf") { start = Int(Self.big32(bytes, 12 + 4 * face)) }
        let count = Self.big16(bytes, start + 4)
        var tables: [UInt32: Range<Int>] = [:]
        for index in 0..<count {
            let record = start + 12 + 16 * index
            let (offset, length) = (Int(Self.big32(bytes, record + 8)), Int(Self.big32(bytes, record + 12)))
            guard record + 16 <= bytes.count, offset + length <= bytes.count else { continue }
            tables[Self.big32(bytes, record)] = offset..<offset + length
        }
        guard !tables.isEmpty else { return nil }
        self.tables = tables
    }

    /// True when the face has the table.
    func has(_ name: StaticString) -> Bool { tables[Self.tag(name)] != nil }

    /// Two bytes of a table, unsigned; 0 outside.
    func unsigned(_ name: StaticString, _ offset: Int) -> Int {
        guard let range = tables[Self.tag(name)], offset >= 0, offset + 2 <= range.count else { return 0 }
        return Self.big16(bytes, range.lowerBound + offset)
    }

    /// Two bytes of a table, signed; 0 outside.
    func signed(_ name: StaticString, _ offset: Int) -> Int {
        Int(Int16(truncatingIfNeeded: unsigned(name, offset)))
    }

    /// The names with a number, the English one first.
    func names(_ number: Int) -> [String] {
        guard let table = tables[Self.tag("name")] else { return [] }
        let storage = table.lowerBound + unsigned("name", 4)
        var english: [String] = []
        var others: [String] = []
        for index in 0..<unsigned("name", 2) {
            let record = 6 + 12 * index
            let (platform, language) = (unsigned("name", record), unsigned("name", record + 4))
            guard unsigned("name", record + 6) == number, platform == 3 || platform == 1 && language == 0 else {
                continue
            }
            let (length, offset) = (unsigned("name", record + 8), storage + unsigned("name", record + 10))
            guard length > 0, offset + length <= table.upperBound else { continue }
            if platform == 3 {
                let units = (0..<length / 2).map { UInt16(Self.big16(bytes, offset + 2 * $0)) }
                let text = String(decoding: units, as: UTF16.self)
                if language == 0x409 { english.insert(text, at: 0) } else { others.append(text) }
            } else {
                let characters = bytes[offset..<offset + length]
                if characters.allSatisfy({ $0 < 128 }) { english.append(String(decoding: characters, as: UTF8.self)) }
            }
        }
        var names: [String] = []
        for name in english + others where !names.contains(name) { names.append(name) }
        return names
    }

    /// The characters that the face has a glyph for.
    var coverage: Coverage {
        var coverage = Coverage()
        guard let table = tables[Self.tag("cmap")] else { return coverage }
        var best: (rank: Int, offset: Int) = (0, 0)
        for index in 0..<unsigned("cmap", 2) {
            let record = 4 + 8 * index
            let offset = table.lowerBound + Int(Self.big32(bytes, table.lowerBound + record + 4))
            let rank =
                switch (unsigned("cmap", record), unsigned("cmap", record + 2), Self.big16(bytes, offset)) {
                case (3, 10, 12), (0, _, 12): 2
                case (3, 1, 4), (0, _, 4): 1
                default: 0
                }
            if rank > best.rank { best = (rank, offset) }
        }
        switch best.rank {
        case 2: readGroups(at: best.offset, into: &coverage)
        case 1: readSegments(at: best.offset, into: &coverage)
        default: break
        }
        return coverage
    }

    /// Format 12: groups of characters with glyphs in a row.
    private func readGroups(at start: Int, into coverage: inout Coverage) {
        let count = min(Int(Self.big32(bytes, start + 12)), bytes.count / 12)
        for index in 0..<count {
            let group = start + 16 + 12 * index
            let (first, last) = (Self.big32(bytes, group), Self.big32(bytes, group + 4))
            guard first <= last, last <= 0x10FFFF else { continue }
            coverage.insert(Self.big32(bytes, group + 8) == 0 ? first + 1 : first, through: last)
        }
    }

    /// Format 4: segments of the first plane with an offset or a table of glyphs.
    private func readSegments(at start: Int, into coverage: inout Coverage) {
        let double = Self.big16(bytes, start + 6)
        for offset in stride(from: 0, to: double, by: 2) {
            let last = Self.big16(bytes, start + 14 + offset)
            let first = Self.big16(bytes, start + 16 + double + offset)
            let delta = Self.big16(bytes, start + 16 + 2 * double + offset)
            let place = start + 16 + 3 * double + offset
            let range = Self.big16(bytes, place)
            guard first <= last, first != 0xFFFF else { continue }
            for character in first...min(last, 0xFFFE) {
                let glyph =
                    range == 0
                    ? (character + delta) & 0xFFFF : Self.big16(bytes, place + range + 2 * (character - first))
                if glyph != 0 { coverage.insert(UInt32(character), through: UInt32(character)) }
            }
        }
    }

    static func big16(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        guard offset >= 0, offset + 2 <= bytes.count else { return 0 }
        return Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }

    static func big32(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        guard offset >= 0, offset + 4 <= bytes.count else { return 0 }
        return UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    static func tag(_ name: StaticString) -> UInt32 {
        name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }
}
