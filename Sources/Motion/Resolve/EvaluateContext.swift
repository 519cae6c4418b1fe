package import Drawing

/// What an element may look at to draw one instant: nothing else exists for it.
package struct EvaluateContext: Sendable {
    /// The moment.
    package let time: SceneTime
    /// The element's identity; parts take `id.child(…)`.
    package let id: LayerID
    /// The canvas camera seen from the element's space, for parts that stand out of its plane.
    package let view: LocalView
    /// The measures in order of declaration.
    package let tracks: [MeasureTrack]
    /// Shop time.
    package let clock: FeedClock
    /// The order that the row around it shows.
    package let order: ShownOrder?

    package init(
        time: SceneTime, id: LayerID, view: LocalView, tracks: [MeasureTrack], clock: FeedClock,
        order: ShownOrder? = nil
    ) {
        (self.time, self.id, self.view, self.tracks, self.clock) = (time, id, view, tracks, clock)
        self.order = order
    }

    /// The number that a measure shows now.
    package func value(of measure: MeasureIndex) -> Int64 { tracks[measure.ordinal].value(at: time.absolute) }
}

/// A measure of the template, found at resolve.
package struct MeasureIndex: Hashable, Sendable {
    /// Its place among the measures.
    package let ordinal: Int

    package init(ordinal: Int) { self.ordinal = ordinal }
}
