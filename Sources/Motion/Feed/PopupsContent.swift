package import Drawing

/// The lanes of danmaku in a box.
struct DanmakuRun: Hashable, Sendable {
    let box: Size
    let lanes: Int
    /// Pixels a tick.
    let speed: Double
    /// How far what runs reaches out of its own box, on every side.
    let reach: Double
    private let pitch: Double
    private let top: Double

    init(box: Size, height: Double, reach: Double, gap: Double, lanes most: Int?, speed: Double) {
        (self.box, self.reach, self.speed) = (box, reach, speed)
        let space = max(1, (gap / 2).rounded())
        pitch = height + 2 * reach + space
        lanes = max(1, min(most ?? 40, Int((box.height + space) / pitch)))
        // One alone may reach out of the box, but does not stand out of it.
        top = ((box.height - Double(lanes) * pitch + space) / 2).rounded(.down) + reach
    }

    /// The way of something of a width from edge to edge.
    func distance(_ width: Double) -> Double { box.width + width + 2 * reach }

    /// The upper left corner after a number of ticks.
    func place(lane: Int, after ticks: Int64) -> Point {
        Point(x: box.width + reach - Double(ticks) * speed, y: top + Double(lane) * pitch)
    }
}

/// Orders as pop-ups, resolved.
package struct PopupsContent: ElementContent {
    package let size: Size
    /// Which orders pop up, from when.
    package private(set) var schedule: FeedSchedule
    private let mode: PopupsSpecification.Mode
    private let side: PopupsSpecification.Side
    private let run: DanmakuRun
    private let window: Rect
    private let edges: EdgeFade
    private let appear, vanish: Appearance
    private let painter: PillPainter
    private let census: GlyphCensus

    init(
        size: Size, mode: PopupsSpecification.Mode, side: PopupsSpecification.Side, run: DanmakuRun, fade: Double,
        appear: Appearance, vanish: Appearance, painter: PillPainter, schedule: FeedSchedule, census: GlyphCensus
    ) {
        (self.size, self.mode, self.side, self.run) = (size, mode, side, run)
        (self.appear, self.vanish, self.painter) = (appear, vanish, painter)
        (self.schedule, self.census) = (schedule, census)
        // Shadows and overshooting springs reach out of the box; danmaku do so upwards and downwards alone.
        let (across, down): (Double, Double) = mode == .danmaku ? (0, 100) : ((size.width * 0.1 + 100).rounded(), 100)
        window = Rect(
            x: -across, y: -down, width: size.width.rounded(.up) + 2 * across,
            height: size.height.rounded(.up) + 2 * down)
        edges = EdgeFade(window: window, depth: fade, isAcross: true)
    }

    /// Characters of its orders that no font has.
    package var missingGlyphs: Int { schedule.missingGlyphs }

    package mutating func append(_ update: FeedUpdate) {
        if let arrivals = update.arrivals { take(arrivals) }
    }

    mutating func take(_ arrivals: FeedArrivals) {
        schedule.append(arrivals) { [census] in census.missing(in: $0) }
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let now = Int64(context.time.absolute.ticks)
        let begun = schedule.begun(at: now)
        guard begun > 0 else { return nil }
        var nodes: [Node] = []
        switch mode {
        case .queue: nodes = single(begun - 1, now: now, in: context)
        case .danmaku: nodes = running(begun, now: now, in: context)
        }
        guard !nodes.isEmpty else { return nil }
        return LayerContent(bounds: window, nodes: nodes)
    }

    /// The trace codes of the orders that are up.
    func traces(at time: FrameTime) -> [String] {
        let now = Int64(time.ticks)
        let begun = schedule.begun(at: now)
        guard begun > 0 else { return [] }
        switch mode {
        case .queue:
            let entry = schedule.entries[begun - 1]
            return pose(of: entry, at: now) == nil ? [] : [entry.order.line.face.trace]
        case .danmaku: return lanes(begun, now: now).map { schedule.entries[$0.index].order.line.face.trace }
        }
    }

    /// How the pop-up of a queue stands, with its opacity; nil when nothing of it is seen.
    private func pose(of entry: FeedSchedule.Entry, at now: Int64) -> (pose: Pose, opacity: UInt8)? {
        let end = entry.leave + Int64(vanish.span.ticks)
        guard now < end else { return nil }
        var pose = appear.entering(at: FrameTime(ticks: Int(now - entry.tick)), ordinal: 0)
        pose.add(vanish.leaving(before: FrameTime(ticks: Int(end - now)), ordinal: 0))
        let opacity = UInt8(max(0, min(255, (pose.opacity * 255).rounded())))
        return opacity > 0 ? (pose, opacity) : nil
    }

    /// The entries in the lanes, the newest first, with their upper left corners.
    private func lanes(_ begun: Int, now: Int64) -> [(index: Int, place: Point)] {
        let farthest = Int64((run.distance(painter.maximumWidth) / run.speed).rounded(.up))
        var found: [(index: Int, place: Point)] = []
        var index = begun - 1
        while index >= 0, now - schedule.entries[index].tick <= farthest {
            let place = run.place(lane: schedule.entries[index].lane, after: now - schedule.entries[index].tick)
            if place.x + schedule.entries[index].width + run.reach > 0 { found.append((index, place)) }
            index -= 1
        }
        return found
    }

    private func single(_ index: Int, now: Int64, in context: borrowing EvaluateContext) -> [Node] {
        let entry = schedule.entries[index]
        guard let (pose, opacity) = pose(of: entry, at: now),
            let content = painter.content(entry, ago: ago(entry, in: context))
        else { return [] }
        let (width, height) = (PillPainter.width(of: content), painter.height)
        let left: Double =
            switch side {
            case .left: 0
            case .center: ((size.width - width) / 2).rounded()
            case .right: (size.width - width).rounded()
            }
        let corner = Point(x: left, y: ((size.height - height) / 2).rounded()) + pose.offset
        var matrix = Matrix3.translation(x: corner.x, y: corner.y)
        if pose.scale != 1 {
            matrix =
                matrix * .translation(x: width / 2, y: height / 2) * .scale(x: pose.scale, y: pose.scale)
                * .translation(x: -width / 2, y: -height / 2)
        }
        return [
            .layer(
                Layer(
                    id: context.id.child("popup", index), content: content, matrix: matrix, opacity: opacity))
        ]
    }

    private func running(_ begun: Int, now: Int64, in context: borrowing EvaluateContext) -> [Node] {
        let items = lanes(begun, now: now).compactMap { lane -> EdgeFade.Item? in
            let entry = schedule.entries[lane.index]
            return painter.content(entry, ago: ago(entry, in: context)).map {
                EdgeFade.Item(ordinal: lane.index, content: $0, place: lane.place)
            }
        }
        return edges.nodes(items.reversed(), id: context.id)
    }

    private func ago(_ entry: FeedSchedule.Entry, in context: borrowing EvaluateContext) -> String {
        RelativeAge.words(for: entry.order.line.at, at: context.time.absolute, on: context.clock)
    }
}
