import Orders
import Testing

/// FACTS §6.3, row by row.
@Suite struct PlaceTests {
    private func place(_ province: String, _ city: String = "", _ district: String = "") -> String? {
        Place.normalised(province: province, city: city, district: district).map {
            $0.province + ($0.city.map { " " + $0 } ?? "")
        }
    }

    private static let provinces =
        "北京市 北京|天津市 天津|河北省 河北|山西省 山西|内蒙古自治区 内蒙古|辽宁省 辽宁|吉林省 吉林|黑龙江省 黑龙江|上海市 上海|江苏省 江苏|浙江省 浙江|"
        + "安徽省 安徽|福建省 福建|江西省 江西|山东省 山东|河南省 河南|湖北省 湖北|湖南省 湖南|广东省 广东|广西壮族自治区 广西|海南省 海南|重庆市 重庆|"
        + "四川省 四川|贵州省 贵州|云南省 云南|西藏自治区 西藏|陕西省 陕西|甘肃省 甘肃|青海省 青海|宁夏回族自治区 宁夏|新疆维吾尔自治区 新疆|台湾省 台湾|"
        + "香港特别行政区 香港|澳门特别行政区 澳门"

    @Test func all34Provinces() {
        let pairs = PlaceTests.provinces.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        #expect(pairs.count == 34)
        for pair in pairs {
            #expect(place(pair[0]) == pair[1] && place(pair[1]) == pair[1])
        }
    }

    @Test(
        arguments: [
            ("吉林省", "延边朝鲜族自治州", "延边"), ("湖北省", "恩施土家族苗族自治州", "恩施"), ("湖南省", "湘西土家族苗族自治州", "湘西"),
            ("四川省", "阿坝藏族羌族自治州", "阿坝"), ("四川省", "甘孜藏族自治州", "甘孜"), ("四川省", "凉山彝族自治州", "凉山"),
            ("贵州省", "黔西南布依族苗族自治州", "黔西南"), ("贵州省", "黔东南苗族侗族自治州", "黔东南"), ("贵州省", "黔南布依族苗族自治州", "黔南"),
            ("云南省", "楚雄彝族自治州", "楚雄"), ("云南省", "红河哈尼族彝族自治州", "红河"), ("云南省", "文山壮族苗族自治州", "文山"),
            ("云南省", "西双版纳傣族自治州", "西双版纳"), ("云南省", "大理白族自治州", "大理"), ("云南省", "德宏傣族景颇族自治州", "德宏"),
            ("云南省", "怒江傈僳族自治州", "怒江"), ("云南省", "迪庆藏族自治州", "迪庆"), ("甘肃省", "临夏回族自治州", "临夏"),
            ("甘肃省", "甘南藏族自治州", "甘南"), ("青海省", "海北藏族自治州", "海北"), ("青海省", "黄南藏族自治州", "黄南"),
            ("青海省", "海南藏族自治州", "海南州"), ("青海省", "果洛藏族自治州", "果洛"), ("青海省", "玉树藏族自治州", "玉树"),
            ("青海省", "海西蒙古族藏族自治州", "海西"), ("新疆维吾尔自治区", "昌吉回族自治州", "昌吉"), ("新疆维吾尔自治区", "博尔塔拉蒙古自治州", "博州"),
            ("新疆维吾尔自治区", "巴音郭楞蒙古自治州", "巴州"), ("新疆维吾尔自治区", "克孜勒苏柯尔克孜自治州", "克州"), ("新疆维吾尔自治区", "伊犁哈萨克自治州", "伊犁"),
            ("内蒙古自治区", "锡林郭勒盟", "锡林郭勒"), ("内蒙古自治区", "阿拉善盟", "阿拉善"), ("内蒙古自治区", "兴安盟", "兴安"),
            ("黑龙江省", "大兴安岭地区", "大兴安岭"), ("西藏自治区", "阿里地区", "阿里"), ("新疆维吾尔自治区", "阿克苏地区", "阿克苏"),
            ("新疆维吾尔自治区", "喀什地区", "喀什"), ("新疆维吾尔自治区", "和田地区", "和田"), ("新疆维吾尔自治区", "塔城地区", "塔城"),
            ("新疆维吾尔自治区", "阿勒泰地区", "阿勒泰"), ("吉林省", "吉林市", "吉林"), ("海南省", "海口市", "海口"),
        ])
    func prefectures(_ province: String, _ city: String, _ short: String) {
        #expect(place(province, city)?.split(separator: " ").last.map(String.init) == short)
        // The short form stays as it is.
        #expect(place(province, short)?.split(separator: " ").last.map(String.init) == short)
        // And reads the same out of an address.
        let paid = addressed("\(province)\(city)槐荫巷3号")
        #expect(paid == place(province, city))
        #expect(addressed("\(province) \(city) 某某县 槐荫巷3号(135300)") == paid)
    }

    @Test(
        arguments: [
            ("北京市", "市辖区", "朝阳区", "北京"), ("北京市", "北京市", "朝阳区", "北京"), ("重庆市", "县", "云阳县", "重庆"),
            ("北京", "朝阳区", "", "北京"), ("上海市", "", "", "上海"), ("湖北省", "省直辖县级行政区划", "仙桃市", "湖北 仙桃"),
            ("湖北省", "省直辖县级行政区划", "潜江市", "湖北 潜江"), ("湖北省", "省直辖县级行政区划", "神农架林区", "湖北 神农架"),
            ("河南省", "省直辖县级行政区划", "济源市", "河南 济源"), ("海南省", "省直辖县级行政区划", "五指山市", "海南 五指山"),
            ("海南省", "直辖县级行政区划", "五指山市", "海南 五指山"), ("海南省", "五指山市", "", "海南 五指山"),
            ("新疆维吾尔自治区", "自治区直辖县级行政区划", "石河子市", "新疆 石河子"), ("广东省", "东莞市", "", "广东 东莞"),
        ])
    func municipalitiesAndCountiesOfTheProvince(
        _ province: String, _ city: String, _ district: String, _ expected: String
    ) {
        #expect(place(province, city, district) == expected)
    }

