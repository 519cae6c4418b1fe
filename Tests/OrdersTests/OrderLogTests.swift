import Orders
import Testing

@Suite struct OrderLogTests {
    private let paid =
        #"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11T20:00:03+08:00","seen":5412,"amount":12900,"quantity":1,"product":"\u7fbd绒\"服\ud842\udfb7","province":"浙江","city":"杭州","buyer":"张**","channel":"live"}"#

    @Test func readsTheDocumentedForm() throws {
        let orders = try decode(
            "{\"log\":1,\"synthetic\":true,\"start\":\"2026-11-11T19:57:00+08:00\",\"rate\":\"30000/1001\",\"unsent\":[3,[10,12]]}\n\(paid)\n"
        )
        let event = orders.feed[0]
        #expect(event.order?.text == "K7Q2M9XA" && event.seen == 5412 && event.amount == 12900)
        #expect(event.product == "羽绒\"服𠮷" && event.place?.city == "杭州" && event.channel == .live)
        #expect(orders.feed.isSynthetic && orders.standardCounting == .asSeen)
        #expect(orders.feed.session?.unsentFrames == [3..<4, 10..<13])
        #expect(orders.feed.session?.frame(at: instant("2026-11-11 19:57:00")) == 0)
        let again = try decoder.decode(bytes: OrderLogWriter.text(of: orders.feed))
        #expect(OrderLogWriter.text(of: again.feed) == OrderLogWriter.text(of: orders.feed))
    }

    @Test func rawIDsBecomePseudonymsAndNamesAreMasked() throws {
        let text = """
            {"event":"paid","id":6917926768823643751,"at":"2026-11-11T20:00:03+08:00","amount":1,"buyer":"张三丰"}
            {"event":"paid","id":"9917926768823643751","at":"2026-11-11T20:00:04+08:00","amount":1,"buyer":"13812345678"}
            """
        let orders = try decode(text)
        #expect(orders.feed[0].order == ProjectKey.demo.pseudonym(of: "6917926768823643751"))
        #expect(orders.feed[0].buyer == "张**" && orders.feed[1].buyer == nil)
        #expect(orders.feed.isSynthetic)
        let written = String(decoding: OrderLogWriter.text(of: orders.feed), as: UTF8.self)
        #expect(!written.contains("69179") && !written.contains("三丰") && !written.contains("138"))
    }

    @Test(
        arguments: [
            (#"{"event":"paid","id":"K7Q2M9XA","at":"x","amount":1}"#, 33, "no moment"),
            (#"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11","amount":1.5}"#, 51, "wrong kind"),
            (#"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11","amount":-1}"#, 51, "out of range"),
            (#"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11","amount":1,"phone":"1"}"#, 62, "unknown key"),
            (#"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11"}"#, nil, "no amount"),
            (#"{"event":"sold","id":"K7Q2M9XA","at":"2026-11-11","amount":1}"#, 2, "unknown event"),
            (#"{"event":"paid","event":"paid"}"#, 17, "twice"), (#"{"event":"stock","at":"2026-11-11"}"#, nil, "stock"),
            (#"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11","amount":{"a":1}}"#, 60, "object inside"),
            (#"{"event":"paid""#, 16, "end of the line"), (#"{"event":"pa"#, 13, "not closed"),
            (#"{"event":tru}"#, 13, "no JSON"),
            (#"{"event":"\ud800"}"#, 12, "surrogate"), (#"{"event":"paid"} x"#, 18, "after the object"),
            (#"{}"#, nil, "no event"),
            (#"{"log":2}"#, 2, "version"), (#"{"log":1,"rate":"30"}"#, 2, "half a session"),
            (#"{"event":"paid","id":"1","at":"2026-11-11","amount":1}"#, 17, "digits"),
            (String(repeating: "[", count: 100_000), 1, "here"),
        ] as [(String, Int?, String)])
    func badLines(_ line: String, _ position: Int?, _ shape: String) throws {
        let text = line.hasPrefix("[") ? "{\"event\":" + line : "\(line)"
        let error = try #require(failure(text + "\n"))
        let problem = try #require(error.problems.first)
        if line.hasPrefix("[") { return }
        #expect(problem.row == 1 && problem.position == position, "\(problem)")
        #expect(problem.shape.contains(shape), "\(problem)")
    }

    @Test func visibleOrder() throws {
        func line(_ id: String, _ time: String, _ seen: Int?) -> String {
            #"{"event":"paid","id":"\#(id)","at":"2026-11-11T\#(time)+08:00","amount":1\#(seen.map { ",\"seen\":\($0)" } ?? "")}"#
        }
        let header = #"{"log":1,"start":"2026-11-11T20:00:00+08:00","rate":"30"}"#
        let lines = [
            line("AAAAAAAA", "20:00:01", 90), line("BBBBBBBB", "20:00:02", nil), line("CCCCCCCC", "19:00:00", nil),
        ]
        let orders = try decode(([header] + lines).joined(separator: "\n"))
        #expect((0..<3).map { orders.feed[$0].order?.traceCode } == ["CCCCCCCC", "BBBBBBBB", "AAAAAAAA"])
    }

    @Test func frames() throws {
        let session = try #require(
            Session(start: instant("2026-11-11 20:00"), rateNumerator: 30000, rateDenominator: 1001))
        for frame in [0, 1, 2, 29, 30, 1_000_000] {
            #expect(session.frame(at: session.instant(ofFrame: frame).adding(microseconds: 0)) <= frame)
        }
        #expect(session.frame(at: instant("2026-11-11 19:59")) < 0)
        #expect(session.frame(at: session.start.adding(microseconds: 1)) == 1)
        #expect(
            Session(start: session.start, rateNumerator: 0) == nil
                && Session(start: session.start, rateNumerator: 1, rateDenominator: 2) == nil)
    }
}
