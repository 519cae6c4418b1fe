internal import Glibc

/// Reads XML 1.0 in UTF-8 piece by piece from a source of any length, in memory for the longest piece.
///
/// Well-formedness is checked as far as one pass can: names match, quotes close, one root, no character that XML forbids. A
/// document type is refused, and with it every entity but the five of XML itself and characters by number: there is nothing
/// that could grow. Namespaces are told apart by nobody: names are compared without their prefix, which is how one reader
/// takes the transitional, the strict and the prefixed dialects of a format.
///
/// Ours rather than expat because sheets are long: expat 2.5 alone takes 17 µs for a row of 75 cells, this one below 5.
struct XMLScanner: ~Copyable {
    enum Piece {
        /// A tag that opens; an empty element's end follows as a piece of its own.
        case start
        case end
        /// Text up to the next markup; an element's text may come in several.
        case text
        /// The document is read to its end.
        case finish
    }

    struct Attribute {
        var nameStart: Int32
        var nameLength: Int32
        var valueStart: Int32
        var valueLength: Int32
        var flags: UInt8
    }

    static let depthLimit = 64
    static let nameLimit = 128
    static let attributeLimit = 256
    static let pieceLimit = 1 << 22

    var source: ByteSource
    var storage: UnsafeMutablePointer<UInt8>
    var capacity: Int
    var index = 0
    var limit = 0
    var isSourceAtEnd = false
    var consumed = 0

    let openNames: UnsafeMutablePointer<UInt8>
    let openLengths: UnsafeMutablePointer<Int>
    let attributes: UnsafeMutablePointer<Attribute>
    private(set) var attributeCount = 0
    /// Elements that are open, the current start tag's among them.
    private(set) var depth = 0
    var hasRoot = false
    var isEndPending = false
    var tokenStart = 0
    var tokenLength = 0
    var tokenFlags: UInt8 = 0
    /// A text with its entities resolved, which is never longer than with them.
    var scratch: UnsafeMutablePointer<UInt8>
    var scratchCapacity = 1 << 12
    let classes: UnsafeMutablePointer<UInt8>

    /// - Parameter room: bytes of the buffer to begin with.
    init(_ source: consuming ByteSource, room: Int = 1 << 17) {
        self.source = source
        capacity = room
        storage = .allocate(capacity: capacity)
        openNames = .allocate(capacity: XMLScanner.depthLimit * XMLScanner.nameLimit)
        openLengths = .allocate(capacity: XMLScanner.depthLimit)
        attributes = .allocate(capacity: XMLScanner.attributeLimit)
        scratch = .allocate(capacity: scratchCapacity)
        classes = .allocate(capacity: 256)
        for byte in 0..<256 { classes[byte] = XMLScanner.classOf(UInt8(truncatingIfNeeded: byte)) }
    }

    deinit {
        storage.deallocate()
        openNames.deallocate()
        openLengths.deallocate()
        attributes.deallocate()
        scratch.deallocate()
        classes.deallocate()
    }

    /// Bytes of the part before what is read next.
    var offset: Int { consumed + index }

    /// Reads on to the next piece.
    mutating func next() throws(OrdersError) -> Piece {
        if isEndPending {
            isEndPending = false
            close()
            return .end
        }
        while true {
            if index == limit, try !fill() {
                guard depth == 0, hasRoot else { throw fault("it is cut off") }
                return .finish
            }
            if storage[index] != UInt8(ascii: "<") {
                if try scanText() { return .text }
                continue
            }
            if limit - index < 2, try !fill() { throw fault("it is cut off") }
            switch storage[index + 1] {
            case UInt8(ascii: "/"):
                try scanEndTag()
                return .end
            case UInt8(ascii: "?"):
                let length = try length(upTo: "?>")
                try checkDeclaration(length)
                index += length
            case UInt8(ascii: "!"):
                if try scanDeclaration() { return .text }
            default:
                try scanStartTag()
                return .start
            }
        }
    }

    /// Skips what the element that has just opened holds, its end tag included.
    mutating func skipElement() throws(OrdersError) {
        let outside = depth - 1
        while depth > outside || isEndPending {
            if case .finish = try next() { return }
        }
    }

    // MARK: The current piece

    /// Whether the current tag has a name, prefix or not.
    func isNamed(_ name: StaticString) -> Bool {
        XMLScanner.matches(storage + tokenStart, tokenLength, name)
    }

