import Orders
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("2026-11-11T20:00:03+08:00", "2026-11-11 20:00:03"), ("2026-11-11T12:00:03Z", "2026-11-11 20:00:03"),
        ("2026-11-11 20:00:03", "2026-11-11 20:00:03"), ("2026/9/2 0:54", "2026-09-02 00:54:00"),
        ("2026-11-11 24:00", "2026-11-12 00:00:00"), ("2026-11-11", "2026-11-11 00:00:00"),
        (" 2026.11.11 ", "2026-11-11 00:00:00"), ("2026-11-11T20:00:03.5-0500", "2026-11-12 09:00:03"),
    ])
    func reads(_ text: String, _ expected: String) {
        #expect(Instant(text)?.text == expected)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-29", "2026-11-11 24:01", "2026-11-11 20", "2026-11/11", "46337.5",
        "2026-11-11 20:00:60", "11/11/2026", "2026-11-11 20:00:00 x", "1969-12-31", "2200-01-01",
        "1970-01-01T00:00:00+14:00",
    ])
    func refuses(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func calendarAndTextGoRound() {
        var dice = Dice(1)
        for _ in 0..<5000 {
            let instant = Instant(
                microseconds: Int64(dice.below(7_000_000_000)) * 1_000_000 + Int64(dice.below(1_000_000)))
            let parts = instant.calendar
            #expect(
                Instant(
                    year: parts.year, month: parts.month, day: parts.day, hour: parts.hour, minute: parts.minute,
                    second: parts.second, microsecond: parts.microsecond) == instant)
            #expect(Instant(instant.isoText) == instant)
        }
        #expect(instant("2026-11-11").calendar.weekday == 3)
        #expect(instant("2026-11-11 23:59:59").startOfDay == instant("2026-11-11"))
        #expect(instant("2026-11-11 20:00").microseconds == 1_794_398_400_000_000)
        _ = Instant(microseconds: .max).text
        _ = Instant(microseconds: .min).calendar
    }

    @Test func periods() throws {
        let day = try Period("2026-11-01..2026-11-11")
        #expect(day.from == instant("2026-11-01") && day.to == instant("2026-11-12"))
        #expect(day.lastSecond.text == "2026-11-11 23:59:59")
        #expect(try Period("2026-11-11") == Period("2026-11-11..2026-11-11 24:00"))
        #expect(try Period("2026.11.11..2026.11.11") == Period("2026-11-11"))
        #expect(!day.contains(day.to) && day.contains(day.from))
        for bad in ["2026-11-11..2026-11-10", "..", "2026-11-11..", "x..y", "2026-11-11 10:00", ""] {
            #expect(throws: OrdersError.self) { try Period(bad) }
        }
    }

    @Test func relativeWords() {
        let now = instant("2026-11-11 14:05:00")
        let cases = [
            (0, "刚刚"), (-30, "刚刚"), (4, "刚刚"), (5, "5秒前"), (59, "59秒前"), (60, "1分钟前"), (3599, "59分钟前"),
            (3600, "1小时前"), (14 * 3600, "14小时前"), (15 * 3600, "昨天"), (40 * 3600, "11月9日"), (400 * 86_400, "2025年10月7日"),
        ]
        for (seconds, words) in cases {
            #expect(RelativeTime.words(for: now.adding(microseconds: -Int64(seconds) * 1_000_000), now: now) == words)
        }
        // Minutes win over the day: a quarter past midnight, 23:50 is 25 minutes ago.
        #expect(RelativeTime.words(for: instant("2026-11-10 23:50"), now: instant("2026-11-11 00:15")) == "25分钟前")
    }
}
