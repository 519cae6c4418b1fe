import CCairo

/// The C libraries of drawing, as they are at run time.
public enum RasterLibraries {
    /// Names and versions, in a fixed order.
    public static var versions: [(name: String, version: String)] {
        [("cairo", String(cString: cairo_version_string()))]
    }
}
