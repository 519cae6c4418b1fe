/// A cell that does not hold what its column should: what it looks like, and what to do.
struct CellFault: Error {
    let shape: String
    let hint: String
}

extension CellText {
    /// What the cell looks like, without telling what it says.
    var shape: String {
        if bytes.isEmpty { return "empty" }
        if isScientific { return "a number in scientific notation" }
        if bytes.allSatisfy({ $0 &- 0x30 < 10 }) { return "\(bytes.count) digits" }
        if NameMask.isCiphertext(bytes) { return "ciphertext" }
        if bytes.allSatisfy({ $0 < 0x80 && "0123456789.,-+:/ ".utf8.contains($0) }) {
            return "\(bytes.count) digits and signs"
        }
        return "text of \(string.count) characters"
    }

    /// `6.93648E+18`: what a spreadsheet makes of a long id.
    var isScientific: Bool {
        var hasExponent = false
        var digits = 0
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x30...0x39: digits += 1
            case UInt8(ascii: "."): if index == 0 || hasExponent { return false }
            case UInt8(ascii: "E"), UInt8(ascii: "e"):
                if index == 0 || hasExponent { return false }
                hasExponent = true
            case UInt8(ascii: "+"), UInt8(ascii: "-"): if !hasExponent { return false }
            default: return false
            }
        }
        return hasExponent && digits > 1 && bytes.count > 3 && bytes[bytes.count - 1] &- 0x30 < 10
            && bytes.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".") })
    }

    /// An order id: 4 (or 1) to 64 ASCII letters, digits, `-` and `_`, perhaps behind a `#`; never a number that a spreadsheet has rounded.
    func orderID(isShort: Bool = false) throws(CellFault) -> UnsafeBufferPointer<UInt8> {
        var bytes = bytes
        if bytes.first == UInt8(ascii: "#") { bytes = UnsafeBufferPointer(rebasing: bytes[1...]) }
        if bytes.isEmpty { throw CellFault(shape: "empty", hint: "every row needs an order id") }
        if isScientific {
            throw CellFault(
                shape: shape, hint: "a spreadsheet has destroyed the id; export again and do not save it with Excel")
        }
        guard ((isShort ? 1 : 4)...64).contains(bytes.count), bytes.allSatisfy(CellText.isIDByte) else {
            if bytes.count > 8, bytes.contains(where: { $0 == 0x2C || $0 == 0x3B || $0 == 0x7C }) {
                throw CellFault(
                    shape: "several ids", hint: "the row joins several orders; export them one by one, before joining")
            }
            throw CellFault(shape: shape, hint: "an order id has 4 to 64 letters and digits")
        }
        return bytes
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// Money in yuan as fen: `28.90`, `1,299.00`, `¥19.9`, `￥5元`, `1.2万`; at most two decimals that are not zero, never negative.
    ///
    /// With `isFen` a whole number of fen.
    func fen(isFen: Bool = false) throws(CellFault) -> Int64 {
        var text = strippingCurrency()
        var decimals = isFen ? 0 : 2
        if !isFen, text.count > 3, CellText(unchecked: text).hasSuffix("万") {
            text = UnsafeBufferPointer(rebasing: text[0..<(text.count - 3)])
            decimals = 6
        }
        guard let number = CellText.decimal(text, decimals: decimals) else {
            throw CellFault(
                shape: shape,
                hint: isFen ? "write whole fen, such as 2890" : "write yuan with at most two decimals, such as 28.90")
        }
        guard number <= OrderEvent.amountLimit else {
            throw CellFault(shape: shape, hint: "an amount is at most 100,000,000 yuan")
        }
        return number
    }

    /// Money that was given back: as `fen`, perhaps behind a minus sign.
    func refundFen(isFen: Bool = false) throws(CellFault) -> Int64 {
        guard bytes.first == UInt8(ascii: "-") else { return try fen(isFen: isFen) }
        return try CellText(unchecked: UnsafeBufferPointer(rebasing: bytes[1...])).fen(isFen: isFen)
    }

    /// Whether a price is 0, with any number of decimals; what else it is matters to nobody.
    var isZeroPrice: Bool {
        let number = strippingCurrency()
        return number.first == 0x30 && number.allSatisfy { $0 == 0x30 || $0 == UInt8(ascii: ".") }
    }

    /// A whole number of pieces from `least` to `OrderEvent.quantityLimit`.
    func quantity(from least: Int64 = 1) throws(CellFault) -> Int32 {
        var bytes = bytes
        if hasSuffix("件") { bytes = UnsafeBufferPointer(rebasing: bytes[0..<(bytes.count - 3)]) }
        guard let number = CellText.decimal(bytes, decimals: 0), number >= least, number <= OrderEvent.quantityLimit
        else {
            throw CellFault(shape: shape, hint: "a quantity is a whole number from \(least)")
        }
        return Int32(truncatingIfNeeded: number)
    }

    private func strippingCurrency() -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = bytes.count
        if end >= 2, bytes[0] == 0xC2, bytes[1] == 0xA5 { start = 2 }
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBF, bytes[2] == 0xA5 { start = 3 }
        if end - start >= 3, bytes[end - 3] == 0xE5, bytes[end - 2] == 0x85, bytes[end - 1] == 0x83 { end -= 3 }
        while start < end, bytes[start] == 0x20 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// A decimal number times 10^decimals; commas (ASCII or full-width) only where thousands are grouped.
    private static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, decimals: Int) -> Int64? {
        var value: Int64 = 0
        var digits = 0
        var sinceComma: Int?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte &- 0x30 < 10 {
                // Twelve digits and six decimals fit into 64 bits.
                guard digits < 12 else { return nil }
                value = value * 10 + Int64(byte &- 0x30)
                digits += 1
                sinceComma = sinceComma.map { $0 + 1 }
                index += 1
                continue
            }
            let isWide = index + 2 < bytes.count && byte == 0xEF && bytes[index + 1] == 0xBC && bytes[index + 2] == 0x8C
            guard byte == UInt8(ascii: ",") || isWide else { break }
            guard sinceComma.map({ $0 == 3 }) ?? (1...3).contains(digits) else { return nil }
            sinceComma = 0
            index += isWide ? 3 : 1
        }
        guard digits > 0, sinceComma ?? 3 == 3 else { return nil }
        var places = 0
        if index < bytes.count {
            guard bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count else { return nil }
            for byte in bytes[(index + 1)...] {
                guard byte &- 0x30 < 10 else { return nil }
                if places < decimals {
                    value = value * 10 + Int64(byte &- 0x30)
                    places += 1
                } else if byte != 0x30 {
                    return nil
                }
            }
        }
        for _ in places..<max(places, decimals) { value *= 10 }
        return value
    }
}
