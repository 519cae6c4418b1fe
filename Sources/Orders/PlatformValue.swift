/// Scalars of platform JSON as the cells of an export.
enum PlatformValue {
    /// A value as text in the form that cells have.
    static func text(
        _ raw: UnsafeBufferPointer<UInt8>, _ form: PlatformShape.Form, isNumber: Bool
    ) throws(CellFault) -> ContiguousArray<UInt8> {
        switch form {
        case .text: return isNumber ? try id(raw, isNumber) : ContiguousArray(raw.prefix(4096))
        case .id: return try id(raw, isNumber)
        case .word(let words):
            guard let word = words.first(where: { $0.0.utf8.elementsEqual(raw) }) else {
                let known = words.map(\.0).joined(separator: " ")
                throw CellFault(
                    shape: isNumber ? "a code that is not known" : "a word that is not known",
                    hint: "known are \(known)")
            }
            return ContiguousArray(word.1.utf8)
        case .presence: return raw.isEmpty || raw.elementsEqual([0x30]) ? [] : [0x31]
        case .decimal: return ContiguousArray(raw.prefix(64))
        case .fen:
            guard let fen = integer(raw), fen >= 0 else {
                throw CellFault(shape: shape(raw, isNumber), hint: "amounts are whole fen: 12900 for 129.00 yuan")
            }
            let cents = String(fen % 100)
            return ContiguousArray("\(fen / 100).\(cents.utf8.count < 2 ? "0" : "")\(cents)".utf8)
        case .unix:
            guard let value = integer(raw), value >= 0, value < 1 << 50 else {
                throw CellFault(shape: shape(raw, isNumber), hint: "times are unix seconds, 0 for none")
            }
            if value == 0 { return [] }
            // By size: seconds reach 1e11 in the year 5138, milliseconds had it in 1973.
            return ContiguousArray(Instant(unixSeconds: value >= 100_000_000_000 ? value / 1000 : value).text.utf8)
        case .utc:
            let text = ContiguousArray(raw.prefix(64))
            let hasZone = text.last == UInt8(ascii: "Z") || text.dropFirst(11).contains(UInt8(ascii: "+"))
            return text.isEmpty || hasZone ? text : text + [UInt8(ascii: "Z")]
        }
    }

    /// A whole number, bare or in quotes.
    static func integer(_ raw: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard (1...19).contains(raw.count), raw.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return Int64(String(decoding: raw, as: UTF8.self))
    }

    /// Ids keep all their digits: they are text from the first byte on.
    private static func id(
        _ raw: UnsafeBufferPointer<UInt8>, _ isNumber: Bool
    ) throws(CellFault) -> ContiguousArray<UInt8> {
        guard !isNumber || raw.allSatisfy({ $0 &- 0x30 < 10 }) else {
            throw CellFault(
                shape: shape(raw, isNumber),
                hint:
                    "an id that a program has made a floating-point number has lost digits; save the answer as it came")
        }
        return ContiguousArray(raw.prefix(256))
    }

    private static func shape(_ raw: UnsafeBufferPointer<UInt8>, _ isNumber: Bool) -> String {
        isNumber && raw.contains { $0 | 0x20 == UInt8(ascii: "e") }
            ? "a number in scientific notation" : CellText(cleaning: raw).shape
    }
}
