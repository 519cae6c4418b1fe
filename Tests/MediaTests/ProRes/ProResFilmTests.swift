import Drawing
import Glibc
import Media
import Testing

/// Whole films: ours, and those of FFmpeg's encoder.
@Suite struct ProResFilmTests {
    @Test func ourFilmsPass() throws {
        let scene = TestScene(150, 70, transparent: true)
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 12, segments: TestScene.plan(12, every: 5),
            profile: .named("prores4444"))
        let folder = TemporaryFolder()
        let output = try #require(
            try description.makeOutput(to: "\(folder.path)/a.mov", options: OutputOptions()) as? QuickTimeOutput)
        try scene.render(output, description)
        let frames = ProResFrame.frames(of: TemporaryFolder.bytes("\(folder.path)/a.mov"))
        #expect(frames.count == 12)
        for (index, frame) in frames.enumerated() {
            #expect(frame.findings.isEmpty, "frame \(index): \(frame.findings.prefix(3))")
            for slice in frame.slices {
                let row = min(16 * slice.y + 7, scene.size.height - 1)
                let drawn = Int(scene.color(20, row, index).3)
                if slice.x == 0 { #expect(slice.alpha[16 * slice.count * (row - 16 * slice.y) + 20] == 257 * drawn) }
            }
        }
    }

    /// A film that rests is as near to what was drawn as its first frame: no figure gets better by length.
    @Test(arguments: ["prores4444", "qtrle", "png-mov"]) func restsDoNotFlatter(_ name: String) throws {
        let picture = ProResStrictTests.picture(96, 48, seed: 5, isOpaque: false)
        let figures = try [1, 30].map { count in
            let description = try OutputDescription(
                size: picture.size, rate: .thirty, frameCount: count, profile: .named(name))
            let folder = TemporaryFolder()
            let output = try #require(
                try description.makeOutput(to: "\(folder.path)/a.mov", options: OutputOptions()) as? QuickTimeOutput)
            let sink = try output.factory.makeSink(for: description.segments[0])
            for index in 0..<count {
                try sink.write(
                    Frame(
                        index: index, pixels: picture, damage: index == 0 ? Damage(picture.size.bounds) : .none,
                        digest: Digest(words: (0, 0, 0, 1))))
            }
            try output.append(sink.finish())
            try output.finish()
            return try #require(output.alphaFigures)
        }
        #expect(figures[0] == figures[1] && figures[0].grounds[0].psnr < 80, "\(figures)")
    }

    /// FFmpeg 5 and 6 leave out the last run of alpha and write a version and a reserved field that are not right with alpha; all versions wrap
    /// short differences (commits 9109273e, aa7ccd0c and 6d359116 of FFmpeg 7.0).
    @Test func whatIsWrongInFilmsOfProresKs() throws {
        let folder = TemporaryFolder()
        let frames = try Self.encode(folder, ["-profile:v", "4444", "-pix_fmt", "yuva444p10le", "-alpha_bits", "16"])
        #expect(frames.count == 3)
        let isOld = try Self.majorVersion(folder) < 7
        for frame in frames {
            #expect(frame.chroma == 3 && frame.alphaBits == 16 && frame.width == 221 && frame.height == 37)
            let kinds = Set(frame.findings.map(\.kind))
            #expect(
                kinds == (isOld ? [.version, .reserved, .alphaRun, .alphaWrap] : [.alphaWrap]),
                "\(frame.findings.prefix(9))")
            let texts = frame.findings.map(\.description)
            if isOld {
                #expect(texts.contains("version: 0 is for 4:2:2 without alpha"))
                #expect(texts.contains("reserved: byte 25, above the type of alpha, is 4"))
                #expect(texts.contains { $0.hasSuffix("no run after the last difference") })
            }
            #expect(texts.contains { $0.contains("a short difference leaves the range") })
            // It is all read for all that: every slice has its samples, clear and opaque ones among them.
            #expect(frame.slices.map { $0.alpha.count } == frame.slices.map { 256 * $0.count })
            let alpha = Set(frame.slices.flatMap(\.alpha))
            #expect(alpha.contains(0) && alpha.contains(65535) && alpha.count > 100)
        }
    }

    /// Without alpha there are planes only, which are right; FFmpeg 5 and 6 write into the reserved half byte all the same.
    @Test func filmsOfProresKsWithoutAlpha() throws {
        let folder = TemporaryFolder()
        let isOld = try Self.majorVersion(folder) < 7
        let subsampled = try Self.encode(folder, ["-profile:v", "hq", "-pix_fmt", "yuv422p10le"])
        let full = try Self.encode(folder, ["-profile:v", "4444", "-pix_fmt", "yuv444p10le", "-alpha_bits", "0"])
        #expect(subsampled.count == 3 && full.count == 3)
        for frame in subsampled {
            #expect(Set(frame.findings.map(\.kind)) == (isOld ? [.reserved] : []), "\(frame.findings.prefix(3))")
            #expect(frame.chroma == 2 && frame.alphaBits == 0)
            #expect(
                frame.slices.allSatisfy { $0.planes.map(\.count) == [256 * $0.count, 128 * $0.count, 128 * $0.count] })
        }
        for frame in full {
            #expect(
                Set(frame.findings.map(\.kind)) == (isOld ? [.reserved, .version] : []), "\(frame.findings.prefix(3))")
            #expect(frame.chroma == 3 && frame.alphaBits == 0)
        }
    }

    /// Three frames of random pictures by FFmpeg's encoder.
    private static func encode(_ folder: TemporaryFolder, _ options: [String]) throws -> [ProResFrame] {
        let size = PixelSize(width: 221, height: 37)
        var raw: [UInt8] = []
        for seed in 0..<3 as Range<UInt64> {
            let picture = ProResStrictTests.picture(size.width, size.height, seed: 40 + seed, isOpaque: false)
            picture.withBytes { bytes in
                for y in 0..<size.height { raw += bytes[y * picture.stride..<y * picture.stride + 4 * size.width] }
            }
        }
        store(raw, at: "\(folder.path)/raw")
        try run(
            [
                "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra", "-s", "221x37", "-r", "30", "-i",
                "\(folder.path)/raw",
            ]
                + ["-c:v", "prores_ks"] + options + ["\(folder.path)/b.mov"], folder)
        return ProResFrame.frames(of: TemporaryFolder.bytes("\(folder.path)/b.mov"))
    }

    private static func majorVersion(_ folder: TemporaryFolder) throws -> Int {
        let text = try run(["-version"], folder)
        let word = text.split(separator: " ").dropFirst(2).first ?? ""
        return try #require(Int(word.drop { !$0.isNumber }.prefix { $0.isNumber }), "\(text)")
    }

    /// Runs the program `ffmpeg`, which the tests have from Scripts/packages.txt.
    @discardableResult
    private static func run(_ arguments: [String], _ folder: TemporaryFolder) throws -> String {
        let log = "\(folder.path)/log"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        let words =
            (["ffmpeg", "-hide_banner", "-nostdin"].prefix(arguments == ["-version"] ? 1 : 3) + arguments).map {
                strdup($0)
            } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        try #require(posix_spawnp(&process, "ffmpeg", &actions, nil, words, environ) == 0, "there is no ffmpeg")
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let text = String(decoding: TemporaryFolder.bytes(log), as: UTF8.self)
        try #require(status == 0, "\(text)")
        return text
    }
}