    /// Whether the current tag's name is one letter, the case of nearly every tag in a sheet.
    @inline(__always)
    func isNamed(letter: UInt8) -> Bool {
        if tokenLength == 1 { return storage[tokenStart] == letter }
        guard tokenLength > 2 else { return false }
        return storage[tokenStart + tokenLength - 1] == letter
            && storage[tokenStart + tokenLength - 2] == UInt8(ascii: ":")
    }

    /// The raw value of the current start tag's attribute of one letter; valid until the next piece.
    @inline(__always)
    func attribute(letter: UInt8) -> UnsafeBufferPointer<UInt8>? {
        for number in 0..<attributeCount where attributes[number].nameLength == 1 {
            let attribute = attributes[number]
            if storage[Int(attribute.nameStart)] == letter {
                return UnsafeBufferPointer(
                    start: storage + Int(attribute.valueStart), count: Int(attribute.valueLength))
            }
        }
        return nil
    }

    /// The value of an attribute of the current start tag, prefix or not.
    mutating func attribute(_ name: StaticString) throws(OrdersError) -> String? {
        for number in 0..<attributeCount {
            let attribute = attributes[number]
            guard XMLScanner.matches(storage + Int(attribute.nameStart), Int(attribute.nameLength), name) else {
                continue
            }
            let value = try decoded(
                start: Int(attribute.valueStart), length: Int(attribute.valueLength), flags: attribute.flags)
            return String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    /// The current text, entities resolved; valid until the next piece or attribute is asked for.
    mutating func text() throws(OrdersError) -> UnsafeBufferPointer<UInt8> {
        try decoded(start: tokenStart, length: tokenLength, flags: tokenFlags)
    }

    /// An error in this part at this place.
    func fault(_ what: String) -> OrdersError {
        OrdersError(
            kind: .badData, what: "is damaged at byte \(offset): \(what)",
            remedy: "open it in a spreadsheet program and save it again, or export it as CSV")
    }

    static func matches(_ start: UnsafePointer<UInt8>, _ length: Int, _ name: StaticString) -> Bool {
        let wanted = name.utf8CodeUnitCount
        guard length >= wanted, memcmp(start + (length - wanted), name.utf8Start, wanted) == 0 else { return false }
        return length == wanted || start[length - wanted - 1] == UInt8(ascii: ":")
    }

    // MARK: Scanning

    /// What a byte of text or of a value can be.
    static func classOf(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "&"): hasEntity
        case 0x80...: isWide
        case 0x09, 0x0A, 0x0D: 0
        case 0..<0x20: isForbidden
        default: 0
        }
    }

    static let hasEntity: UInt8 = 1
    static let isWide: UInt8 = 2
    static let isForbidden: UInt8 = 4

    /// Scans text up to the next `<`; false when it was white space outside the root.
    mutating func scanText() throws(OrdersError) -> Bool {
        var end = index
        var flags: UInt8 = 0
        while true {
            let base = storage
            let limit = limit
            while end < limit, base[end] != UInt8(ascii: "<") {
                flags |= classes[Int(base[end])]
                end += 1
            }
            if end < limit { break }
            let length = end - index
            let isMore = try fill()
            // What is here has moved, even where there is no more.
            end = index + length
            if !isMore { break }
        }
        tokenStart = index
        tokenLength = end - index
        tokenFlags = flags
        guard flags & XMLScanner.isForbidden == 0 else { throw fault("a character that XML forbids") }
        if depth == 0 {
            for byte in UnsafeBufferPointer(start: storage + index, count: tokenLength) where byte > 0x20 {
                throw fault("text outside the document")
            }
            index = end
            return false
        }
        index = end
        return true
    }

    mutating func scanStartTag() throws(OrdersError) {
        guard depth > 0 || !hasRoot else { throw fault("a second document") }
        guard depth < XMLScanner.depthLimit else {
            throw fault("elements inside more than \(XMLScanner.depthLimit) others")
        }
        while true {
            switch try parseStartTag() {
            case .complete(let end, let isEmpty):
                guard tokenLength <= XMLScanner.nameLimit else { throw fault("a name that is too long") }
                let slot = openNames + depth * XMLScanner.nameLimit
                for byte in 0..<tokenLength { slot[byte] = storage[tokenStart + byte] }
                openLengths[depth] = tokenLength
                depth += 1
                hasRoot = true
                isEndPending = isEmpty
                index = end
                return
            case .needsMore:
                if try !fill() { throw fault("it is cut off") }
            }
        }
    }

    enum Tag {
        case complete(end: Int, isEmpty: Bool)
        case needsMore
    }

