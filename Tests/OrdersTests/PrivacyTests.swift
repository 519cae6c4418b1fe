import Orders
import Testing

@Suite struct PrivacyTests {
    @Test func accountsCountRepeatBuyersAndAreGone() throws {
        let text = export(
            ["1001,wang88,衣,1", "1002,wang88,衣,2", "1003,li**7,衣,3", "1004,-,衣,4", "1005,li**7,衣,5"].map {
                $0 + ".00,2026-11-11 10:00:00,已完成,-"
            }, header: "主订单编号,买家会员名,选购商品,订单应付金额,支付完成时间,订单状态,售后状态")
        let orders = try decode(text)
        let report = PeriodReport(of: orders.feed, counting: .net)
        let buyers = try #require(report.buyers)
        #expect(buyers.knownOrders == Share(part: 2, of: 5) && buyers.repeatBuyers == Share(part: 1, of: 1))
        let kept = String(decoding: OrderLogWriter.text(of: orders.feed), as: UTF8.self) + "\(report)\(orders.feed)"
        for account in ["wang88", "li**7"] {
            let isKept = kept.contains(account)
            #expect(!isKept)
        }
        // Another column can be named.
        let mapped = try decode(text.replacing("买家会员名", with: "会员"), map: [.account: "会员"])
        #expect(PeriodReport(of: mapped.feed, counting: .net).buyers == buyers)
    }

    @Test(
        arguments: [
            ("张三", "张**"), ("张三丰", "张**"), ("张*", "张**"), ("张*丰", "张**"), ("张**", "张**"), ("欧阳修", "欧阳**"),
            ("欧阳**", "欧阳**"), ("欧阳", "欧**"), ("阿依古丽·买买提", "阿**"), ("John Smith", "J**"), ("\u{200B} 李四", "李**"),
            ("##abc", nil), ("$$abc", nil), ("#abc", nil), ("~abc", nil), ("1@#abc", nil), ("*磊", nil),
            ("13800000000", nil),
            ("", nil), ("😀王", nil),
        ] as [(String, String?)])
    func masks(_ name: String, _ masked: String?) {
        #expect(NameMask.masked(name) == masked)
    }

    @Test func maskingTwiceChangesNothing() {
        let letters = Array("\u{D4E}张王欧阳诸葛阿 ·*#$~1@aé\u{301}\u{200B}😀")
        var dice = Dice(3)
        for _ in 0..<5000 {
            let name = String((0..<dice.below(6)).map { _ in letters[dice.below(letters.count)] })
            guard let once = NameMask.masked(name) else { continue }
            #expect(once.hasSuffix("**") && once.count <= 4)
            #expect(NameMask.masked(once) == once, "\(name)")
        }
    }

    @Test(
        arguments: [
            ("浙江省", "杭州市", "", "浙江 杭州"), ("北京市", "市辖区", "朝阳区", "北京"), ("重庆市", "重庆市", "", "重庆"),
            ("湖北省", "省直辖县级行政区划", "仙桃市", "湖北 仙桃"), ("海南省", "省直辖县级行政区划", "琼中黎族苗族自治县", "海南 琼中"),
            ("青海省", "海南藏族自治州", "", "青海 海南州"), ("新疆维吾尔自治区", "巴音郭楞蒙古自治州", "", "新疆 巴州"),
            ("吉林省", "吉林市", "", "吉林 吉林"), ("内蒙古自治区", "锡林郭勒盟", "", "内蒙古 锡林郭勒"), ("西藏", "阿里地区", "", "西藏 阿里"),
            ("香港特别行政区", "香港特别行政区", "", "香港"), ("台湾省", "台北市", "", "台湾 台北"), ("湖北省", "恩施土家族苗族自治州", "", "湖北 恩施"),
            ("浙江省", "槐荫巷3栋", "", "浙江"), ("浙江省", "一个非常非常长的详细地址在这里", "", "浙江"), ("加州", "洛杉矶", "", nil),
            ("湖南省", "津市市", "", "湖南"),
            ("浙江省", "甲乙丙市市盟", "", "浙江"), ("海南省", "省直辖县级行政区划", "海南自治县", "海南"),
        ] as [(String, String, String, String?)])
    func places(_ province: String, _ city: String, _ district: String, _ expected: String?) {
        let place = Place.normalised(province: province, city: city, district: district)
        #expect(place.map { $0.province + ($0.city.map { " " + $0 } ?? "") } == expected)
        if let place {
            #expect(Place.normalised(province: place.province, city: place.city, district: nil) == place)
        }
    }

    @Test func smallCitiesShowTheirProvinceUntilTheTenthOrder() {
        var feed = Feed()
        var policy = PlacePolicy()
        var shown: [String?] = []
        for number in 0..<12 {
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "o\(number)"), at: Instant(unixSeconds: Int64(number)),
                    amount: 100, province: "浙江省", city: "杭州市"))
            policy.append(from: feed)
            shown.append(policy.displayPlace(ofEvent: number, in: feed)?.city)
        }
        #expect(shown == Array(repeating: nil, count: 9) + ["杭州", "杭州", "杭州"])
        // Later events never change what an earlier one showed, and folding at once gives the same.
        var whole = PlacePolicy()
        whole.append(from: feed)
        #expect((0..<12).map { whole.displayPlace(ofEvent: $0, in: feed)?.city } == shown)
        // The same order again, by another row or a repeated message, is still one order.
        var repeated = Feed()
        let id = ProjectKey.demo.pseudonym(of: "one")
        for row in 0..<12 {
            repeated.append(
                OrderEvent(.paid, order: id, row: row, at: instant("2026-11-11"), province: "浙江", city: "杭州"))
        }
        var second = PlacePolicy()
        second.append(from: repeated)
        #expect(second.displayPlace(ofEvent: 11, in: repeated)?.city == nil)
    }

    @Test func pseudonyms() throws {
        // printf 9906917926768823643 | openssl dgst -sha256 -mac HMAC -macopt key:0123456789abcdef -binary | base32
        let key = try ProjectKey(bytes: Array("0123456789abcdef".utf8))
        #expect(key.pseudonym(of: "9906917926768823643").text == "OMNABQLLHM4LJWBQI4VO")
        var dice = Dice(4)
        for _ in 0..<2000 {
            let id = key.pseudonym(of: String(dice.next()))
            #expect(OrderID(pseudonym: id.text) == id && id.text.utf8.count == 20 && id.text.hasPrefix(id.traceCode))
        }
        #expect(OrderID(pseudonym: "K7Q2M9XA")?.text == "K7Q2M9XA")
        for raw in [
            "6917926768823643751", "6917926768823643751A", "12345678", "k7q2m9xa", "K7Q2M9X", "T200P-8100", "",
            "K7Q2M9XA1",
        ] {
            #expect(OrderID(pseudonym: raw) == nil, "\(raw)")
        }
    }
}
