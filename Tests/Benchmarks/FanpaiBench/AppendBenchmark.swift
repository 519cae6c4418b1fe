import CBenchmarkKernels
import Drawing
import Motion
import Orders

/// Events that a session sees one by one while a film with a million orders is on.
struct AppendBenchmark {
    let workload: Workload
    let isQuick: Bool

    static let orderCount = 1_000_000

    func run() throws -> [Figure] {
        let template = try workload.template()
        let options = try workload.resolveOptions(template)
        guard let period = options.period else { return [] }
        let added = isQuick ? 2000 : 20_000
        let step = (period.to.microseconds - period.from.microseconds) / Int64(Self.orderCount + added + 1)
        // Ten seconds of the show see all of them.
        let frames = 300
        func event(_ number: Int) -> OrderEvent {
            OrderEvent(
                .paid, order: OrderID(pseudonym: Self.pseudonym(number)),
                at: Instant(microseconds: period.from.microseconds + Int64(number) * step),
                seen: number * frames / (Self.orderCount + added),
                amount: Int64(1000 + number % 9000), product: "商品\(number % 20)", province: "浙江省", city: "杭州市",
                buyer: "张三", channel: .live)
        }
        var feed = Feed()
        feed.session = Session(start: period.from, rateNumerator: 30)
        for number in 0..<Self.orderCount { feed.append(event(number)) }
        var composition = try Composition.resolve(template, feed: feed, world: Files(workload), options: options)
        // Nobody else may hold the feed: the first append would copy a part of it.
        feed = Feed()
        var microseconds: [Double] = []
        var allocations: [Double] = []
        microseconds.reserveCapacity(added)
        allocations.reserveCapacity(added)
        for number in Self.orderCount..<Self.orderCount + added {
            let new = CollectionOfOne(event(number))
            let made = fanpai_bench_allocations()
            let start = fanpai_bench_thread_nanoseconds()
            try composition.append(new)
            let end = fanpai_bench_thread_nanoseconds()
            allocations.append(Double(fanpai_bench_allocations() - made))
            microseconds.append(Double(end - start) / 1000)
        }
        let times = Statistics(microseconds)
        return [
            ("mean", times.mean), ("median", times.median), ("p99", times.at(0.99)), ("worst", times.worst),
        ].map { Figure(template: workload.name, name: "append \($0.0)", value: $0.1, unit: "us") } + [
            Figure(
                template: workload.name, name: "append allocations", value: Statistics(allocations).mean, unit: "")
        ]
    }

    /// Twenty characters that no shop's own id looks like.
    private static func pseudonym(_ number: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var text = [UInt8](repeating: UInt8(ascii: "A"), count: 20)
        var rest = number
        for place in stride(from: 19, through: 12, by: -1) {
            text[place] = alphabet[rest & 31]
            rest >>= 5
        }
        return String(decoding: text, as: UTF8.self)
    }
}
