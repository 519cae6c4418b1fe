/// One piece of order data, taken out of whatever it was packed in: a table, a workbook, platform JSON or a log.
struct OrderPart {
    enum Kind: Hashable {
        case log
        case utf8, markedUTF8, gb18030
        case utf16(isBigEndian: Bool)
        case workbook
        case platformJSON

        var encoding: DecodedOrders.Encoding {
            switch self {
            case .gb18030: .gb18030
            case .utf16: .utf16
            default: .utf8
            }
        }
    }

    /// What it is as far as its beginning tells.
    var kind: Kind
    let origin: ByteOrigin
    /// The file that it is or is in, where there are several.
    var file: String?
    /// The name of the entry of an archive that it is.
    var name: String?

    /// Finds the order data in a file: itself, or what a ZIP archive or a gzip file holds.
    ///
    /// The kind is told by content, not by name. Throws when there is none, or more than belongs together.
    static func find(in origin: ByteOrigin, isPacked: Bool = false) throws(OrdersError) -> [OrderPart] {
        let head = try origin.head(headLength)
        guard !head.isEmpty else {
            throw OrdersError(kind: .badData, what: "is empty", remedy: "export the orders again")
        }
        if head.starts(with: [0x50, 0x4B, 3, 4]) {
            return try ArchiveContents(origin).parts(isPacked: isPacked)
        }
        if head.starts(with: [0x1F, 0x8B]) {
            guard !isPacked else { throw ArchiveContents.nested }
            return try find(in: .gzip(origin), isPacked: true)
        }
        for (start, what, remedy) in otherKinds where head.starts(with: start) {
            throw OrdersError(kind: .badData, what: what, remedy: remedy)
        }
        return [OrderPart(kind: try textKind(head[...]), origin: origin)]
    }

    /// How much of a file its kind is told by.
    private static let headLength = 1 << 16

