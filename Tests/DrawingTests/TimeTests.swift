import Drawing
import Testing

@Suite struct TimeTests {
    @Test func ratesAreRatios() throws {
        #expect(try FrameRate(parsing: "30") == FrameRate(30))
        #expect(try FrameRate(parsing: "60000/2002") == FrameRate(30000, 1001))
        #expect(FrameRate(30000, 1001).description == "30000/1001")
    }

    @Test(arguments: ["29.97", "0", "-30", "30/0", "1/2/3", "", "a", "9999999999999999999", "2000", "٣٠"])
    func otherRatesAreErrorsWithAHint(_ text: String) throws {
        let error = try #require(throws: DrawingError.self) { try FrameRate(parsing: text) }
        #expect(error.code == .frameRate)
        #expect(!error.hint.isEmpty)
        if text == "29.97" { #expect(error.hint.contains("30000/1001")) }
    }

    @Test func microsecondsAreExact() {
        let ntsc = FrameRate(30000, 1001)
        #expect(FrameTime(frame: 30000).microseconds(at: ntsc) == 1_001_000_000)
        #expect(FrameTime(ticks: -1).microseconds(at: FrameRate(30)) == -521)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            let ticks = Int(random.next() % 100_000_000) - 50_000_000
            let time = FrameTime(ticks: ticks)
            let microseconds = time.microseconds(at: ntsc)
            #expect(FrameTime(atOrAfterMicroseconds: microseconds, rate: ntsc) <= time)
            #expect(FrameTime(atOrAfterMicroseconds: microseconds + 1, rate: ntsc) > time - FrameTime(ticks: 1))
        }
    }

    @Test func framesContainTheirTicks() {
        #expect(FrameTime(ticks: 63).frame == 0)
        #expect(FrameTime(ticks: 64).frame == 1)
        #expect(FrameTime(ticks: -1).frame == -1)
        #expect(FrameTime(seconds: 1, rate: FrameRate(30000, 1001)).ticks == 1918)
    }
}
