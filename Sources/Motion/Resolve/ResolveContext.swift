package import Drawing
package import Orders
package import Typesetting

/// What elements may use while a template becomes a composition, and where problems go.
package final class ResolveContext {
    /// The canvas in output pixels.
    package let canvas: PixelSize
    /// Output pixels to a unit of the layout.
    package let scale: Double
    /// Frames per second.
    package let rate: FrameRate
    /// The canvas camera.
    package let camera: Camera
    /// The measures in order of declaration, with all events of the feed folded in.
    package let tracks: [MeasureTrack]
    /// Shop time.
    package let clock: FeedClock
    /// Files, fonts and now.
    package let world: any World
    /// Sets text with the fonts of the program and the template.
    package let typesetter: SharedTypesetter
    /// The pictures of those fonts.
    package let emoji: EmojiPictures
    /// What the numbers are about.
    package let facts: FeedFacts
    /// All orders of the feed as they arrive; nil when no element of the template shows any.
    package let arrivals: FeedArrivals?
    /// What texts of a row are set with to be measured; nil outside rows.
    package var sampleOrder: ShownOrder?
    /// The end of a countdown, and the number of the scene that it runs in.
    package struct CountedEnd: Hashable, Sendable {
        package let end: Instant
        package let scene: Int
    }

    /// The moments of shop time to which countdowns run.
    package private(set) var countdownEnds: [CountedEnd] = []
    /// The markers by name.
    package var markers: [String: MarkerReference] = [:]
    /// What the elements of a group have from it: when they are there, unless they say so themselves.
    struct InheritedLife {
        var start = FrameTime.zero
        var end: FrameTime?
        var goes: (marker: MarkerReference, offset: FrameTime, tail: FrameTime, sinceItCame: Bool)?
    }

    /// That of the group that is resolved.
    var inherited = InheritedLife()
    /// The seed of everything random.
    package var seed: UInt64 = 0
    /// Whether the feed may still be empty, because it is told as it happens.
    package var isLive = false
    /// Whether elements may look ahead to the end of the feed.
    package var isOffline = false
    /// The number of the scene that is resolved.
    package var sceneOrdinal = 0
    /// The scene's length.
    package var sceneDuration = FrameTime.zero
    /// The moment of the video at which the scene begins.
    package var sceneStart = FrameTime.zero
    /// The element that is resolved: its identity.
    package var id = LayerID("")
    /// The element that is resolved: its way through the composition, `scenes/main/counter`.
    package var elementPath = ""
    /// The element that is resolved: its place in the document.
    package var place: Diagnostic.Place?
    /// The element that is resolved: when it comes, since the scene began.
    package var elementStart = FrameTime.zero
    /// The box that the template gives the element, in output pixels; nil: as large as it needs.
    package var box: Size?
    /// What was found wrong, in order.
    package private(set) var diagnostics: [Diagnostic] = []

    package init(
        canvas: PixelSize, scale: Double, rate: FrameRate, camera: Camera, tracks: [MeasureTrack], clock: FeedClock,
        world: any World, typesetter: SharedTypesetter, facts: FeedFacts, arrivals: FeedArrivals? = nil
    ) {
        (self.canvas, self.scale, self.rate, self.camera) = (canvas, scale, rate, camera)
        (self.tracks, self.clock, self.world) = (tracks, clock, world)
        (self.typesetter, self.facts, self.arrivals) = (typesetter, facts, arrivals)
        emoji = EmojiPictures(library: typesetter.library, world: world)
    }

    /// The texts that were set, in order.
    package private(set) var texts: [TextFact] = []
    /// Characters of feed texts that no font has.
    package var missingGlyphs = 0
    /// Whether the scene that is resolved shows a measure.
    package internal(set) var showsMeasure = false
    /// Whether the scene that is resolved has a disclosure.
    package internal(set) var hasDisclosure = false

    /// The measure of a name, which is then shown; decoding has made sure that it exists, so nil is reported as an error.
    package func measure(_ name: String) -> MeasureIndex? {
        showsMeasure = true
        if let ordinal = tracks.firstIndex(where: { $0.name == name }) { return MeasureIndex(ordinal: ordinal) }
        report(
            .unknownName, "there is no measure \"\(name)\"", hint: Suggestion.hint(for: name, among: tracks.map(\.name))
        )
        return nil
    }

    /// The marker of a name; one of a measure tells something of the data.
    package func marker(_ name: String) -> MarkerReference {
        guard let marker = markers[name] else { preconditionFailure("decoding has found the marker") }
        if marker.isMeasured { showsMeasure = true }
        return marker
    }

    /// Notes that the scene shows orders, which it then must say something about as about measures.
    package func noteOrders() { showsMeasure = true }

    /// Notes a problem with the element that is resolved, or with the one of another place.
    package func report(
        _ code: Diagnostic.Code, _ message: String, hint: String = "", at other: Diagnostic.Place? = nil,
        severity: Diagnostic.Severity = .error
    ) {
        guard diagnostics.count < 4 * MotionError.limit else { return }
        diagnostics.append(Diagnostic(code, message, hint: hint, place: other ?? place, severity: severity))
    }

    /// Notes why a text cannot be set.
    package func report(_ error: TypesettingError) {
        let code: Diagnostic.Code =
            switch error.code {
            case .missingGlyph: .glyph
            case .unknownFont, .fontFile, .fontDirectory: .font
            case .style, .options, .textTooLong: .range
            case .library: .font
            }
        report(code, error.message, hint: error.hint)
    }

    /// Notes that a countdown runs to a moment of shop time, which a file's frames must show.
    package func noteCountdown(to end: Instant) { countdownEnds.append(CountedEnd(end: end, scene: sceneOrdinal)) }

    /// Notes that numbers are shown that no feed gave: the scene needs a disclosure, which says so.
    package func noteSimulation() { showsMeasure = true }

    /// Notes how a text was set.
    package func note(_ text: TextFact) { texts.append(text) }

    /// Notes words that an element shows beside its numbers, or at times: for checks of what is said, not of how it is set.
    package func note(words: String) {
        guard !words.isEmpty else { return }
        note(
            TextFact(
                place: place, scene: sceneOrdinal, text: words, size: .infinity, wantedSize: .infinity,
                isTruncated: false, overflows: false, isDisclosure: false))
    }

    /// Notes that the scene says what its numbers count.
    package func noteDisclosure() { hasDisclosure = true }
}
