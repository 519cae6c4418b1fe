import CBenchmarkKernels
import Glibc
import Orders

/// Order data: rows a second on one core, memory at the peak, and the time of a whole report.
///
/// Reading is measured in a process of its own (`FanpaiBench --read-orders FILE`), so that its memory is nothing but the reader's.
struct OrdersBenchmark {
    /// The program that is measured from outside.
    let program: String
    let isQuick: Bool

    /// A form that order data comes in.
    enum Form: String, CaseIterable {
        case utf8 = "UTF-8"
        case gb18030 = "GB18030"
        case xlsx = "XLSX"
    }

    func run() throws -> [Figure] {
        var figures: [Figure] = []
        for form in Form.allCases {
            let path = "\(Workplace.folder)/orders.csv"
            // The slower form is measured over fewer rows, but always over enough to see its memory.
            let count =
                isQuick
                ? (form == .xlsx ? 20_000 : 60_000) : form == .utf8 ? 1_000_000 : form == .xlsx ? 100_000 : 250_000
            defer { TextFile.remove(path) }
            let generator = try ExportGenerator(orders: count, form: form).write(to: path)
            func figure(_ name: String, _ value: Double, _ unit: String) {
                figures.append(Figure(template: "orders", name: "\(form.rawValue) \(name)", value: value, unit: unit))
            }
            figure("orders", Double(count), "")
            figure("bytes a row", Double(generator.bytes) / Double(generator.rows), "")
            let reader = try Child([OrdersBenchmark.own, "--read-orders", path])
            let facts = OrdersBenchmark.facts(in: reader.messages)
            figure("decode", facts["rows", default: 0] / facts["decode", default: .infinity], "rows/s")
            figure("decode", facts["decode", default: 0], "processor s")
            figure("decode, peak RssAnon", Double(reader.peakAnonymousKibibytes) / 1024, "MiB")
            figure("report of decoded orders", facts["report", default: 0] * 1000, "ms")
            let stats = try Child([program, "stats", path])
            // The reach is for a million orders: what fewer take must not be taken for it.
            figure(isQuick ? "fanpai stats, few orders" : "fanpai stats, whole", stats.seconds, "s")
            figure("fanpai stats, all threads", stats.processorSeconds, "processor s")
            figure("fanpai stats, peak RssAnon", Double(stats.peakAnonymousKibibytes) / 1024, "MiB")
            let log = "\(Workplace.folder)/orders.jsonl"
            defer { TextFile.remove(log) }
            let key = "\(Workplace.folder)/key"
            try TextFile.write(Array("a key of no importance at all".utf8), to: key)
            defer { TextFile.remove(key) }
            let convert = try Child([program, "orders", "convert", path, "-o", log, "--key", key])
            figure("fanpai orders convert, whole", convert.seconds, "s")
            let replay = try Child([program, "stats", log])
            figure("fanpai stats of log, whole", replay.seconds, "s")
            figure("fanpai stats of log, all threads", replay.processorSeconds, "processor s")
            figure("fanpai stats of log, peak RssAnon", Double(replay.peakAnonymousKibibytes) / 1024, "MiB")
        }
        return figures
    }

    /// What `--read-orders` does: reads a file, and tells processor seconds on standard error.
    static func read(_ path: String) throws {
        let decoder = OrderDecoder(options: OrderDecodingOptions(key: .demo))
        var time = fanpai_bench_thread_nanoseconds()
        func lap() -> Double {
            defer { time = fanpai_bench_thread_nanoseconds() }
            return Double(fanpai_bench_thread_nanoseconds() - time) / 1e9
        }
        let decoded = try decoder.decode(path: path)
        complain("decode \(lap())\n")
        let report = PeriodReport(of: decoded.feed, counting: .net)
        complain("report \(lap())\nrows \(decoded.summary.rows)\norders \(report.totals.orders.value)\n")
    }

    private static func facts(in messages: String) -> [String: Double] {
        var facts: [String: Double] = [:]
        for line in messages.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, let value = Double(words[1]) { facts[String(words[0])] = value }
        }
        return facts
    }

    private static var own: String {
        guard let path = realpath("/proc/self/exe", nil) else { return "FanpaiBench" }
        defer { free(path) }
        return String(cString: path)
    }
}
