package import Drawing
package import Orders

/// A measure of the template over video time: what its number is at any moment.
package struct MeasureTrack: Sendable {
    /// Its name in the template.
    package let name: String
    /// Steps at positions in 1/64 frames of video time.
    package internal(set) var series: MeasureSeries
    /// The markers that are bound to it.
    package private(set) var markers: [MarkerTrack] = []

    package init(name: String, series: MeasureSeries) { (self.name, self.series) = (name, series) }

    /// Adds a marker, and lets it take in all steps.
    mutating func add(_ marker: MarkerTrack) {
        var marker = marker
        marker.fold(series, from: 0)
        markers.append(marker)
    }

    /// Lets the markers take in the steps from `first` on, which are new or different.
    mutating func foldMarkers(from first: Int) {
        for index in markers.indices { markers[index].fold(series, from: first) }
    }

    /// True when the numbers are fen.
    package var isMoney: Bool { series.measure.isMoney }

    /// The number that is visible at a moment; 0 before the first event.
    package func value(at time: FrameTime) -> Int64 { series.value(at: Int64(time.ticks)) }

    /// The number after the last event.
    package var last: Int64 { series.last }

    /// How many times it changes.
    package var stepCount: Int { series.stepCount }

    /// The n-th change: the moment from which the number holds. No two changes share a moment.
    package func step(_ index: Int) -> (time: FrameTime, value: Int64) {
        let step = series.step(index)
        return (FrameTime(ticks: Int(clamping: step.position)), step.value)
    }

    /// The ordinal of the first change after a moment.
    package func firstStep(after time: FrameTime) -> Int { series.firstStep(after: Int64(time.ticks)) }
}

/// What became known with an append, for elements that follow data.
package struct FeedUpdate: Sendable {
    /// The measures, in order of declaration, with the new events folded in.
    package let tracks: [MeasureTrack]
    /// For each measure the ordinal of the first change that is new or different: events at the moment of the last change alter it, later
    /// ones follow it. Equal to `stepCount` when nothing changed.
    package let firstChanged: [Int]
    /// The orders that arrived; nil when no element shows any.
    package let arrivals: FeedArrivals?

    package init(tracks: [MeasureTrack], firstChanged: [Int], arrivals: FeedArrivals? = nil) {
        (self.tracks, self.firstChanged, self.arrivals) = (tracks, firstChanged, arrivals)
    }
}
