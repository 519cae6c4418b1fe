extension CellText {
    /// Province, city and county at the start of an address, each perhaps empty; what follows is never looked at.
    ///
    /// `吉林省 通化市 柳河县 …`, `浙江省杭州市西湖区…`, `北京朝阳区…`. A city is only taken with its suffix, so that no street stands in for it.
    var placeParts: (province: CellText, city: CellText, county: CellText) {
        let none = CellText(unchecked: UnsafeBufferPointer(start: nil, count: 0))
        guard let province = CellText.provinceNames.first(where: { bytes.starts(with: $0) }) else {
            return (CellText(unchecked: UnsafeBufferPointer(rebasing: bytes.prefix(48))), none, none)
        }
        let name = CellText(unchecked: UnsafeBufferPointer(rebasing: bytes[0..<province.count]))
        var rest = CellText.withoutBlanks(bytes[province.count...])
        var isDirect = false
        for prefix in CellText.directNames where rest.starts(with: prefix) {
            rest = CellText.withoutBlanks(rest.dropFirst(prefix.count))
            isDirect = true
            break
        }
        let suffixes = isDirect ? CellText.countySuffixes : CellText.citySuffixes
        guard let length = CellText.nameLength(rest, suffixes: suffixes) else { return (name, none, none) }
        let place = CellText(unchecked: UnsafeBufferPointer(rebasing: rest.prefix(length)))
        guard isDirect else { return (name, place, none) }
        let mark: StaticString = "省直辖"
        // Safe: a static string is never freed.
        let direct = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        return (name, CellText(unchecked: direct), place)
    }

    private static func withoutBlanks(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        bytes.drop { $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    }

    /// Bytes up to the end of the first suffix behind two to twelve letters, nil when a blank or digit comes before one.
    private static func nameLength(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, suffixes: [[UInt8]]) -> Int? {
        var length = 0
        while length <= 36, length + 3 <= bytes.count {
            let rest = bytes.dropFirst(length)
            guard rest[rest.startIndex] & 0xF0 == 0xE0 else { return nil }
            if length >= 6 {
                for suffix in suffixes where rest.starts(with: suffix) { return length + suffix.count }
            }
            length += 3
        }
        return nil
    }

    /// Full names before short ones, so that 吉林省 is not read as 吉林 and a city called 省.
    private static let provinceNames: [[UInt8]] = Place.provinceNames.sorted { $0.utf8.count > $1.utf8.count }.map {
        Array($0.utf8)
    }
    private static let directNames = ["省直辖县级行政区划", "省直辖县级行政单位", "自治区直辖县级行政区划", "省直辖"].map { Array($0.utf8) }
    private static let citySuffixes = ["自治州", "地区", "市", "盟", "州"].map { Array($0.utf8) }
    private static let countySuffixes = ["自治县", "林区", "市", "县"].map { Array($0.utf8) }
}
