import Orders
import Testing

@Suite struct NumberTests {
    @Test(
        arguments: [
            (0, "0"), (9999, "9999"), (10_000, "1万"), (12_345, "1.2万"), (99_999, "9.9万"), (128_888, "12.8万"),
            (99_999_999, "9999.9万"), (100_000_000, "1亿"), (199_999_999, "1.9亿"), (-12_345, "-1.2万"),
        ] as [(Int64, String)])
    func abbreviations(_ value: Int64, _ text: String) {
        #expect(ChineseNumber.abbreviated(value) == text)
    }

    @Test func abbreviationsNeverOverstate() {
        var dice = Dice(2)
        for _ in 0..<10_000 {
            let value = Int64(dice.next() >> UInt64(1 + dice.below(50)))
            let (number, unit) = ChineseNumber.abbreviation(value)
            let parts = number.split(separator: ".").compactMap { Int64($0) }
            let scale: Int64 = unit == "亿" ? 100_000_000 : unit == "万" ? 10_000 : 1
            let shown = parts[0] * scale + (parts.count > 1 ? parts[1] * (scale / 10) : 0)
            #expect(shown <= value && value - shown < max(1, scale / 10))
            #expect(unit != "万" || parts[0] < 10_000)
            #expect(!number.hasSuffix(".0"))
        }
        #expect(ChineseNumber.abbreviated(12_345_678, wholeFrom: 10_000_000) == "1234万")
        #expect(ChineseNumber.atLeast(99_999) == "5万+" && ChineseNumber.atLeast(100_000) == "10万+")
        #expect(ChineseNumber.atLeast(9) == nil && ChineseNumber.atLeast(.max) != nil)
        _ = ChineseNumber.abbreviated(.min)
    }

    @Test func money() {
        #expect(ChineseNumber.grouped(1_288_888) == "1,288,888" && ChineseNumber.grouped(-999) == "-999")
        #expect(ChineseNumber.yuan(fen: 129_900).text == "¥1,299.00")
        #expect(ChineseNumber.yuan(fen: 1990, decimals: .trimmed).text == "¥19.9")
        #expect(ChineseNumber.yuan(fen: 1999, decimals: .none).text == "¥19")
        #expect(
            ChineseNumber.yuan(fen: -5).text == "-¥0.05" && ChineseNumber.yuan(fen: -5, decimals: .none).text == "¥0")
        #expect(ChineseNumber.abbreviatedYuan(fen: 123_456_700) == "123.4万")
        _ = ChineseNumber.yuan(fen: .min)
    }
}
