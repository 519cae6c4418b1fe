package import Drawing

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
    /// The box that the template gives the element, in output pixels; nil: as large as it needs.
    package var box: Size?
    /// What was found wrong, in order.
    package private(set) var diagnostics: [Diagnostic] = []

    package init(
        canvas: PixelSize, scale: Double, rate: FrameRate, camera: Camera, tracks: [MeasureTrack], clock: FeedClock,
        world: any World
    ) {
        (self.canvas, self.scale, self.rate, self.camera) = (canvas, scale, rate, camera)
        (self.tracks, self.clock, self.world) = (tracks, clock, world)
    }

    /// The measure of a name; decoding has made sure that it exists, so nil is reported as an error.
    package func measure(_ name: String) -> MeasureIndex? {
        if let ordinal = tracks.firstIndex(where: { $0.name == name }) { return MeasureIndex(ordinal: ordinal) }
        report(
            .unknownName, "there is no measure \"\(name)\"", hint: Suggestion.hint(for: name, among: tracks.map(\.name))
        )
        return nil
    }

    /// Notes a problem with the element that is resolved.
    package func report(
        _ code: Diagnostic.Code, _ message: String, hint: String = "", severity: Diagnostic.Severity = .error
    ) {
        guard diagnostics.count < 4 * MotionError.limit else { return }
        diagnostics.append(Diagnostic(code, message, hint: hint, place: place, severity: severity))
    }
}