    private static func textKind(_ head: ArraySlice<UInt8>) throws(OrdersError) -> Kind {
        if head.starts(with: [0xFF, 0xFE]) { return .utf16(isBigEndian: false) }
        if head.starts(with: [0xFE, 0xFF]) { return .utf16(isBigEndian: true) }
        let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
        let text = head.dropFirst(hasMark ? 3 : 0)
        guard let start = text.firstIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
            if head.count == headLength { return .utf8 }
            throw OrdersError(kind: .badData, what: "holds nothing but white space", remedy: "export the orders again")
        }
        if hasUTF16Zeros(head) {
            throw OrdersError(
                kind: .badData, what: "seems to be UTF-16 without a byte order mark",
                remedy: "save it as “CSV UTF-8”, or export it again")
        }
        switch text[start] {
        case UInt8(ascii: "<"):
            let word = String(decoding: text[start...].prefix(10), as: UTF8.self).lowercased()
            guard markup.contains(where: word.hasPrefix) else { break }
            throw OrdersError(
                kind: .badData, what: "is a web page, or a table that was saved as one",
                remedy: "open it in a spreadsheet program and save it as XLSX or “CSV UTF-8”, or download the export "
                    + "again while you are logged in")
        case UInt8(ascii: "["): return .platformJSON
        case UInt8(ascii: "{"): return PlatformJSON.isPlatform(text[start...]) ? .platformJSON : .log
        default: break
        }
        if hasMark { return .markedUTF8 }
        // Whole lines only: the last one may be cut inside a character.
        let lines = text[..<(text.lastIndex(of: 10) ?? text.endIndex)]
        let isUTF8 = lines.withUnsafeBufferPointer { UTF8Check.fault(in: $0) != .malformed }
        return isUTF8 || !text.contains(10) ? .utf8 : .gb18030
    }

    /// How the files begin that are called .xls and hold HTML or XML.
    private static let markup = ["<html", "<!doctype", "<table", "<?xml", "<head", "<meta", "<style", "<body"]

    /// Whether every second byte of some is zero, as separators and line ends are in UTF-16, and never the others.
    private static func hasUTF16Zeros(_ head: ArraySlice<UInt8>) -> Bool {
        var zeros = (even: 0, odd: 0)
        for (index, byte) in head.prefix(4096).enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        return max(zeros.even, zeros.odd) >= 4 && min(zeros.even, zeros.odd) == 0
    }

    private static let otherKinds: [([UInt8], String, String)] = [
        (
            [0xD0, 0xCF, 0x11, 0xE0], "is an Excel workbook of the old kind, or one with a password",
            "save it as .xlsx without a password, or as “CSV UTF-8”"
        ),
        (Array("%PDF".utf8), "is a PDF", "name the CSV that the shop exports"),
        (Array("Rar!".utf8), "is a RAR archive", "unpack it and name the order export in it"),
        ([0x50, 0x4B, 5, 6], "is a ZIP archive with nothing in it", "name the archive that the shop made"),
        ([0x37, 0x7A, 0xBC, 0xAF], "is a 7z archive", "unpack it and name the order export in it"),
    ]

    // MARK: Decoding

    /// Decodes parts into one feed.
    static func decode(_ parts: [OrderPart], options: OrderDecodingOptions) throws(OrdersError) -> DecodedOrders {
        guard parts.count == 1, let only = parts.first else {
            return try decodeTogether(parts, options: options)
        }
        var options = options
        // The archive's own name says less than that of what is in it.
        if let name = only.baseName, OrderDecoder.exportMoment(inFileName: name) != nil { options.fileName = name }
        return try only.placed { () throws(OrdersError) in
            if only.kind == .log {
                return try readOrderLog(TextStream(utf8: try only.origin.open()), options: options)
            }
            var part = only
            return try OrderRows.read(options: options) { (rows: inout OrderRows) throws(OrdersError) in
                try part.read(into: &rows, source: nil)
            }
        }
    }

    private static func decodeTogether(
        _ parts: [OrderPart], options: OrderDecodingOptions
    ) throws(OrdersError) -> DecodedOrders {
        var parts = parts
        return try OrderRows.read(options: options, mayJoin: true) { (rows: inout OrderRows) throws(OrdersError) in
            for index in parts.indices where !rows.mustReadAgain {
                let part = parts[index]
                try part.placed { () throws(OrdersError) in
                    guard part.kind != .log else {
                        throw OrdersError(
                            kind: .badData, what: "is an order log, which can only be read alone",
                            remedy: "name the exports without it")
                    }
                    try parts[index].read(into: &rows, source: part.baseName)
                    if rows.width == 0, !rows.mustReadAgain { throw rows.noHeader }
                }
            }
        }
    }

    /// Reads the part's rows; where text is not what its first bytes seemed to be, corrects that and asks to be called again.
    private mutating func read(into rows: inout OrderRows, source: String?) throws(OrdersError) {
        switch kind {
        case .workbook: try WorkbookReader(origin).read(into: &rows, source: source)
        case .platformJSON:
            rows.begin(source: source)
            try PlatformJSON.read(try origin.open(), head: try origin.head(OrderPart.headLength), into: &rows)
        case .log: break
        case .utf8, .markedUTF8, .gb18030, .utf16:
            rows.begin(source: source)
            if rows.tables == 1 { rows.summary.encoding = kind.encoding }
            guard case .notUTF8(let row) = try readDelimitedText(try text(), into: &rows) else { return }
            switch kind {
            case .utf8:
                kind = .gb18030
                rows.mustReadAgain = true
            case .markedUTF8:
                throw OrdersError(
                    kind: .badData, what: "has a UTF-8 byte order mark but is not UTF-8 in row \(row)",
                    remedy: "export it again: the file is damaged")
            default: throw TextStream.notText
            }
        }
    }

    private func text() throws(OrdersError) -> TextStream {
        switch kind {
        case .gb18030: try TextStream(gb18030: try origin.open())
        case .utf16(let isBigEndian): try TextStream(utf16: try origin.open(), isBigEndian: isBigEndian)
        default: TextStream(utf8: try origin.open())
        }
    }

    private var baseName: String? { (name ?? file)?.split(separator: "/").last.map(String.init) }

    /// Runs a body whose errors are this part's.
    private func placed<Value>(_ body: () throws(OrdersError) -> Value) throws(OrdersError) -> Value {
        do throws(OrdersError) {
            return try body()
        } catch {
            throw (name.map { error.inPlace(SafeName.shown($0)) } ?? error).inFile(file)
        }
    }
}