    /// Parses the tag at `index` if it is here in whole.
    mutating func parseStartTag() throws(OrdersError) -> Tag {
        let base = storage
        let limit = limit
        var at = index + 1
        var count = 0
        while at < limit, XMLScanner.isNameByte(base[at]) { at += 1 }
        if at == limit { return .needsMore }
        tokenStart = index + 1
        tokenLength = at - tokenStart
        guard tokenLength > 0 else { throw fault("a tag without a name") }
        while true {
            let blankStart = at
            while at < limit, XMLScanner.isBlank(base[at]) { at += 1 }
            if at == limit { return .needsMore }
            if base[at] == UInt8(ascii: ">") {
                attributeCount = count
                return .complete(end: at + 1, isEmpty: false)
            }
            if base[at] == UInt8(ascii: "/") {
                if at + 1 == limit { return .needsMore }
                guard base[at + 1] == UInt8(ascii: ">") else { throw fault("a stray / in a tag") }
                attributeCount = count
                return .complete(end: at + 2, isEmpty: true)
            }
            guard at > blankStart, count < XMLScanner.attributeLimit else { throw fault("a malformed tag") }
            let nameStart = at
            while at < limit, XMLScanner.isNameByte(base[at]) { at += 1 }
            let nameLength = at - nameStart
            while at < limit, XMLScanner.isBlank(base[at]) { at += 1 }
            if at == limit { return .needsMore }
            guard nameLength > 0, base[at] == UInt8(ascii: "=") else { throw fault("a malformed attribute") }
            at += 1
            while at < limit, XMLScanner.isBlank(base[at]) { at += 1 }
            if at == limit { return .needsMore }
            let quote = base[at]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw fault("an attribute without quotes")
            }
            at += 1
            let valueStart = at
            var flags: UInt8 = 0
            while at < limit, base[at] != quote, base[at] != UInt8(ascii: "<") {
                flags |= classes[Int(base[at])]
                at += 1
            }
            if at == limit { return .needsMore }
            guard base[at] == quote, flags & XMLScanner.isForbidden == 0 else {
                throw fault("an attribute that does not close")
            }
            for other in 0..<count
            where attributes[other].nameLength == nameLength
                && memcmp(base + Int(attributes[other].nameStart), base + nameStart, nameLength) == 0
            {
                throw fault("an attribute that stands twice")
            }
            attributes[count] = Attribute(
                nameStart: Int32(truncatingIfNeeded: nameStart), nameLength: Int32(truncatingIfNeeded: nameLength),
                valueStart: Int32(truncatingIfNeeded: valueStart),
                valueLength: Int32(truncatingIfNeeded: at - valueStart), flags: flags)
            count += 1
            at += 1
        }
    }

    mutating func scanEndTag() throws(OrdersError) {
        guard depth > 0 else { throw fault("an end tag that nothing opened") }
        let length = openLengths[depth - 1]
        // `</`, the name, `>`: blanks before the bracket are rare.
        while limit - index < length + 3 {
            if try !fill() { throw fault("it is cut off") }
        }
        let name = openNames + (depth - 1) * XMLScanner.nameLimit
        for byte in 0..<length where storage[index + 2 + byte] != name[byte] {
            throw fault("an end tag of another name")
        }
        tokenLength = length
        var end = index + 2 + length
        while XMLScanner.isBlank(storage[end]) {
            end += 1
            if end == limit {
                let length = end - index
                if try !fill() { throw fault("it is cut off") }
                end = index + length
            }
        }
        guard storage[end] == UInt8(ascii: ">") else { throw fault("an end tag of another name") }
        tokenStart = index + 2
        index = end + 1
        depth -= 1
    }

    /// Makes the innermost open element's name the current one and closes it.
    mutating func close() {
        depth -= 1
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }

    @inline(__always)
    static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x2D < 14 && byte != 0x2F || byte == 0x5F || byte >= 0x80
    }

    /// Reads more behind what is here, which begins at `index` from then on; false at the end of the source.
    mutating func fill() throws(OrdersError) -> Bool {
        guard !isSourceAtEnd else { return false }
        let outcome = try SourceWindow.refill(
            &storage, capacity: &capacity, index: &index, used: &limit, consumed: &consumed, from: &source,
            limit: XMLScanner.pieceLimit)
        guard case .read(let count) = outcome else { throw fault("a piece of more than 4 MiB") }
        if count == 0 { isSourceAtEnd = true }
        if consumed == 0, limit == count, count >= 2 {
            if storage[0] == 0xFE || storage[0] == 0xFF || storage[0] == 0 || storage[1] == 0 {
                throw fault("text in another encoding than UTF-8")
            }
            if count >= 3, storage[0] == 0xEF, storage[1] == 0xBB, storage[2] == 0xBF { index = 3 }
        }
        return count > 0
    }
}