    @Test(
        arguments: [
            ("浙江省", "单店李四", "浙江"), ("广东省", "王小明家超市", "广东"), ("广东省", "杭州市", "广东"), ("台湾", "台湾省", "台湾"),
            ("台湾省", "新竹县", "台湾 新竹"), ("湖北省", "神农架林区", "湖北 神农架"), ("广东省", "广东省广州市", "广东 广州"),
            ("吉林省", "吉林省", "吉林"), ("Guangdong", "广州市", "广东 广州"), ("inner mongolia", "包头", "内蒙古 包头"),
            ("Hebei Province", "", "河北"), ("CN1", "大理", "云南 大理"), ("CN26", "西安市", "陕西 西安"), ("CN32", "", "新疆"),
            ("Yunnan / 云南", "", "云南"), ("Hong Kong", "Kowloon", "香港"), ("CN33", "", nil), ("California", "", nil),
        ] as [(String, String, String?)])
    func onlyListedCities(_ province: String, _ city: String, _ expected: String?) {
        #expect(place(province, city) == expected)
    }

    @Test func listIsWhole() {
        let provinces = Gazetteer.builtIn.provinces
        #expect(provinces.count == 34)
        let mainland = provinces.filter { $0.short != "台湾" }
        func count(isCounty: Bool) -> Int {
            mainland.reduce(0) { $0 + Set($1.units.filter { $0.isCounty == isCounty }.map(\.short)).count }
        }
        // 293 cities, 7 地区, 30 autonomous prefectures and 3 leagues; 32 counties directly below a province.
        #expect(count(isCounty: false) == 333 && count(isCounty: true) == 32)
        // Each has its code of WooCommerce but 台湾 and 香港.
        let codes = Set(provinces.flatMap(\.names).filter { $0.hasPrefix("cn") })
        #expect(codes == Set((1...32).map { "cn\($0)" }))
        for province in provinces {
            #expect(province.names.contains { $0.utf8.first.map { $0 < 0x80 } ?? false }, "\(province.short)")
            for unit in province.units {
                #expect(place(province.short, unit.short) == "\(province.short) \(unit.short)")
                #expect(addressed("\(province.short)\(unit.short)市某街") == "\(province.short) \(unit.short)")
            }
        }
    }

    @Test func orderLogsKeepListedCitiesOnly() throws {
        let log = ["单店李四", "杭州", "西湖"].enumerated().map {
            "{\"event\":\"paid\",\"id\":\"99000\($0.offset)\",\"at\":\"2026-11-11T20:00:0\($0.offset)+08:00\",\"amount\":100,"
                + "\"province\":\"浙江\",\"city\":\"\($0.element)\"}\n"
        }
        let feed = try decode(log.joined()).feed
        #expect((0..<3).map { feed[$0].place?.city } == [nil, "杭州", nil])
    }

    /// The place of an order whose address is one cell.
    private func addressed(_ address: String) -> String? {
        let text = export(["99000001,2026-11-11 20:00:03,1.00,\"\(address)\""], header: "订单号,付款时间,实付款,收货地址")
        return (try? decode(text))?.feed[0].place.map { $0.province + ($0.city.map { " " + $0 } ?? "") }
    }

    @Test(
        arguments: [
            ("吉林省 通化市 柳河县 某某镇(135300)", "吉林 通化"), ("吉林省通化市柳河县", "吉林 通化"), ("北京 北京市 朝阳区 三环", "北京"),
            ("北京朝阳区三环到四环之间", "北京"), ("浙江杭州市西湖区", "浙江 杭州"), ("吉林吉林市船营区", "吉林 吉林"), ("湖南省津市市某某街", "湖南"),
            ("湖北省 省直辖县级行政区划 仙桃市 某街", "湖北 仙桃"), ("湖北省省直辖县级行政区划仙桃市", "湖北 仙桃"), ("湖北仙桃市某街", "湖北 仙桃"),
            ("浙江省 槐荫巷3号", "浙江"), ("浙江省槐荫巷三号楼下左边第一间房市", "浙江"), ("香港特别行政区 中西区", "香港"), ("海南省海口市", "海南 海口"),
            ("浙江省杭州西湖区文三路菜市场旁", "浙江 杭州"), ("江苏南京玄武区城市花园", "江苏 南京"), ("广东省王小明家超市对面", "广东"),
            ("湖北省神农架林区某街", "湖北 神农架"), ("湖北神农架某街", "湖北"), ("海南省琼中黎族苗族自治县某街", "海南 琼中"), ("海南省东方花园", "海南"),
            ("广东省中山大学南门", "广东"), ("山东路3号", nil), ("湖北省武汉大道3号", "湖北"),
            ("内蒙古呼和浩特市", "内蒙古 呼和浩特"), ("加州 洛杉矶市", nil), ("槐荫巷3号", nil), ("省", nil),
        ] as [(String, String?)])
    func addresses(_ address: String, _ expected: String?) {
        #expect(addressed(address) == expected)
    }
}
