import Glibc

/// The boxes of an MP4 file as far as players and upload checks care: header first, edit lists only where they belong.
struct BoxLayout {
    private struct Box {
        let type: String
        let content: Range<Int>
    }

    private let header: [UInt8]
    private let order: [String]

    /// Reads the top-level boxes, and the header whole.
    init(path: String) throws(MediaError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileExpectations.fault("it cannot be opened") }
        defer { close(descriptor) }
        var order: [String] = []
        var header: [UInt8] = []
        var position = 0
        let end = Int(lseek(descriptor, 0, SEEK_END))
        while position < end {
            let head = Self.read(descriptor, at: position, count: 16)
            var size = head.count >= 8 ? head[0..<4].reduce(0) { $0 << 8 | Int($1) } : 0
            // A size of 1: the true one follows, in 64 bits.
            if size == 1, head.count == 16, head[8] < 0x80 { size = head[8..<16].reduce(0) { $0 << 8 | Int($1) } }
            guard size >= 8, size <= end - position, order.count < 16 else {
                throw FileExpectations.fault("its boxes do not add up")
            }
            let type = String(decoding: head[4..<8], as: UTF8.self)
            order.append(type)
            if type == "moov" { header = Self.read(descriptor, at: position + 8, count: size - 8) }
            position += size
        }
        (self.order, self.header) = (order, header)
    }

    private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
        }
    }

    /// - Throws: `MediaError` when the header is not in front, or an edit list is missing or one too many.
    func verify() throws(MediaError) {
        guard order.first == "ftyp", order.filter({ $0 == "moov" }).count == 1,
            order.filter({ $0 == "mdat" }).count == 1, let moov = order.firstIndex(of: "moov"),
            let data = order.firstIndex(of: "mdat"), moov < data
        else { throw FileExpectations.fault("its header is not in front of its data") }
        for track in children(0..<header.count, "trak") {
            guard let media = children(track.content, "mdia").first,
                let handler = children(media.content, "hdlr").first, handler.content.count >= 12
            else { throw FileExpectations.fault("a track has no handler") }
            let at = handler.content.lowerBound + 8
            let kind = String(decoding: header[at..<at + 4], as: UTF8.self)
            let edits = children(track.content, "edts").flatMap { children($0.content, "elst") }
            if kind == "vide" && !edits.isEmpty { throw FileExpectations.fault("its video has an edit list") }
            if kind == "soun" {
                guard edits.count == 1, edits[0].content.count == 20 else {
                    throw FileExpectations.fault("its sound does not have exactly one edit")
                }
            }
        }
    }

    private func children(_ range: Range<Int>, _ type: String) -> [Box] {
        var boxes: [Box] = []
        var position = range.lowerBound
        while position + 8 <= range.upperBound {
            let size = header[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            guard size >= 8, position + size <= range.upperBound else { break }
            let name = String(decoding: header[position + 4..<position + 8], as: UTF8.self)
            if name == type { boxes.append(Box(type: name, content: position + 8..<position + size)) }
            position += size
        }
        return boxes
    }
}
