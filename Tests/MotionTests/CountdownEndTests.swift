import Motion
import Orders
import Testing

@Suite struct CountdownEndTests {
    @Test(arguments: [
        ("2026-11-12 00:00:00", "2026-11-12 00:00:00 截止", true), ("2026-11-12 00:00:00", "11月11日 24:00 截止", true),
        ("2026-11-12 00:00:00", "11月12日00:00", true), ("2026-11-12 00:00:00", "11月12日", false),
        ("2026-11-12 00:00:00", "24:00", false), ("2026-11-11 20:00:00", "今晚 20:00", false),
        ("2026-11-11 20:00:00", "11.11 20:00 截止", true),
    ])
    func theEndIsFoundInATextThatNamesDayAndMinute(end: String, text: String, isShown: Bool) throws {
        #expect(CountdownEnd(try #require(Instant(end))).isShown(in: ["别的", text]) == isShown)
    }

    @Test func theExampleShowsIt() throws {
        let end = CountdownEnd(try #require(Instant("2026-11-11 20:00:00")))
        #expect(end.isShown(in: [end.example]))
    }
}
