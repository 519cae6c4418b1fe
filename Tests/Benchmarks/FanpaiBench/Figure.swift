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

/// What is to be reached.
struct Reach {
    let template: String
    let name: String
    let most: Double
    /// In the words of the summary.
    let title: String

    static let all = [
        Reach(template: "flip-board", name: "evaluate mean", most: 0.3, title: "evaluate a frame"),
        Reach(template: "flip-board", name: "rasterise+convert mean", most: 6, title: "rasterise + convert a frame"),
        Reach(template: "flip-board", name: "launch to first frame", most: 300, title: "launch to first frame"),
        Reach(template: "flip-board", name: "append mean", most: 50, title: "append an event, mean"),
        Reach(template: "orders", name: "UTF-8 fanpai stats, whole", most: 5, title: "report on a million orders"),
    ]

    /// The line of the summary.
    func verdict(_ figures: [Figure]) -> String {
        guard let figure = figures.first(where: { $0.template == template && $0.name == name }) else {
            return Text.padded(title, 32) + "not measured"
        }
        let measured = "\(Text.fixed(figure.value, 3)) \(figure.unit)"
        let wanted = "at most \(Text.fixed(most, 1)) \(figure.unit)"
        let factor = figure.value / most
        let verdict =
            factor <= 1
            ? "reached, \(Text.fixed((1 - factor) * 100, 0)) % to spare"
            : "MISSED by \(Text.fixed(figure.value - most, 3)) \(figure.unit), \(Text.fixed(factor, 2)) times too much"
        return Text.padded(title, 32) + Text.padded(measured, 16) + Text.padded(wanted, 18) + verdict
    }
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
