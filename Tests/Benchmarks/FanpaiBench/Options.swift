import Glibc

/// What the program was asked for.
struct Options {
    var isQuick = false
    var printsJSON = false
    /// Prints rows for `bench-compare` and no summary.
    var printsRows = false
    /// How often a whole job is run; medians are kept.
    var runs: Int?
    /// Only this template; nil is all.
    var template: String?
    /// The command line program; nil is the one beside this program.
    var fanpai: String?
    /// Only what is measured from outside, so that a program without a benchmark of its own can be compared.
    var onlyWholeJobs = false
    /// Seconds of film for the memory test of the sinks instead of the benchmark.
    var soakSeconds: Int?
    /// Only order data, no film.
    var onlyOrders = false
    /// Only the films of the reach table.
    var onlyReach = false
    /// Only the encoders of overlays.
    var onlyOverlays = false
    /// Only what a frame of the films of the reach table costs to draw.
    var onlyPhases = false
    /// A file of orders to read, for a process that is measured from outside.
    var ordersToRead: String?

    static let usage = """
        usage: FanpaiBench [--quick] [--json | --rows] [--runs N] [--template NAME] [--fanpai PROGRAM] [--only-whole | --only-reach | --only-phases | --only-overlays | --only-orders]
               FanpaiBench --soak SECONDS [--fanpai PROGRAM]

        """

    /// Nil when the arguments make no sense.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        func number(_ text: String?) -> Int? {
            text.flatMap { Int($0) }.flatMap { (1...100_000).contains($0) ? $0 : nil }
        }
        while let flag = rest.popFirst() {
            switch flag {
            case "--quick": isQuick = true
            case "--json": printsJSON = true
            case "--rows": printsRows = true
            case "--only-whole": onlyWholeJobs = true
            case "--only-orders": onlyOrders = true
            case "--only-reach": onlyReach = true
            case "--only-overlays": (onlyReach, onlyOverlays) = (true, true)
            case "--only-phases": (onlyReach, onlyPhases) = (true, true)
            case "--read-orders":
                guard let path = rest.popFirst() else { return nil }
                ordersToRead = path
            case "--runs":
                guard let count = number(rest.popFirst()) else { return nil }
                runs = count
            case "--soak":
                guard let seconds = number(rest.popFirst()) else { return nil }
                soakSeconds = seconds
            case "--template":
                guard let name = rest.popFirst() else { return nil }
                template = name
            case "--fanpai":
                guard let path = rest.popFirst() else { return nil }
                fanpai = path
            default: return nil
            }
        }
    }

    /// The command line program to measure.
    var program: String {
        if let fanpai { return fanpai }
        guard let path = realpath("/proc/self/exe", nil) else { return "fanpai" }
        defer { free(path) }
        let own = String(cString: path)
        return own[..<(own.lastIndex(of: "/") ?? own.startIndex)] + "/fanpai"
    }
}
