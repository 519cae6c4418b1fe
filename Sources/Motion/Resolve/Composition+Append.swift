public import Orders

extension Composition {
    /// Takes new events in: constant time each, nothing is copied as long as nobody else holds a copy of this composition.
    ///
    /// No moment before the events' `seen` changes. Events that break a limit of the feed are left out; the count of those that were
    /// taken is returned.
    ///
    /// - Throws: `MotionError` with code `lookAhead` when the composition has neither a session nor a period: its mapping of time came
    ///   from the end of the feed; or at the first event that the frames already drawn would have had to know: one without `seen` when a
    ///   measure counts `net`, or one that ships or refunds the order that the film tells of. The events before that one are then taken.
    @discardableResult
    public mutating func append(_ events: some Sequence<OrderEvent>) throws(MotionError) -> Int {
        guard isAppendable else {
            throw MotionError(
                .badData,
                [
                    Diagnostic(
                        .lookAhead, "events cannot be added: the period was taken from the feed's end",
                        hint: "give a period, or a feed that a session records")
                ])
        }
        // `net` must have known of every refund before the first frame; only what a session saw has a frame of its own.
        let looksAhead = tracks.contains { $0.series.counting == .net } || rows?.counting == .net
        var taken = 0
        var refusal: Diagnostic?
        for event in events {
            if looksAhead, event.seen == nil {
                refusal = Diagnostic(
                    .lookAhead,
                    "events without a session frame cannot be added: refunded orders are not counted (net)",
                    hint: "count as-seen or gross, or give the events their frames")
                break
            }
            var told = told
            told?.take(event)
            if let number = facts.toldOrder?.number, told?.shippedAt != facts.toldOrder?.shippedAt {
                refusal = Diagnostic(
                    .lookAhead,
                    "order \(number) cannot change any more (\(event.kind.name)): the film tells of it from its first frame on",
                    hint: "make the film from all of the data")
                break
            }
            if feed.append(event) {
                taken += 1
                facts.notePayment(event)
                self.told = told
            }
        }
        if taken > 0 { fold() }
        if let refusal { throw MotionError(.badData, [refusal]) }
        return taken
    }

    /// Folds the feed's new events into the measures and the elements that follow them.
    private mutating func fold() {
        var firstChanged: [Int] = []
        firstChanged.reserveCapacity(tracks.count)
        var hasChanged = false
        for index in tracks.indices {
            let before = tracks[index].series.stepCount
            let last = before > 0 ? tracks[index].series.step(before - 1) : nil
            tracks[index].series.append(from: feed) { [clock] at, seen in clock.tick(of: at, seen: seen) }
            let after = tracks[index].series.stepCount
            var first = before
            // The last change moves when an event lies at the same moment.
            if let last, after < before || tracks[index].series.step(before - 1) != last { first = before - 1 }
            firstChanged.append(min(first, after))
            tracks[index].foldMarkers(from: min(first, after))
            hasChanged = hasChanged || first != after || after != before
        }
        let arrivals = rows?.append(from: feed, clock: clock)
        guard hasChanged || arrivals?.list.isEmpty == false else { return }
        let update = FeedUpdate(tracks: tracks, firstChanged: firstChanged, arrivals: arrivals)
        let missing = rows == nil ? 0 : missingGlyphs
        for scene in resolvedScenes.indices {
            for element in resolvedScenes[scene].elements.indices {
                resolvedScenes[scene].elements[element].append(update)
            }
        }
        if rows != nil { facts.missingGlyphs += missingGlyphs - missing }
        let end = Int64(frameCount) * 64 - 1
        facts.figures = zip(facts.figures, tracks).map { figure, track in
            FeedFacts.Figure(
                name: figure.name, measure: figure.measure, counting: figure.counting,
                value: track.series.value(at: end))
        }
    }

    /// Characters of shown orders that no font has.
    private var missingGlyphs: Int {
        resolvedScenes.reduce(0) { sum, scene in
            scene.elements.reduce(sum) { $0 + $1.missingGlyphs }
        }
    }
}
