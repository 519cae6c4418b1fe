import Fanpai

/// One measured number. Text, JSON and the comparison of two revisions all come from a list of these.
struct Figure {
    /// The template that it belongs to, or `all`.
    let template: String
    /// What was measured: phase and statistic, as in `evaluate mean`.
    let name: String
    let value: Double
    let unit: String

    var json: OrderedJSON {
        .object(["template": .text(template), "name": .text(name), "value": .number(value), "unit": .text(unit)])
    }

    /// A line of the table that `Scripts/bench-compare.sh` joins.
    var row: String { "\(template)\t\(name)\t\(Text.fixed(value, 6))\t\(unit)" }
}

/// Numbers and columns as text, without Foundation.
enum Text {
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "-" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int64((abs(value) * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + "\(scaled)" }
        let fraction = "\(scaled % Int64(scale))"
        return sign + "\(scaled / Int64(scale))." + String(repeating: "0", count: digits - fraction.utf8.count)
            + fraction
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
