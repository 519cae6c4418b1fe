import Fanpai

/// The figures for people.
struct Report {
    let figures: [Figure]
    let isQuick: Bool

    static let phases = [
        "import", "resolve", "evaluate", "compare", "digest", "rasterise", "convert", "rasterise+convert",
        "evaluate...convert", "encode", "join",
    ]
    private static let scopes = ["import": " (in all)", "resolve": " (in all)", "join": " a segment"]
    static let statistics = ["median", "mean", "p95", "allocations"]

    /// A template's table of phases and what else was measured of it.
    func text(_ template: String) -> String {
        let mine = figures.filter { $0.template == template }
        func value(_ name: String) -> String {
            guard let figure = mine.first(where: { $0.name == name }) else { return "-" }
            return Text.fixed(figure.value, name.hasSuffix("allocations") ? 1 : 3)
        }
        var text = "\(template)\n"
        var shown: [String] = []
        if mine.contains(where: { $0.name == "evaluate mean" }) {
            text += Text.padded("  phase, one thread's processor ms", 36)
            for name in Self.statistics { text += Text.right(name, 12) }
            text += "\n"
            for phase in Self.phases {
                text += Text.padded(
                    "  \(phase)\(Self.scopes[phase] ?? " a frame")", 36)
                for statistic in Self.statistics {
                    text += Text.right(value("\(phase) \(statistic)"), 12)
                    shown.append("\(phase) \(statistic)")
                }
                text += "\n"
            }
        }
        for figure in mine where !shown.contains(figure.name) {
            text +=
                Text.padded("  \(figure.name)", 44) + Text.right(Text.fixed(figure.value, 3), 12) + " \(figure.unit)\n"
        }
        return text
    }

    /// What is wanted, and what was measured.
    var summary: String {
        var text = "reach\n"
        for reach in Reach.costs + Reach.all { text += "  " + reach.verdict(figures) + "\n" }
        for name in ["append worst", "whole job / floor", "processor time / floor's", "libswscale / ours"] {
            guard let figure = figures.first(where: { $0.name == name }) else { continue }
            text +=
                "  " + Text.padded(name, 32) + "\(Text.fixed(figure.value, 2)) \(figure.unit) (\(figure.template))\n"
        }
        func memory(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
        if let early = memory("resident after 25 %"), let late = memory("resident at the end") {
            text += "  " + Text.padded("memory over frames", 32)
            text +=
                "\(Text.fixed(early, 0)) -> \(Text.fixed(late, 0)) MiB, \(late <= early * 1.1 + 8 ? "flat" : "IT GREW")\n"
        }
        return isQuick ? text + "quick: one run, whole jobs of 90 frames; no figure to quote\n" : text
    }

    var json: OrderedJSON {
        .object(["quick": .bool(isQuick), "figures": .array(figures.map(\.json))])
    }
}
