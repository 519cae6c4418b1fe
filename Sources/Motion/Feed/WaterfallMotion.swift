package import Drawing

/// How a strip of rows moves when one is added: how much of a row's height it has made room, as a function of time since then.
package struct WaterfallMotion: Sendable {
    /// The ways.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Evenly: at the fastest pace the strip runs at one speed.
        case scroll
        /// Each new row pushes the others away on a spring.
        case push
    }

    private let mode: Mode
    /// Ticks between two rows at the fastest pace.
    private let interval: Double
    private let secondsPerTick: Double
    private let spring: Spring
    /// Ticks after which a row has made all its room.
    package let settling: Int64

    package init(mode: Mode, interval: Int64, rate: FrameRate) {
        self.mode = mode
        self.interval = Double(max(1, interval))
        secondsPerTick = FrameTime(ticks: 1).seconds(at: rate)
        let seconds = self.interval * secondsPerTick
        // Almost at rest when the next one may come; quicker than in a fifth of a second nothing pushes.
        spring = Spring(frequency: min(30, max(11, 6.5 / seconds)), dampingRatio: 0.78)
        switch mode {
        case .scroll: settling = 2 * max(1, interval)
        case .push: settling = Int64((spring.settlingTime(tolerance: 0.0002) / secondsPerTick).rounded(.up))
        }
    }

    /// 0 when the row arrives, 1 when it has its room; a push overshoots a little.
    package func progress(_ ticks: Int64) -> Double {
        guard ticks > 0 else { return 0 }
        guard ticks < settling else { return 1 }
        switch mode {
        case .scroll:
            // The integral of a triangle of two intervals: such triangles add up to one speed when rows follow at the interval.
            let u = Double(ticks) / interval
            return u < 1 ? u * u / 2 : 1 - (2 - u) * (2 - u) / 2
        case .push:
            return 1 - spring.state(after: Double(ticks) * secondsPerTick, position: 1).position
        }
    }
}
