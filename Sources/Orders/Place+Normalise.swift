extension Place {
    /// The short form of a place from the names an export uses, nil when the province is none of the 34.
    ///
    /// `浙江省, 杭州市` → 浙江 杭州; `北京市, 市辖区` → 北京; `湖北省, 省直辖县级行政区划, 仙桃市` → 湖北 仙桃; `青海省, 海南藏族自治州` → 青海 海南州.
    /// A city that holds anything but letters, or more than twelve characters, is dropped: addresses are typed into wrong columns.
    package static func normalised(province: String, city: String?, district: String?) -> Place? {
        guard let province = shortProvince(province) else { return nil }
        if undivided.contains(province) { return Place(province: province, city: nil) }
        var short = shortCity(city ?? "", district: district ?? "")
        // Until nothing changes, so that a short form read back stays as it is; each pass but one shortens.
        while let name = short {
            let again = shortCity(name, district: "")
            if again == name { break }
            short = again
        }
        return Place(province: province, city: short)
    }

    /// The short name of a province-level unit, nil when it is none of the 34.
    package static func shortProvince(_ name: String) -> String? {
        provinces[name]
    }

    /// Every name of every province-level unit, full and short.
    static var provinceNames: [String] { Array(provinces.keys) }

    private static func shortCity(_ raw: String, district: String) -> String? {
        guard let name = placeName(raw) else { return nil }
        if name.hasPrefix("省直辖") || name.hasPrefix("自治区直辖") || name.hasPrefix("直辖") {
            return placeName(district).flatMap(shortCounty)
        }
        if name == "市辖区" || name == "县" { return nil }
        for (prefix, short) in prefectures where name.hasPrefix(prefix) {
            if name == prefix || name == short || name.hasSuffix("州") { return short }
        }
        return stripped(name, suffixes: ["市", "地区", "盟", "林区"])
    }

    private static func shortCounty(_ name: String) -> String? {
        if name.hasSuffix("自治县") { return String(name.prefix(2)) }
        return stripped(name, suffixes: ["市", "林区", "县"])
    }

    /// The name without the first suffix it ends in, as long as two characters remain.
    private static func stripped(_ name: String, suffixes: [String]) -> String {
        for suffix in suffixes where name.hasSuffix(suffix) && name.count >= suffix.count + 2 {
            return String(name.dropLast(suffix.count))
        }
        return name
    }

    private static func placeName(_ raw: String) -> String? {
        guard raw.utf8.count <= 48, raw.count <= 12, raw.count >= 1, raw.allSatisfy(\.isLetter) else { return nil }
        return raw
    }

    /// Units that are shown once, without a city (FACTS: never 北京北京).
    static let undivided: Set<String> = ["北京", "天津", "上海", "重庆", "香港", "澳门"]

    private static let provinces: [String: String] = {
        let table = [
            "北京市 北京", "天津市 天津", "河北省 河北", "山西省 山西", "内蒙古自治区 内蒙古", "辽宁省 辽宁", "吉林省 吉林",
            "黑龙江省 黑龙江", "上海市 上海", "江苏省 江苏", "浙江省 浙江", "安徽省 安徽", "福建省 福建", "江西省 江西", "山东省 山东",
            "河南省 河南", "湖北省 湖北", "湖南省 湖南", "广东省 广东", "广西壮族自治区 广西", "海南省 海南", "重庆市 重庆",
            "四川省 四川", "贵州省 贵州", "云南省 云南", "西藏自治区 西藏", "陕西省 陕西", "甘肃省 甘肃", "青海省 青海",
            "宁夏回族自治区 宁夏", "新疆维吾尔自治区 新疆", "台湾省 台湾", "香港特别行政区 香港", "澳门特别行政区 澳门",
        ]
        var result: [String: String] = [:]
        for line in table {
            let names = line.split(separator: " ").map(String.init)
            guard let full = names.first, let short = names.last else { continue }
            result[full] = short
            result[short] = short
        }
        return result
    }()

    /// Names that the 30 autonomous prefectures begin with, and their usual short forms.
    private static let prefectures: [(String, String)] =
        [
            "延边", "恩施", "湘西", "阿坝", "甘孜", "凉山", "黔西南", "黔东南", "黔南", "楚雄", "红河", "文山", "西双版纳", "大理",
            "德宏", "怒江", "迪庆", "临夏", "甘南", "海北", "黄南", "果洛", "玉树", "海西", "昌吉", "伊犁",
        ].map { ($0, $0) } + [
            ("海南", "海南州"), ("博尔塔拉", "博州"), ("巴音郭楞", "巴州"), ("克孜勒苏", "克州"), ("博州", "博州"), ("巴州", "巴州"),
            ("克州", "克州"),
        ]
}
