/// What is to be reached.
struct Reach {
    let template: String
    let name: String
    let most: Double
    /// In the words of the summary.
    let title: String
    /// Whether the figure counts only while the film is as good and as small as the floor's.
    var wantsQuality = false

    static let all = [
        Reach(template: "flip-board", name: "evaluate mean", most: 0.3, title: "evaluate a frame"),
        Reach(template: "flip-board", name: "rasterise+convert mean", most: 6, title: "rasterise + convert a frame"),
        Reach(template: "flip-board", name: "launch to first frame", most: 300, title: "launch to first frame"),
        Reach(template: "flip-board", name: "append mean", most: 50, title: "append an event, mean"),
        Reach(template: "orders", name: "UTF-8 fanpai stats, whole", most: 5, title: "report on a million orders"),
    ]

    /// Cost follows change: whole jobs beside encoding alone, and what comes before the encoder.
    static let costs: [Reach] =
        [
            (ReachBenchmark.moving, 0.8), (ReachBenchmark.still, 0.6), (ReachBenchmark.flipBoard, 0.6),
            (ReachBenchmark.halfStill, 0.4),
        ].map {
            Reach(
                template: $0.0, name: "whole job / floor", most: $0.1, title: "\($0.0), whole job / floor",
                wantsQuality: true)
        }
        + [
            (ReachBenchmark.moving, 2.5), (ReachBenchmark.still, 1.2), (ReachBenchmark.resting, 0.8),
            (ReachBenchmark.overlay, 0.8),
        ].map {
            Reach(
                template: $0.0, name: "evaluate...convert mean", most: $0.1, title: "\($0.0), evaluate to convert")
        }
        + [
            Reach(
                template: ReachBenchmark.minute, name: "second run over 0.3 s", most: 5,
                title: "second run, less 0.3 s, of the first"),
            Reach(
                template: ReachBenchmark.moving, name: "verification share", most: 3, title: "checking what was written"
            ),
            Reach(template: ReachBenchmark.moving, name: "peak memory", most: 350, title: "peak memory, 2 workers"),
        ] + OverlayBenchmark.reaches

    /// The line of the summary.
    func verdict(_ figures: [Figure]) -> String {
        func value(_ name: String) -> Double? {
            figures.first { $0.template == template && $0.name == name }?.value
        }
        let title = Text.padded(self.title, 42)
        guard let figure = figures.first(where: { $0.template == template && $0.name == name }) else {
            return title + "not measured"
        }
        let measured = Text.padded("\(Text.fixed(figure.value, 3)) \(figure.unit)", 16)
        let wanted = Text.padded("at most \(Text.fixed(most, 1)) \(figure.unit)", 18)
        if wantsQuality {
            let names = ["whole job SSIM", "floor SSIM", "whole job bytes", "floor bytes"]
            let known = names.compactMap(value)
            guard known.count == names.count else { return title + measured + wanted + "QUALITY NOT MEASURED" }
            let quality =
                "SSIM \(Text.fixed(known[0], 4)) / \(Text.fixed(known[1], 4)), "
                + "bytes / floor's \(Text.fixed(known[2] / known[3], 2))"
            let isAsGood = known[0] >= known[1] - 0.001 && known[2] <= known[3] * 1.05
            return title + measured + wanted + (isAsGood ? verdict(figure) : "DOES NOT COUNT") + ", " + quality
        }
        return title + measured + wanted + verdict(figure)
    }

    private func verdict(_ figure: Figure) -> String {
        let factor = figure.value / most
        return factor <= 1
            ? "reached, \(Text.fixed((1 - factor) * 100, 0)) % to spare"
            : "MISSED, \(Text.fixed(factor, 2)) times too much"
    }
}
