import CText

/// The C libraries of typesetting, as they are at run time.
public enum TypesettingLibraries {
    /// Names and versions, in a fixed order.
    public static var versions: [(name: String, version: String)] {
        var library: FT_Library?
        var (major, minor, patch): (FT_Int, FT_Int, FT_Int) = (0, 0, 0)
        if FT_Init_FreeType(&library) == 0 {
            FT_Library_Version(library, &major, &minor, &patch)
            FT_Done_FreeType(library)
        }
        return [
            ("pango", String(cString: pango_version_string())), ("harfbuzz", String(cString: hb_version_string())),
            ("freetype", "\(major).\(minor).\(patch)"),
        ]
    }
}
