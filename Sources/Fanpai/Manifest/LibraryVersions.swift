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
        if let x264 { versions.append(("x264", x264)) }
        return versions
    }

    static var json: OrderedJSON {
        .object(all.map { OrderedJSON.Member(key: $0.name, value: .text($0.version)) })
    }

    /// FFmpeg does not say which x264 it has loaded, but the library's file name ends in its build number.
    private static var x264: String? {
        guard let bytes = try? FileAccess.read("/proc/self/maps") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let name = text.firstRange(of: "libx264.so.") else { return nil }
        let build = text[name.upperBound...].prefix { $0.isNumber }
        return build.isEmpty ? nil : "core \(build)"
    }
}
