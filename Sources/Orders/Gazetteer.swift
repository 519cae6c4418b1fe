/// The provinces and cities of `Places.txt`: what is not in it is no place.
package struct Gazetteer: Sendable {
    package struct Province: Sendable {
        /// `浙江`
        package let short: String
        /// Everything else it is called, in lower case.
        package let names: [String]
        /// Longer names first; none where a province is shown alone (never 北京北京).
        package var units: [Unit] = []
    }

    package struct Unit: Sendable {
        package let short: String
        /// How it begins in an export: the short form, or a longer one.
        let name: [UInt8]
        /// Directly below the province, like 仙桃.
        package let isCounty: Bool
    }

    package let provinces: [Province]
    private let numbers: [String: Int]
    /// Chinese names, full ones before short ones, so that 吉林省 is not read as 吉林 and a city called 省.
    private let beginnings: [(name: [UInt8], province: Int, isShort: Bool)]

    /// The built-in table.
    package static let builtIn = Gazetteer(String(decoding: PackageResources.Places_txt, as: UTF8.self))

    init(_ text: String) {
        var provinces: [Province] = []
        var numbers: [String: Int] = [:]
        var beginnings: [(name: [UInt8], province: Int, isShort: Bool)] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "|").map { part in
                part.split(separator: " ").joined(separator: " ")
            }
            guard let short = parts.first, parts.count >= 2 else { continue }
            let names = parts[1].split(separator: ",").map {
                $0.split(separator: " ").joined(separator: " ").lowercased()
            }
            var province = Province(short: short, names: names)
            for (index, list) in parts.dropFirst(2).enumerated() {
                for word in list.split(separator: " ") {
                    let forms = word.split(separator: "=")
                    for form in forms {
                        province.units.append(
                            Unit(short: String(forms[0]), name: Array(form.utf8), isCounty: index == 1))
                    }
                }
            }
            province.units.sort { $0.name.count > $1.name.count }
            for name in [short] + names {
                numbers[name] = provinces.count
                if name.utf8.allSatisfy({ $0 >= 0x80 }) {
                    beginnings.append((Array(name.utf8), provinces.count, name == short))
                }
            }
            provinces.append(province)
        }
        self.provinces = provinces
        self.numbers = numbers
        self.beginnings = beginnings.sorted { $0.name.count > $1.name.count }
    }

    /// The province of a name, whatever its case; of WooCommerce's `Yunnan / 云南` the first.
    package func province(named name: String) -> Province? {
        if let number = numbers[name] { return provinces[number] }
        guard name.utf8.count <= 60 else { return nil }
        let words = name.lowercased().prefix { $0 != "/" }.split(separator: " ")
        let isProvince = words.count > 1 && words.last == "province"
        return numbers[words.dropLast(isProvince ? 1 : 0).joined(separator: " ")].map { provinces[$0] }
    }

    /// The province that an address begins with, and the bytes its name takes; a street named after one is none.
    func province(at bytes: UnsafeBufferPointer<UInt8>) -> (province: Province, length: Int)? {
        for beginning in beginnings where Gazetteer.begins(bytes, with: beginning.name) {
            let rest = UnsafeBufferPointer(rebasing: bytes[beginning.name.count...])
            let province = provinces[beginning.province]
            // 江苏路 is a street in many towns; 江苏镇江 is none.
            if beginning.isShort, Gazetteer.isStreet(rest), province.unit(at: rest) == nil { return nil }
            return (province, beginning.name.count)
        }
        return nil
    }

    static func begins(_ bytes: UnsafeBufferPointer<UInt8>, with name: [UInt8]) -> Bool {
        guard bytes.count >= name.count else { return false }
        for index in name.indices where bytes[index] != name[index] { return false }
        return true
    }

    /// Whether what follows a name makes a street, a village or a university of it: 南京路 is anywhere. 吉林省 is no city either.
    static func isStreet(_ rest: UnsafeBufferPointer<UInt8>) -> Bool {
        streets.contains { begins(rest, with: $0) }
    }

    private static let streets = [
        "省", "路", "街", "道", "巷", "弄", "胡同", "大道", "大街", "大路", "大学", "东路", "西路", "南路", "北路", "中路", "东街", "西街", "南街",
        "北街",
        "中街", "东大街", "西大街", "南大街", "北大街", "镇", "乡", "村", "小区", "花园", "广场", "饭店", "酒店",
    ].map { Array($0.utf8) }
}

extension Gazetteer.Province {
    /// The unit that a text begins with, with or without its suffix: 杭州, 杭州市, 杭州市西湖区….
    func unit(at bytes: UnsafeBufferPointer<UInt8>) -> Gazetteer.Unit? {
        for unit in units where Gazetteer.begins(bytes, with: unit.name) {
            if unit.stands(before: UnsafeBufferPointer(rebasing: bytes[unit.name.count...])) { return unit }
        }
        return nil
    }

    /// The unit that a cell names, which may repeat the province.
    func unit(named text: String) -> Gazetteer.Unit? {
        var text = text
        return text.withUTF8 { bytes in
            if let unit = unit(at: bytes) { return unit }
            guard let (province, length) = Gazetteer.builtIn.province(at: bytes), province.short == short else {
                return nil
            }
            return unit(at: UnsafeBufferPointer(rebasing: bytes[length...]))
        }
    }
}

extension Gazetteer.Unit {
    fileprivate func stands(before rest: UnsafeBufferPointer<UInt8>) -> Bool {
        guard isCounty else { return !Gazetteer.isStreet(rest) }
        // Counties are called like much else (东方, 新星): they need their suffix, or an end.
        guard let next = rest.first, next >= 0x80 else { return true }
        if Gazetteer.Unit.suffixes.contains(where: { Gazetteer.begins(rest, with: $0) }) { return true }
        // 琼中黎族苗族自治县
        for start in stride(from: 0, through: min(18, rest.count), by: 3) {
            let part = UnsafeBufferPointer(rebasing: rest[start...])
            if Gazetteer.begins(part, with: Gazetteer.Unit.autonomous) { return true }
        }
        return false
    }

    private static let suffixes = ["市", "县", "林区"].map { Array($0.utf8) }
    private static let autonomous = Array("自治县".utf8)
}
