import CCairo

/// A Cairo drawing on eight bits of coverage, over memory that somebody else owns and that outlives it.
final class CairoCanvas {
    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// Starts a drawing on `height` rows that are `stride` bytes apart; nil when Cairo refuses.
    init?(coverage bytes: UnsafeMutablePointer<UInt8>, width: Int, height: Int, stride: Int) {
        guard
            let surface = cairo_image_surface_create_for_data(
                bytes, CAIRO_FORMAT_A8, Int32(width), Int32(height), Int32(stride))
        else { return nil }
        guard let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            return nil
        }
        (self.surface, self.context) = (surface, context)
        guard cairo_status(context) == CAIRO_STATUS_SUCCESS else { return nil }
        cairo_set_antialias(context, CAIRO_ANTIALIAS_BEST)
        cairo_set_tolerance(context, 0.05)
        cairo_set_source_rgba(context, 1, 1, 1, 1)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Lends the context for calls of Cairo.
    func withContext(_ body: (OpaquePointer) -> Void) { body(context) }

    /// Completes the drawing, so that the bytes can be read; false when any call failed.
    func finish() -> Bool {
        cairo_surface_flush(surface)
        return cairo_status(context) == CAIRO_STATUS_SUCCESS
            && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
    }
}
