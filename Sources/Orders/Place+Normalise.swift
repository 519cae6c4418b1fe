extension Place {
    /// The short form of a place from the names an export uses, nil when the province is none of the 34.
    ///
    /// `浙江省, 杭州市` → 浙江 杭州; `北京市, 市辖区` → 北京; `湖北省, 省直辖县级行政区划, 仙桃市` → 湖北 仙桃; `青海省, 海南藏族自治州` → 青海 海南州.
    /// A city that `Places.txt` does not have in the province is dropped: names and addresses are typed into wrong columns.
    package static func normalised(province: String, city: String?, district: String?) -> Place? {
        guard let province = Gazetteer.builtIn.province(named: province) else { return nil }
        guard !province.units.isEmpty, let city else { return Place(province: province.short, city: nil) }
        let isDirect = ["省直辖", "自治区直辖", "直辖"].contains { city.hasPrefix($0) }
        let unit = province.unit(named: isDirect ? district ?? "" : city)
        return Place(province: province.short, city: unit?.short)
    }

    /// Units that are shown once, without a city (FACTS: never 北京北京).
    static let undivided = Set(Gazetteer.builtIn.provinces.filter(\.units.isEmpty).map(\.short))
}
