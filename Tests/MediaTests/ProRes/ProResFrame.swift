/// A ProRes frame as a strict reader of SMPTE RDD 36 takes it: written from the format's facts, not from an encoder.
///
/// Whatever is not as the format wants it is a finding. Reading goes on where that is possible, so that a frame of another encoder gives all of them.
struct ProResFrame {
    /// One thing that is wrong.
    struct Finding: Hashable, CustomStringConvertible {
        /// The kinds that tests tell apart.
        enum Kind: String {
            case size, reserved, version, chroma, color, alpha, matrix, picture, table, slice, plane, alphaRun,
                alphaWrap
        }
        let kind: Kind
        let text: String
        var description: String { "\(kind.rawValue): \(text)" }
    }

    /// A slice, decoded but for the transform.
    struct Slice {
        /// Its place and width in macroblocks.
        let x, y, count: Int
        let quantiser: Int
        /// Quantised coefficients of Y', Cb and Cr: of each block 64, row after row.
        var planes: [[Int]] = []
        /// Alpha, 16 rows of 16 pixels a macroblock.
        var alpha: [Int] = []
    }

    private(set) var findings: [Finding] = []
    private(set) var width = 0
    private(set) var height = 0
    private(set) var version = 0
    /// 2 for 4:2:2, 3 for 4:4:4.
    private(set) var chroma = 0
    /// Primaries, transfer and matrix (ITU-T H.273).
    private(set) var colors: [Int] = []
    /// Bits of alpha: 0, 8 or 16.
    private(set) var alphaBits = 0
    /// Quantisation matrices for luma and chroma, row after row.
    private(set) var matrices = [[Int]](repeating: [Int](repeating: 4, count: 64), count: 2)
    private(set) var slices: [Slice] = []
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard let start = readHeader() else { return }
        readPicture(start)
    }

    private mutating func note(_ kind: Finding.Kind, _ text: String) {
        findings.append(Finding(kind: kind, text: text))
    }

    private func number(_ offset: Int, _ count: Int) -> Int {
        bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The frame header; where the picture begins, or nil when nothing can be read further.
    private mutating func readHeader() -> Int? {
        guard bytes.count >= 28, Array(bytes[4..<8]) == Array("icpf".utf8) else {
            note(.size, "no frame")
            return nil
        }
        if number(0, 4) != bytes.count { note(.size, "says \(number(0, 4)) bytes and has \(bytes.count)") }
        let size = number(8, 2)
        let flags = number(26, 2)
        if flags & ~3 != 0 { note(.reserved, "flags \(flags)") }
        let expected = 20 + 64 * (flags & 1) + 64 * (flags >> 1 & 1)
        if size != expected { note(.size, "header of \(size) bytes, and its flags want \(expected)") }
        guard size >= expected, bytes.count >= 8 + size + 8 else { return nil }
        if bytes[10] != 0 { note(.reserved, "byte 10 is \(bytes[10])") }
        (version, width, height) = (Int(bytes[11]), number(16, 2), number(18, 2))
        chroma = Int(bytes[20] >> 6)
        let alpha = Int(bytes[25] & 15)
        if version > 1 { note(.version, "\(version) is unknown") }
        if version == 0, chroma == 3 || alpha != 0 { note(.version, "0 is for 4:2:2 without alpha") }
        if width == 0 || height == 0 { note(.size, "\(width)x\(height)") }
        if chroma < 2 { note(.chroma, "format \(chroma)") }
        if bytes[20] & 0x33 != 0 { note(.reserved, "byte 20 is \(bytes[20])") }
        if bytes[20] & 0x0c != 0 { note(.picture, "not progressive") }
        if bytes[21] >> 4 > 3 || bytes[21] & 15 > 11 { note(.reserved, "aspect or rate \(bytes[21])") }
        colors = bytes[22..<25].map { Int($0) }
        if ![0, 1, 2, 5, 6, 9, 11, 12].contains(colors[0]) || ![0, 1, 2, 16, 18].contains(colors[1])
            || ![0, 1, 2, 6, 9].contains(colors[2])
        {
            note(.color, "\(colors)")
        }
        if bytes[25] >> 4 != 0 { note(.reserved, "byte 25, above the type of alpha, is \(bytes[25] >> 4)") }
        if alpha > 2 { note(.alpha, "type \(alpha)") }
        alphaBits = min(alpha, 2) * 8
        var offset = 28
        for index in 0..<2 {
            if flags >> (1 - index) & 1 == 1 {
                matrices[index] = bytes[offset..<offset + 64].map { Int($0) }
                offset += 64
                if matrices[index].contains(where: { !(2...63).contains($0) }) {
                    note(.matrix, "an entry out of 2 to 63")
                }
            } else if index == 1 {
                matrices[1] = matrices[0]
            }
        }
        return width > 0 && height > 0 && chroma >= 2 && alpha <= 2 ? 8 + size : nil
    }

    /// The picture: header, table, slices.
    private mutating func readPicture(_ start: Int) {
        if bytes[start] != 0x40 { note(.picture, "header \(bytes[start]) instead of 8 bytes") }
        let size = number(start + 1, 4)
        guard bytes[start] >> 3 == 8, start + size <= bytes.count, size >= 8 else {
            note(.size, "picture of \(size) bytes in \(bytes.count - start)")
            return
        }
        if bytes[(start + size)...].contains(where: { $0 != 0 }) { note(.size, "stuffing that is not zero") }
        if bytes[start + 7] & 0xcf != 0 { note(.reserved, "byte 7 of the picture is \(bytes[start + 7])") }
        let places = Self.places(width, height, widest: 1 << Int(bytes[start + 7] >> 4 & 3))
        if number(start + 5, 2) != places.count {
            note(.picture, "\(number(start + 5, 2)) slices instead of \(places.count)")
        }
        var offset = start + 8 + 2 * places.count
        guard offset <= start + size else {
            note(.table, "\(places.count) slices do not fit")
            return
        }
        for (index, place) in places.enumerated() {
            let length = number(start + 8 + 2 * index, 2)
            guard offset + length <= start + size else {
                note(.table, "slice \(index) ends beyond the picture")
                return
            }
            readSlice(index, place, bytes[offset..<offset + length])
            offset += length
        }
        if offset != start + size { note(.table, "\(start + size - offset) bytes behind the last slice") }
    }

    /// Slices in coding order: as many of the widest as fit into a row, then of half of that.
    private static func places(_ width: Int, _ height: Int, widest: Int) -> [(x: Int, y: Int, count: Int)] {
        let (columns, rows) = ((width + 15) / 16, (height + 15) / 16)
        return (0..<rows).flatMap { y in
            var row: [(x: Int, y: Int, count: Int)] = []
            var (x, count) = (0, widest)
            while x < columns {
                while x + count > columns { count /= 2 }
                row.append((x, y, count))
                x += count
            }
            return row
        }
    }

    private mutating func readSlice(_ index: Int, _ place: (x: Int, y: Int, count: Int), _ data: ArraySlice<UInt8>) {
        let header = alphaBits > 0 ? 8 : 6
        guard data.count >= header, data[data.startIndex] == UInt8(header << 3) else {
            note(.slice, "\(index): header is not of \(header) bytes")
            return
        }
        func number(_ at: Int) -> Int { Int(data[data.startIndex + at]) << 8 | Int(data[data.startIndex + at + 1]) }
        var slice = Slice(x: place.x, y: place.y, count: place.count, quantiser: Int(data[data.startIndex + 1]))
        if !(1...224).contains(slice.quantiser) { note(.slice, "\(index): quantiser \(slice.quantiser)") }
        let rest = data.count - header - number(2) - number(4)
        let sizes = [number(2), number(4), alphaBits > 0 ? number(6) : rest]
        guard sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(header, +) <= data.count else {
            note(.slice, "\(index): planes of \(sizes) bytes in \(data.count)")
            return
        }
        var start = data.startIndex + header
        for (plane, size) in sizes.enumerated() {
            let blocks = place.count * (plane > 0 && chroma == 2 ? 2 : 4)
            let part = ProResPlane.read(data[start..<start + size], blocks: blocks)
            for text in part.faults { note(.plane, "\(index), plane \(plane): \(text)") }
            slice.planes.append(part.coefficients)
            start += size
        }
        if alphaBits > 0 {
            let part = ProResAlpha.read(data[start...], count: 256 * place.count, bits: alphaBits)
            for (kind, text) in part.faults { note(kind, "\(index): \(text)") }
            slice.alpha = part.samples
        }
        slices.append(slice)
    }

    /// The frames of a film: its only track, one behind the other.
    static func frames(of film: [UInt8]) -> [ProResFrame] {
        let mark = Array("icpf".utf8)
        guard var at = film.indices.dropLast(8).first(where: { $0 >= 4 && film[$0..<$0 + 4].elementsEqual(mark) })
        else { return [] }
        at -= 4
        var frames: [ProResFrame] = []
        while at + 8 <= film.count, film[at + 4..<at + 8].elementsEqual(mark) {
            let size = film[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard size >= 8, at + size <= film.count else { break }
            frames.append(ProResFrame(Array(film[at..<at + size])))
            at += size
        }
        return frames
    }
}
