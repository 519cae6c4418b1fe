import Drawing

/// Whether what passes can still be read, by the rules that a template gives for busy moments.
enum FeedLegibility {
    /// Seconds for which a row of a wall or a pop-up stands at least: a glance takes in a name and a product.
    private static let (row, popup) = (0.8, 1.5)
    /// Shorter sides of the canvas a second that a line may run.
    private static let fastest = 0.5

    /// Reports rows that leave their window sooner than they can be read.
    static func check(rows seconds: Double, in context: ResolveContext) {
        guard seconds + context.rate.frameDuration < row else { return }
        context.report(
            .tooBrief,
            "when orders come fast, a row stays for \(ReadingCheck.shown(seconds)) s, and takes \(ReadingCheck.shown(row)) s to read",
            hint: "lower merge.perSecond, or make the size higher", severity: .warning)
    }

    /// Reports pop-ups that go sooner than they can be read.
    ///
    /// - Parameter text: what one says.
    static func check(popup seconds: Double, text: String, in context: ResolveContext) {
        let needed = min(popup, ReadingCheck.load(text) / ReadingCheck.quick)
        guard seconds + context.rate.frameDuration < needed else { return }
        context.report(
            .tooBrief,
            "when orders come fast, a pop-up stays for \(ReadingCheck.shown(seconds)) s, and takes \(ReadingCheck.shown(needed)) s to read",
            hint: "raise minimum, or use fewer words", severity: .warning)
    }

    /// Reports lines that run faster than eyes follow; the speed is in output pixels a second.
    static func check(speed: Double, in context: ResolveContext) {
        let most = fastest * Double(min(context.canvas.width, context.canvas.height))
        guard speed > most else { return }
        context.report(
            .tooBrief, "the text runs faster than it can be read",
            hint: "make speed at most \(Int((most / context.scale).rounded(.down)))", severity: .warning)
    }
}
