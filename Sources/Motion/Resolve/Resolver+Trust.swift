internal import Drawing
internal import Orders

// What a picture promises must be what the data says (DESIGN §10): disclosures, countdowns, the mark of made-up data.
extension Resolver {
    /// Finds the order that the film tells of; false, with an error, when the period has not that many.
    mutating func tell(of number: Int, among arrivals: FeedArrivals, in facts: inout FeedFacts) -> Bool {
        guard number <= arrivals.list.count else {
            let count = arrivals.list.count
            add(
                .noOrders, "there is no order \(number): \(count) count in the period",
                hint: count > 0
                    ? "choose a number from 1 to \(count), or another period" : "check the period and the file",
                path: "data.order")
            return false
        }
        let arrival = arrivals.list[number - 1]
        // Where "now" is the last event, it moves with every event that is added.
        let rows = arrivals.rows(of: arrival, by: facts.asOf.flatMap { $0.rule == .lastEvent ? nil : $0.now })
        facts.toldOrder = ToldOrder(number: number, line: arrivals.line(of: arrival), rows: rows)
        toldRows = rows
        return true
    }

    /// A disclosure that is cut, out of the frame or gone in a moment is none; nor is a countdown true whose end no text says.
    mutating func checkDisclosures(of composition: Composition, ends: [ResolveContext.CountedEnd]) {
        for text in texts where text.isDisclosure && (text.isTruncated || text.overflows) {
            diagnostics.append(
                Diagnostic(
                    .disclosure, "the disclosure does not fit its box",
                    hint: "make its box larger, or the note and source of the brand shorter",
                    place: text.place))
        }
        var found: [Diagnostic] = []
        GeometryCheck(composition: composition, layout: layout, onlyDisclosures: true).run { diagnostic in
            if diagnostic.severity == .error { found.append(diagnostic) }
        }
        diagnostics += found
        let isFlawed = diagnostics.contains { $0.code == .disclosure && $0.severity == .error }
        let sighting = Sighting(composition: composition)
        for (ordinal, scene) in composition.resolvedScenes.enumerated() {
            let texts = self.texts.filter { $0.scene == ordinal }
            let disclosures = texts.filter(\.isDisclosure).map(\.place)
            let share = sighting.share(of: disclosures, in: scene)
            if !isFlawed, !disclosures.isEmpty, share < Sighting.leastShare {
                add(
                    .disclosure,
                    "the disclosure of scene \"\(scene.id)\" can be read for \(Int(share * 100)) % of it",
                    hint:
                        "leave it in the frame for \(Int(Sighting.leastShare * 100)) % of the scene: large enough, sharp, not faded, with nothing over it and no matte",
                    path: "scenes[\(ordinal)].elements")
            }
            guard !options.isLive else { continue }
            if composition.facts.isReplay, disclosures.isEmpty,
                let word = texts.lazy.compactMap({ LiveWording.standard.word(in: $0.text) }).first
            {
                add(
                    .disclosure, "scene \"\(scene.id)\" says \"\(word)\" and not that it is a replay",
                    hint: "add an element of type disclosure to it, or other words",
                    path: "scenes[\(ordinal)].elements")
            }
            for end in Set(ends.filter { $0.scene == ordinal }.map(\.end)).sorted() {
                checkCountdown(to: end, period: composition.facts.period, scene: ordinal)
                let saying = texts.filter { CountdownEnd(end).isShown(in: [$0.text]) }.map(\.place)
                if saying.isEmpty {
                    add(
                        .disclosure, "scene \"\(scene.id)\" counts down and does not say to when",
                        hint: "add a text such as \"\(CountdownEnd(end).example)\" to it",
                        path: "scenes[\(ordinal)].elements")
                } else if sighting.share(of: saying, in: scene) < Sighting.leastShare {
                    add(
                        .disclosure, "scene \"\(scene.id)\" counts down and hides to when",
                        hint: "leave the text \"\(CountdownEnd(end).example)\" in the frame with the countdown",
                        path: "scenes[\(ordinal)].elements")
                }
            }
        }
    }

    /// The mark of made-up data must be seen whole.
    mutating func checkMark(_ mark: PlacedElement, layout: TemplateLayout, canvas: PixelSize) {
        let position = mark.placement.position.first
        let size = mark.size(at: .zero)
        let rect = Rect(x: position.x, y: position.y, width: size.width, height: size.height)
        let frame = canvas.bounds.rect
        if rect.x < 0 || rect.y < 0 || rect.maxX > frame.width || rect.maxY > frame.height {
            add(
                .disclosure, "the mark 演示数据 does not lie in the frame",
                hint: "move demoMark so that all of the mark is in the frame",
                path: "demoMark")
        } else if let area = layout.safeArea.flatMap(SafeArea.named), !area.contains(rect, canvas: canvas) {
            add(
                .outsideSafeArea, "the mark 演示数据 lies where the platform's buttons are (\(area.name))",
                hint: "move demoMark into the safe area", path: "demoMark", severity: .warning)
        }
    }

    /// A countdown to a moment that has nothing to do with the numbers is a false promise (an offer that was over, or a default nobody
    /// changed).
    mutating func checkCountdown(to end: Instant, period: Period?, scene: Int) {
        guard let period else { return }
        let year: Int64 = 366 * 86_400 * 1_000_000
        let problem: String
        if end <= period.from {
            problem = "ends at \(end.text), before the period begins (\(period.from.text))"
        } else if end.microseconds - period.to.microseconds > year {
            problem = "ends at \(end.text), more than a year after the period (\(period.to.text))"
        } else {
            return
        }
        add(
            .period, "the countdown \(problem)", hint: "give the moment at which the sale really ends",
            path: "scenes[\(scene)].elements")
    }
}
