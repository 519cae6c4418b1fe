import Drawing
import Media

/// What else the bytes of a segment depend on beside what it shows: the program and the libraries that draw, set text and encode.
enum ProgramIdentity {
    /// The beginnings of the names of libraries that pixels or bytes depend on; the program itself has no name.
    private static let relevant = [
        "libav", "libsw", "libx264", "libcairo", "libpixman", "libpango", "libharfbuzz", "libfreetype", "libfribidi",
        "libgraphite2", "libthai", "libdatrie", "libm.so", "libswift", "lib_Foundation", "libFoundation", "libFanpai",
    ]

    /// A digest of the build of all of them; nil when the program cannot be told from another build of it.
    ///
    /// Linkers name every build by its content, so that no version has to be raised by hand for a change of ours to count, and a
    /// library that a system update replaces counts as well.
    static let digest: Digest? = {
        var encoder = CanonicalEncoder(tag: 0xE0)
        for (name, version) in LibraryVersions.all {
            encoder.add(name)
            encoder.add(version)
        }
        let code = LoadedCode.all.filter { code in
            code.name.isEmpty || relevant.contains { code.name.hasPrefix($0) }
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for image in code {
            encoder.add(image.name)
            if let id = image.buildID {
                encoder.add(id)
            } else if image.name.isEmpty {
                guard let file = try? FileAccess.digest(of: "/proc/self/exe") else { return nil }
                encoder.add(file.digest)
            } else {
                // Its version is above, as far as it has one.
                encoder.add([UInt8]())
            }
        }
        return encoder.finish()
    }()
}
