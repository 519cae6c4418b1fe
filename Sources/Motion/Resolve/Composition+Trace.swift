internal import Drawing
public import Orders

/// Which orders stand behind the frames of a composition: those that its numbers count, and those that it shows one by one. Only their trace
/// codes, which are pseudonyms.
public struct CompositionTrace: Hashable, Sendable {
    /// Measures that count the same orders at the same moments.
    public struct Numbers: Hashable, Sendable {
        /// Their names in the template, or none where orders are only shown one by one.
        public let measures: [String]
        /// What becomes of refunded orders.
        public let counting: Counting
        /// Whether they count what was refunded.
        public let isRefunds: Bool
        /// In order of their frames.
        public fileprivate(set) var changes: [Change] = []
    }

    /// An order that a number counts from a frame on, or no longer counts.
    public struct Change: Hashable, Sendable {
        /// The first frame that shows it.
        public let frame: Int
        /// The order's trace code.
        public let code: String
        /// Whether it is counted.
        public let isCounted: Bool
    }

    /// An order that is shown as itself: as a row, in a pop-up, on a card.
    public struct Showing: Hashable, Sendable {
        /// Its trace code.
        public let code: String
        /// The frames in which it is seen without a break.
        public let frames: Range<Int>
    }

    /// What is counted.
    public fileprivate(set) var numbers: [Numbers] = []
    /// What is shown, in order of first frames, then of codes.
    public fileprivate(set) var shown: [Showing] = []
}

extension Composition {
    /// Which orders stand behind some of its frames. What a number counts from before them on is counted from their first.
    ///
    /// Cost: the feed's events once for every way of counting, and a look at the rows of every frame.
    public func trace(ofFrames frames: Range<Int>) -> CompositionTrace {
        var trace = CompositionTrace()
        for track in tracks where track.series.measure != .stockLeft {
            let series = track.series
            let isRefunds = series.measure == .refunds || series.measure == .refundedAmount
            add(track.name, series.counting, isRefunds, to: &trace)
        }
        if let counting = rows?.counting, !trace.numbers.contains(where: { $0.counting == counting && !$0.isRefunds }) {
            add(nil, counting, false, to: &trace)
        }
        for index in trace.numbers.indices { trace.numbers[index].changes = changes(trace.numbers[index], frames) }
        trace.shown = showings(frames)
        return trace
    }

    private func add(_ name: String?, _ counting: Counting, _ isRefunds: Bool, to trace: inout CompositionTrace) {
        let names = [name].compactMap { $0 }
        let known = trace.numbers.firstIndex { $0.counting == counting && $0.isRefunds == isRefunds }
        let before = known.map { trace.numbers[$0].measures } ?? []
        let numbers = CompositionTrace.Numbers(measures: before + names, counting: counting, isRefunds: isRefunds)
        if let known { trace.numbers[known] = numbers } else { trace.numbers.append(numbers) }
    }

    private func changes(_ numbers: CompositionTrace.Numbers, _ frames: Range<Int>) -> [CompositionTrace.Change] {
        var changes: [CompositionTrace.Change] = []
        // Where each order was last said to be counted in the frame that is being filled.
        var places: [OrderID: Int] = [:]
        var gone = Set<Int>()
        feed.forEachChange(
            of: numbers.isRefunds ? .refunds : .orders, period: facts.isPeriodDerived ? nil : facts.period,
            counting: numbers.counting, position: { [clock] at, seen in clock.tick(of: at, seen: seen) }
        ) { change in
            let ticks = Int64(FrameTime.ticksPerFrame)
            let frame = max(frames.lowerBound, Int(clamping: (change.position + ticks - 1) / ticks))
            guard frame < frames.upperBound else { return }
            if let last = changes.last, last.frame != frame { places.removeAll(keepingCapacity: true) }
            // What comes and goes within a frame was never seen.
            if let place = places[change.order] {
                gone.insert(place)
                places[change.order] = nil
                return
            }
            places[change.order] = changes.count
            changes.append(.init(frame: frame, code: change.order.traceCode, isCounted: change.isCounted))
        }
        guard !gone.isEmpty else { return changes }
        return changes.indices.filter { !gone.contains($0) }.map { changes[$0] }
    }

    private func showings(_ frames: Range<Int>) -> [CompositionTrace.Showing] {
        guard rows != nil || facts.toldOrder != nil else { return [] }
        var shown: [CompositionTrace.Showing] = []
        var running: [String: Int] = [:]
        for frame in frames {
            let codes = Set(tracesShown(atFrame: frame))
            for (code, start) in running where !codes.contains(code) {
                shown.append(.init(code: code, frames: start..<frame))
                running[code] = nil
            }
            for code in codes where running[code] == nil { running[code] = frame }
        }
        for (code, start) in running { shown.append(.init(code: code, frames: start..<frames.upperBound)) }
        return shown.sorted { ($0.frames.lowerBound, $0.code) < ($1.frames.lowerBound, $1.code) }
    }

    /// The trace codes of the orders that a frame shows one by one, as `displayList(atFrame:)` draws them.
    private func tracesShown(atFrame frame: Int) -> [String] {
        let time = FrameTime(frame: frame)
        let index = resolvedScenes.lastIndex { $0.start <= time } ?? 0
        let local = time - resolvedScenes[index].start
        var codes: [String] = []
        resolvedScenes[index].traces(at: local, rate: rate, tracks: tracks, into: &codes)
        if case .fade(let length) = resolvedScenes[index].transition, index > 0, local < length {
            let before = resolvedScenes[index - 1]
            before.traces(at: before.duration - FrameTime(frame: 1), rate: rate, tracks: tracks, into: &codes)
        }
        return codes
    }
}

extension ResolvedScene {
    fileprivate func traces(
        at local: FrameTime, rate: FrameRate, tracks: [MeasureTrack], into codes: inout [String]
    ) {
        let time = time(local, rate: rate)
        for index in elements.indices { elements[index].traces(at: time, tracks: tracks, into: &codes) }
    }
}

extension PlacedElement {
    /// Appends the trace codes of the orders that it shows at a moment.
    fileprivate func traces(at time: SceneTime, tracks: [MeasureTrack], into codes: inout [String]) {
        guard let presence = presence(at: time, in: tracks) else { return }
        let opacity = placement.opacity.value(at: presence.own) * pose(presence).opacity
        guard (opacity * 255).rounded() > 0 else { return }
        switch element {
        case .group(let group):
            let own = time.counted(as: presence.own)
            for index in group.children.indices { group.children[index].traces(at: own, tracks: tracks, into: &codes) }
        case .waterfall(let content): codes += content.traces(at: time.absolute)
        case .popups(let content): codes += content.traces(at: time.absolute)
        case .order(let content): codes.append(content.trace)
        case .shape, .image, .text, .flipCounter, .countdown, .avatar, .odometer, .progress, .stock, .ticker,
            .particles:
            break
        }
    }
}
