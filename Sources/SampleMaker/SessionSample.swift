/// Makes the log of a ten-minute live session: history from before it, orders with the frames that first showed them, refunds, stock.
struct SessionSample {
    private struct Event {
        var key: Int
        var line: String
        var orders = 0
        var revenue = 0
        /// Frame from which it counts; history counts from the start.
        var frame: Int
    }

    /// Beijing second of the day at frame 0: 19:55.
    private static let start = 71_700
    private static let rate = 30
    private static let length = 600
    static let checkpoints = [0, 3000, 9000, 15_000, 18_200]

    private var random: Random
    private var events: [Event] = []

    init(seed: UInt64) {
        random = Random(seed: seed)
    }

    /// The log's text, and as-seen orders and revenue at the checkpoints.
    mutating func make() -> (text: String, orders: [Int], revenue: [Int]) {
        for number in 0..<40 { history(number) }
        var stock = 500
        for number in 0..<260 { order(number, stock: &stock) }
        events.sort { $0.key < $1.key }
        var text =
            "{\"log\":1,\"synthetic\":true,\"start\":\"2026-11-11T19:55:00+08:00\",\"rate\":\"30\",\"unsent\":[5000,[7000,7003]]}\n"
        for event in events { text += event.line + "\n" }
        let orders = Self.checkpoints.map { frame in
            events.filter { $0.frame <= frame }.reduce(0) { $0 + $1.orders }
        }
        let revenue = Self.checkpoints.map { frame in
            events.filter { $0.frame <= frame }.reduce(0) { $0 + $1.revenue }
        }
        return (text, orders, revenue)
    }

    private mutating func id() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        // Begins with a letter, so that it can be no shop's number.
        return String(alphabet[random.below(26)]) + String((0..<19).map { _ in random.pick(alphabet) })
    }

    private func time(_ millisecond: Int) -> String {
        let second = Self.start + millisecond / 1000
        let parts = [second / 3600, second / 60 % 60, second % 60].map { String($0).leftPadded(2) }
        let fraction = millisecond % 1000 == 0 ? "" : "." + String(millisecond % 1000).leftPadded(3) + "000"
        return "2026-11-11T" + parts.joined(separator: ":") + fraction + "+08:00"
    }

    private mutating func paid(id: String, at millisecond: Int, seen: Int?, fen: Int, quantity: Int, title: String)
        -> String
    {
        let places = ["\"浙江\",\"city\":\"杭州\"", "\"广东\",\"city\":\"深圳\"", "\"四川\",\"city\":\"成都\"", "\"北京\"", "\"上海\""]
        return "{\"event\":\"paid\",\"id\":\"\(id)\",\"row\":0,\"at\":\"\(time(millisecond))\""
            + (seen.map { ",\"seen\":\($0)" } ?? "")
            + ",\"amount\":\(fen),\"quantity\":\(quantity),\"product\":\"\(title)\","
            + "\"province\":\(random.pick(places)),\"buyer\":\"\(random.pick(Catalogue.surnames))**\",\"channel\":\"live\"}"
    }

    private mutating func history(_ number: Int) {
        let product = Catalogue.products[number % 2]
        // Whole seconds before the session, one each 15 s.
        let at = (number - 40) * 15_000
        let line = paid(id: id(), at: at, seen: nil, fen: product.fen, quantity: 1, title: product.title)
        events.append(Event(key: at * 1000, line: line, orders: 1, revenue: product.fen, frame: .min))
    }

    private mutating func order(_ number: Int, stock: inout Int) {
        let product = Catalogue.products[number % 4 == 2 ? 0 : number % 4]
        let quantity = random.chance(85) ? 1 : 2
        let fen = product.fen * quantity
        let at = random.below((Self.length - 10) * 1000)
        let seen = (at * Self.rate + 999) / 1000 + 30 + random.below(90)
        let id = id()
        let line = paid(id: id, at: at, seen: seen, fen: fen, quantity: quantity, title: product.title)
        events.append(Event(key: key(seen), line: line, orders: 1, revenue: fen, frame: seen))
        if random.chance(8) {
            let refundSeen = min(seen + 300 + random.below(3000), Self.length * Self.rate)
            let line =
                "{\"event\":\"refunded\",\"id\":\"\(id)\",\"at\":\"\(time((refundSeen - 20) * 1000 / Self.rate))\",\"seen\":\(refundSeen)}"
            events.append(Event(key: key(refundSeen), line: line, orders: -1, revenue: -fen, frame: refundSeen))
        }
        if number % 20 == 0 {
            stock -= 20
            let line =
                "{\"event\":\"stock\",\"at\":\"\(time(number * 2000))\",\"seen\":\(number * 60),\"product\":\"\(Catalogue.products[0].title)\",\"left\":\(stock)}"
            events.append(Event(key: key(number * 60), line: line, frame: number * 60))
        }
    }

    /// Microseconds of a frame, rounded down.
    private func key(_ frame: Int) -> Int {
        frame * 1_000_000 / Self.rate
    }
}
