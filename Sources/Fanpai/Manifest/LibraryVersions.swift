import Media
import Raster
import Typesetting

/// The versions that the bytes of an output depend on.
enum LibraryVersions {
    /// Names and versions, in a fixed order.
    static var all: [(name: String, version: String)] {
        var versions = [("fanpai", fanpaiVersion)]
        versions += RasterLibraries.versions.map { ($0.name, $0.version) }
        versions += TypesettingLibraries.versions.map { ($0.name, $0.version) }
        versions.append(("ffmpeg", MediaCapabilities.version))
        versions.append(("x264", X264Library.version))
        return versions
    }

    static var json: OrderedJSON {
        .object(all.map { OrderedJSON.Member(key: $0.name, value: .text($0.version)) })
    }
}
