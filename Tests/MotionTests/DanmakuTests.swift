import Drawing
import Motion
import Orders
import Testing

/// Pop-ups that run through lanes never touch.
@Suite struct DanmakuTests {
    struct Form: CustomStringConvertible {
        let width, height, fontSize, speed: Int
        /// Between two, the line along the edge, and the outline of letters.
        let gap, stroke, outline: Int
        /// How far one reaches out of its capsule; the padding is 6.
        var reach: Double { max(Double(stroke) / 2, Double(outline - 6)) }
        var description: String {
            "\(width)x\(height), \(fontSize) px, \(speed) px/s, gap \(gap), stroke \(stroke), outline \(outline)"
        }
    }

    private static let canvases = [(1080, 700), (1920, 500), (540, 300), (3840, 900), (720, 1280)]

    /// Sizes and speeds of a canvas, 25 of them: each is read and shaped anew.
    private static func forms(_ canvas: Int) -> [Form] {
        var random = SeededGenerator(seed: UInt64(canvas) + 77)
        let (width, height) = canvases[canvas]
        return (0..<25).map { _ in
            Form(
                width: width, height: height, fontSize: Int.random(in: 18...min(96, height / 8), using: &random),
                speed: Int.random(in: 60...width * 3 / 4, using: &random),
                gap: [1, 8].randomElement(using: &random) ?? 1,
                stroke: [0, 3, 20].randomElement(using: &random) ?? 0,
                outline: [0, 2, 14].randomElement(using: &random) ?? 0)
        }
    }

    private static func composition(_ form: Form) throws -> Composition {
        try FeedScene.resolve(
            TestTemplate.decode(
                """
                fanpai: 1
                layouts: {main: {size: [\(form.width), \(form.height)]}}
                scenes:
                  - id: main
                    duration: 12s
                    elements:
                      - {type: popups, id: p, mode: danmaku, anchor: top-left, position: [0, 0], size: [\(form.width), \(form.height - 40)], fontSize: \(form.fontSize), speed: \(form.speed), gap: \(form.gap), stroke: "#ffffff", strokeWidth: \(form.stroke), padding: [6, 6], outline: [{width: \(form.outline), color: "#000000"}], text: "{name} {ago}下单了【{product}】"}
                      - {type: disclosure, anchor: bottom-left, position: [0, \(form.height)], size: [\(form.width), \(form.height)], fontSize: 60, overflow: shrink}
                """), [OrderEvent]())
    }

    @Test("1,000 feeds on each of five canvases, with any size and speed of letters", arguments: canvases.indices)
    func nothingEverOverlaps(canvas: Int) throws {
        var random = SeededGenerator(seed: UInt64(canvas))
        var most = 0
        var (form, empty) = (Self.forms(canvas)[0], try Self.composition(Self.forms(canvas)[0]))
        for number in 0..<1000 {
            if number % 40 == 0 {
                form = Self.forms(canvas)[number / 40]
                empty = try Self.composition(form)
            }
            // 3 a minute, up to hundreds a second now and then.
            let density = number % 100 == 0 ? 300 : [0.05, 0.5, 2, 6, 20][number % 5]
            var copy = empty
            try copy.append(FeedScene.session(seconds: 11, perSecond: density, seed: UInt64(number)))
            let schedule = copy.schedules[0]
            #expect(schedule.entries.count > 0)
            try Self.checkLanes(schedule, form)
            for _ in 0..<(number % 5 == 0 ? 3 : 0) {
                let time = FrameTime(ticks: Int.random(in: 0..<12 * 30 * 64, using: &random))
                let rects = Self.rects(copy.displayList(at: time)).map { $0.insetBy(-form.reach) }
                most = max(most, rects.count)
                for (index, one) in rects.enumerated() {
                    for other in rects[..<index] where Self.touch(one, other) {
                        Issue.record("\(form): feed \(number) at \(time.ticks): \(one) and \(other)")
                    }
                }
            }
        }
        #expect(most >= 2, "no two were ever there together")
    }

    /// All run at one speed, so that two that keep their distance once keep it for ever.
    private static func checkLanes(_ schedule: FeedSchedule, _ form: Form) throws {
        let speed = Double(form.speed) / (30 * 64)
        var last: [Int: FeedSchedule.Entry] = [:]
        for index in 0..<schedule.entries.count {
            let entry = schedule.entries[index]
            #expect(entry.width > 0)
            if let before = last[entry.lane] {
                #expect(
                    Double(entry.tick - before.tick) * speed - before.width >= Double(form.gap) + 2 * form.reach - 1e-9)
            }
            last[entry.lane] = entry
        }
    }

    /// The capsules on the canvas.
    private static func rects(_ list: DisplayList) -> [Rect] {
        var rects: [Rect] = []
        for (layer, origin) in list.content.layers() {
            // A capsule holds an avatar. Near the edges it is drawn in two parts, at the same place.
            guard case .path(let capsule)? = layer.content.nodes.first, !layer.content.layers().isEmpty else {
                continue
            }
            let rect = capsule.path.bounds.offsetBy(x: origin.x, y: origin.y)
            if !rects.contains(rect) { rects.append(rect) }
        }
        return rects
    }

    private static func touch(_ a: Rect, _ b: Rect) -> Bool {
        a.x < b.maxX + 0.9 && b.x < a.maxX + 0.9 && a.y < b.maxY + 0.9 && b.y < a.maxY + 0.9
    }
}
