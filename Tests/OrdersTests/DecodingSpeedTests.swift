import Glibc
import Orders
import Testing

/// Prints decoding speed for the export named by `FANPAI_BENCH_EXPORT` (made by `SampleMaker --large`), or for several that
/// `:` parts, as one feed; off otherwise.
@Suite struct DecodingSpeedTests {
    private static let path = getenv("FANPAI_BENCH_EXPORT").map { String(cString: $0) }

    @Test(.enabled(if: path != nil)) func speed() throws {
        let path = try #require(Self.path)
        for _ in 0..<3 {
            var orders: DecodedOrders?
            let before = clock()
            let taken = try ContinuousClock().measure {
                orders = try decoder.decode(paths: path.split(separator: ":").map(String.init))
            }
            let decoded = try #require(orders)
            // Processor time: what else runs on the machine does not matter.
            let seconds = Double(clock() - before) / Double(CLOCKS_PER_SEC)
            var usage = rusage()
            getrusage(RUSAGE_SELF.rawValue, &usage)
            let rate = Int(Double(decoded.summary.rows) / seconds)
            print(
                "\(decoded.summary.rows) rows, \(decoded.feed.count) events: \(taken), \(rate) rows a processor second, peak \(usage.ru_maxrss / 1024) MiB"
            )
            var series: MeasureSeries?
            let folded = ContinuousClock().measure {
                series = MeasureSeries(.orders, of: decoded.feed, period: try? Period("2026-11-11"), counting: .net)
            }
            print("orders \(series?.last ?? 0) folded in \(folded)")
        }
    }
}
