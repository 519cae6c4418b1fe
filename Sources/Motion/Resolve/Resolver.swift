internal import Drawing
public import Orders
internal import Typesetting

extension Composition {
    /// Resolves a template: defaults, references, text, layout and schedules.
    ///
    /// - Throws: `MotionError` with everything that is wrong: a usage error for sizes, lengths and parameters, else bad data. Warnings are not
    ///   thrown; `TemplateCheck` lists them.
    public static func resolve(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions = ResolveOptions()
    ) throws(MotionError) -> Composition {
        var resolver = Resolver(template: template, feed: feed, world: world, options: options)
        let composition = try resolver.run()
        let problems = resolver.diagnostics
        guard let composition, !problems.contains(where: { $0.severity == .error }) else {
            throw MotionError(resolver.kind, problems.filter { $0.severity == .error })
        }
        return composition
    }
}

/// Makes a composition, and notes what is wrong or doubtful on the way.
package struct Resolver {
    private let template: Template
    private var feed: Feed
    private let world: PictureLog
    let options: ResolveOptions
    /// What was found, in order.
    package internal(set) var diagnostics: [Diagnostic] = []
    /// The class of the failure, when there is one.
    package private(set) var kind = MotionError.Kind.badData
    /// How texts were set.
    package private(set) var texts: [TextFact] = []
    /// The orders whose products' titles elements may show; nil when none does.
    package private(set) var titledOrders: FeedArrivals?
    /// The layout that was chosen.
    package private(set) var layout: TemplateLayout?
    /// What is left to ship of the order that the film tells of.
    var toldRows: ToldRows?
    /// The pictures that each scene asked for.
    private var pictures: [[ImageFacts]] = []

    package init(template: Template, feed: consuming Feed, world: any World, options: ResolveOptions) {
        (self.template, self.feed, self.world, self.options) = (template, feed, PictureLog(world), options)
    }

    /// The composition, or nil when errors leave none.
    ///
    /// - Throws: `MotionError` (usage) for a size that no layout has.
    package mutating func run() throws(MotionError) -> Composition? {
        let (layout, size, scale) = try template.layout(for: options.size)
        self.layout = layout
        let context = DecodeContext(file: template.file)
        let parameters = template.defaults.merging(options.parameters) { _, given in given }
        let body = template.read(layout: layout, scale: scale, rate: options.rate, parameters: parameters, in: context)
        diagnostics = context.diagnostics
        guard let body, !context.hasErrors else { return nil }
        refuseLookAhead(body)
        let frames = sceneFrames(body)
        let typesetter = makeTypesetter()
        guard let frames, let typesetter else { return nil }
        var facts = makeFacts(body)
        let length = FrameTime(frame: frames.last?.upperBound ?? 0)
        let clock = makeClock(body, facts: facts, length: length)
        guard let clock, !hasErrors else { return nil }

        var tracks = body.data.measures.map { specification in
            MeasureTrack(
                name: specification.name,
                series: MeasureSeries(
                    specification.measure, period: facts.isPeriodDerived ? nil : facts.period,
                    counting: specification.counting ?? Counting.standard(for: feed)))
        }
        for index in tracks.indices {
            tracks[index].series.append(from: feed) { at, seen in clock.tick(of: at, seen: seen) }
        }
        let markers = makeMarkers(body, facts: facts, clock: clock, frames: frames, tracks: &tracks)
        facts.figures = tracks.map {
            FeedFacts.Figure(
                name: $0.name, measure: $0.series.measure, counting: $0.series.counting,
                value: $0.series.value(at: Int64(length.ticks - 1)))
        }
        if refuseNothing(tracks, facts) { return nil }
        facts.isReplay = !options.isLive && Self.speaksOfNow(body)
        var rows: FeedRows?
        var arrivals: FeedArrivals?
        if Self.showsOrders(body) {
            let counting = orderCounting(body)
            facts.orderCounting = counting
            var fold = FeedRows(period: facts.isPeriodDerived ? nil : facts.period, counting: counting)
            arrivals = fold.append(from: feed, clock: clock)
            rows = fold
            if Self.any(body, { $0.showsProducts }) { titledOrders = arrivals }
        }
        if let number = body.data.order, let arrivals, !tell(of: number, among: arrivals, in: &facts) { return nil }
        facts.isStockSimulated = Self.any(body) { $0.simulatesStock }

        let camera = Camera(
            center: Point(x: Double(size.width) / 2, y: Double(size.height) / 2), distance: body.cameraDistance)
        func makeContext() -> ResolveContext {
            let context = ResolveContext(
                canvas: size, scale: scale, rate: options.rate, camera: camera, tracks: tracks, clock: clock,
                world: world, typesetter: typesetter, facts: facts, arrivals: arrivals)
            context.isOffline = body.data.isOffline
            context.isLive = options.isLive
            context.seed = options.seed
            context.markers = Dictionary(uniqueKeysWithValues: markers.map { ($0.name, $0.reference) })
            return context
        }
        var resolving = makeContext()
        var scenes = resolveScenes(body, frames: frames, in: resolving)
        // Known only now that every text is set; the disclosure then has one sentence more.
        if !options.isLive, !facts.isReplay, !tracks.isEmpty || rows != nil, Self.speaksOfNow(resolving.texts) {
            facts.isReplay = true
            resolving = makeContext()
            scenes = resolveScenes(body, frames: frames, in: resolving)
        }
        var overlays: [PlacedElement] = []
        if facts.isDemo {
            resolving.sceneStart = .zero
            resolving.sceneDuration = length
            if let mark = DemoMark.element(body: body, layout: layout, in: resolving) {
                overlays.append(mark)
                checkMark(mark, layout: layout, canvas: size)
            }
        }
        diagnostics += resolving.diagnostics
        texts = resolving.texts
        facts.missingGlyphs = resolving.missingGlyphs
        facts.disclosure = scenes.showsMeasures ? facts.disclosureText : ""
        let composition = Composition(
            size: size, rate: options.rate, frameCount: frames.last?.upperBound ?? 0, layout: layout.name,
            facts: facts, camera: camera, feed: feed, tracks: tracks, rows: rows, told: toldRows, clock: clock,
            resolvedScenes: scenes.scenes, overlays: overlays, namedMarkers: markers,
            inputs: SceneInputs(
                root: template.root, parameters: parameters, options: options, layout: layout, scale: scale,
                templateFrames: body.scenes.reduce(0) { $0 + $1.duration.frame }, fonts: typesetter.library,
                pictures: pictures, looksAhead: body.data.isOffline),
            isAppendable: tracks.isEmpty && rows == nil || feed.session != nil || !facts.isPeriodDerived)
        checkDisclosures(of: composition, ends: resolving.countdownEnds)
        return composition
    }

    private var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    mutating func add(
        _ code: Diagnostic.Code, _ message: String, hint: String, path: String = "",
        severity: Diagnostic.Severity = .error
    ) {
        diagnostics.append(
            Diagnostic(code, message, hint: hint, place: .init(file: template.file, path: path), severity: severity))
    }

    private mutating func refuseLookAhead(_ body: Template.Body) {
        guard options.isLive else { return }
        if body.data.isOffline {
            add(
                .lookAhead, "the template looks ahead to the end of the data and cannot be live",
                hint: "remove offline, or render a file", path: "data.offline")
        }
        for measure in body.data.measures where measure.counting == .net {
            add(
                .lookAhead, "measure \"\(measure.name)\" counts net, which no live show can know",
                hint: "count as-seen", path: "data.measures.\(measure.name).counting")
        }
    }

    /// The frames of each scene; the last one takes up a length that the user asked for.
    private mutating func sceneFrames(_ body: Template.Body) -> [Range<Int>]? {
        var lengths = body.scenes.map { $0.duration.frame }
        if let seconds = options.duration {
            let total = FrameTime(seconds: max(0, min(86_400, seconds.isNaN ? 0 : seconds)), rate: options.rate)
            let frames = Int((Double(total.ticks) / Double(FrameTime.ticksPerFrame)).rounded())
            let others = lengths.dropLast().reduce(0, +)
            guard frames > others else {
                kind = .usage
                let least = FrameTime(frame: others + 1).seconds(at: options.rate)
                add(
                    .range, "the video would be too short for its scenes",
                    hint: "ask for more than \(Scalar.text((least * 100).rounded(.up) / 100)) s", path: "--duration")
                return nil
            }
            lengths[lengths.count - 1] = frames - others
        }
        var start = 0
        return lengths.map { length in
            defer { start += length }
            return start..<start + length
        }
    }

    private mutating func makeTypesetter() -> SharedTypesetter? {
        do {
            return try SharedTypesetter(library: try world.fonts(adding: template.fonts))
        } catch let error as TypesettingError {
            add(.font, error.message, hint: error.hint, path: template.fonts.isEmpty ? "" : "fonts")
        } catch {
            add(.font, "the fonts cannot be read: \(error)", hint: "check the files of the template", path: "fonts")
        }
        return nil
    }

    private mutating func makeFacts(_ body: Template.Body) -> FeedFacts {
        var facts = FeedFacts()
        facts.source = options.source ?? body.data.source ?? ""
        facts.note = options.note ?? ""
        facts.isDemo = options.isDemo || feed.isSynthetic
        facts.sessionStart = feed.session?.start
        (facts.knowsRefunds, facts.knowsClosures) = (feed.knowsRefunds, feed.knowsClosures)
        facts.period = options.period ?? body.data.period
        var first: Instant?
        var last: Instant?
        for index in 0..<feed.count {
            let event = feed.time(at: index)
            guard event.kind == .paid, facts.period?.contains(event.at) ?? true else { continue }
            facts.payments += 1
            first = min(first ?? event.at, event.at)
            last = max(last ?? event.at, event.at)
        }
        if !body.data.measures.isEmpty || Self.showsOrders(body), facts.payments == 0, feed.session == nil {
            let given = facts.period.map { " from \($0.from.text) to \($0.lastSecond.text)" } ?? ""
            let held = feed.lastInstant.map { ", and the last event of the data is at \($0.text)" } ?? ""
            add(.noOrders, "no order was paid\(given)\(held)", hint: "check the period and the file")
            return facts
        }
        if facts.period == nil, feed.session == nil, let first, let last {
            // A period that ends with the second of the last payment.
            let end = Instant(microseconds: (last.microseconds / 1_000_000 + 1) * 1_000_000)
            facts.period = try? Period(from: first, to: end)
            facts.isPeriodDerived = true
        }
        switch body.data.saleEnd {
        case .instant(let end): facts.saleEnd = end
        case .periodStart: facts.saleEnd = facts.period?.from
        case .periodEnd: facts.saleEnd = facts.isPeriodDerived ? nil : facts.period?.to
        case nil: break
        }
        facts.asOf = AsOf(feed: feed, period: facts.isPeriodDerived ? nil : facts.period, given: options.now)
        return facts
    }

    /// A film about a sale needs an order that counts: payments that were all refunded, closed or gifts are none.
    private mutating func refuseNothing(_ tracks: [MeasureTrack], _ facts: FeedFacts) -> Bool {
        let sums = tracks.filter { [.orders, .items, .revenue].contains($0.series.measure) }
        guard feed.session == nil, !sums.isEmpty, sums.allSatisfy({ $0.series.last == 0 }) else { return false }
        add(
            .noOrders, "\(facts.payments) payments, and none of them counts: all are gifts, refunded or closed",
            hint: "check the period and the counting of the measures", path: "data.measures")
        return true
    }

    private mutating func makeClock(_ body: Template.Body, facts: FeedFacts, length: FrameTime) -> FeedClock? {
        if let session = feed.session {
            guard
                session.rateNumerator * options.rate.denominator == options.rate.numerator * session.rateDenominator
            else {
                kind = .usage
                add(
                    .range,
                    "the session was recorded at \(session.rateNumerator)/\(session.rateDenominator) frames a second",
                    hint: "render it at that rate", path: "--fps")
                return nil
            }
            return FeedClock(session: session, rate: options.rate, asOf: facts.asOf)
        }
        let map = body.data.map
        func instant(_ moment: DataSpecification.Map.Moment) -> Instant {
            switch moment {
            case .periodStart: facts.period?.from ?? Instant(microseconds: 0)
            case .periodEnd: facts.period?.to ?? Instant(microseconds: 0)
            case .instant(let instant): instant
            }
        }
        let (from, to) = (instant(map.from), instant(map.to))
        guard from <= to else {
            add(
                .period, "the mapping ends (\(to.text)) before its start (\(from.text))", hint: "swap from and to",
                path: "data.map")
            return nil
        }
        // A film of another length keeps its beginning and its rest; what lies between runs faster or slower.
        let templateLength = FrameTime(frame: body.scenes.reduce(0) { $0 + $1.duration.frame })
        let end = map.end.map { $0 + (length - templateLength) } ?? length - (map.hold ?? .zero)
        guard map.start < end else {
            let least = map.start + (length - end)
            add(
                .range, "the video is over before the mapping of time ends",
                hint: length == templateLength
                    ? "make start or hold shorter"
                    : "make the film longer than \(Scalar.text(least.seconds(at: options.rate)))s, or start and hold shorter",
                path: "data.map")
            return nil
        }
        if end > length {
            add(
                .range, "the mapping of time ends after the video: its last numbers are never shown",
                hint: "make end at most \(Scalar.text(length.seconds(at: options.rate)))s", path: "data.map.end")
        }
        return FeedClock(
            from: from, to: to, start: map.start, end: end, easing: map.easing, rate: options.rate, asOf: facts.asOf)
    }

    private mutating func resolveScenes(
        _ body: Template.Body, frames: [Range<Int>], in context: ResolveContext
    ) -> (scenes: [ResolvedScene], showsMeasures: Bool) {
        var scenes: [ResolvedScene] = []
        pictures = []
        var showsMeasures = false
        for (ordinal, scene) in body.scenes.enumerated() {
            context.sceneStart = FrameTime(frame: frames[ordinal].lowerBound)
            context.sceneDuration = FrameTime(frame: frames[ordinal].count)
            (context.showsMeasure, context.hasDisclosure) = (false, false)
            context.sceneOrdinal = ordinal
            let elements = context.resolve(scene.elements, path: "scenes/\(scene.id)")
            pictures.append(world.take())
            if context.showsMeasure, !context.hasDisclosure {
                add(
                    .disclosure, "scene \"\(scene.id)\" shows numbers from orders and does not say what they count",
                    hint: "add an element of type disclosure to it", path: "scenes[\(ordinal)].elements")
            }
            showsMeasures = showsMeasures || context.showsMeasure
            scenes.append(
                ResolvedScene(
                    id: scene.id, frames: frames[ordinal], transition: scene.transition,
                    background: scene.background ?? body.background,
                    isFlat: elements.allSatisfy { $0.placement.isFlat }, elements: elements))
        }
        return (scenes, showsMeasures)
    }

    /// True when an element speaks of the present, so that a file has to say that it is a replay.
    private static func speaksOfNow(_ body: Template.Body) -> Bool {
        any(body) { type(of: $0).speaksOfNow }
    }

    /// True when an element shows orders one by one.
    private static func showsOrders(_ body: Template.Body) -> Bool {
        any(body) { type(of: $0).showsOrders }
    }

    /// Orders that are shown one by one are counted as the first measure counts, so that the two agree; live never looks ahead.
    private func orderCounting(_ body: Template.Body) -> Counting {
        let standard = Counting.standard(for: feed)
        let counting = body.data.measures.first { $0.measure != .stockLeft }?.counting ?? standard
        return options.isLive && counting == .net ? .asSeen : counting
    }

    /// True when something holds for an element that is seen.
    private static func any(_ body: Template.Body, _ holds: (any ElementSpecification) -> Bool) -> Bool {
        func anyOf(_ elements: [PlacedSpecification]) -> Bool {
            elements.contains {
                $0.placement.isVisible && (holds($0.specification) || anyOf($0.children))
            }
        }
        return body.scenes.contains { anyOf($0.elements) }
    }

    /// True when a text that the template's author or user wrote does.
    private static func speaksOfNow(_ texts: [TextFact]) -> Bool {
        texts.contains { !$0.isDisclosure && LiveWording.standard.word(in: $0.text) != nil }
    }
}
