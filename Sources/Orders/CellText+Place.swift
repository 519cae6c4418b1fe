extension CellText {
    /// Province and city at the start of an address, each perhaps empty; what follows is never looked at.
    ///
    /// `吉林省 通化市 柳河县 …`, `浙江省杭州西湖区…`, `湖北省省直辖县级行政区划仙桃市…`. Only what `Places.txt` has is a city.
    var placeParts: (province: CellText, city: CellText) {
        let none = CellText(unchecked: UnsafeBufferPointer(start: nil, count: 0))
        guard let (province, length) = Gazetteer.builtIn.province(at: bytes) else {
            // A name in Latin letters is told by its whole cell.
            return (CellText(unchecked: UnsafeBufferPointer(rebasing: bytes.prefix(48))), none)
        }
        let name = CellText(unchecked: UnsafeBufferPointer(rebasing: bytes[0..<length]))
        var rest = CellText.withoutBlanks(bytes[length...])
        for prefix in CellText.directNames where Gazetteer.begins(rest, with: prefix) {
            rest = CellText.withoutBlanks(rest[prefix.count...])
            break
        }
        guard let unit = province.unit(at: rest) else { return (name, none) }
        return (name, CellText(unchecked: UnsafeBufferPointer(rebasing: rest[0..<unit.name.count])))
    }

    private static func withoutBlanks(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            rebasing: bytes.drop {
                $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/")
            })
    }

    private static let directNames = ["省直辖县级行政区划", "省直辖县级行政单位", "自治区直辖县级行政区划", "省直辖"].map { Array($0.utf8) }
}
