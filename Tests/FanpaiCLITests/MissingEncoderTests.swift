import Glibc
import Testing

/// What an FFmpeg without some encoder is answered with: a library that is loaded first hides the encoder, as if the installed
/// FFmpeg had been built without it.
@Suite struct MissingEncoderTests {
    private static let shim = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdlib.h>
        #include <string.h>

        const void *avcodec_find_encoder_by_name(const char *name) {
            const char *hidden = getenv("HIDDEN_ENCODER");
            if (hidden && name && !strcmp(hidden, name)) return NULL;
            const void *(*real)(const char *) =
                (const void *(*)(const char *))dlsym(RTLD_NEXT, "avcodec_find_encoder_by_name");
            return real ? real(name) : NULL;
        }

        """

    /// Hides an encoder from the runs that get these variables.
    private func hiding(_ encoder: String, in folder: TemporaryFolder) throws -> [String: String] {
        let source = try folder.write(Self.shim, "hide.c")
        let library = folder.hidden("hide.so")
        var process = pid_t()
        let command = ["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"]
        let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawnp(&process, "cc", nil, nil, arguments, environ) == 0)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        try #require(status == 0, "cc cannot make a shared library")
        return ["LD_PRELOAD": library, "HIDDEN_ENCODER": encoder]
    }

    @Test(arguments: [
        ("libvpx-vp9", "vp9-alpha", "webm"), ("ffv1", "ffv1", "mkv"), ("libwebp", "webp", "webp"),
        ("libx265", "hevc", "mp4"), ("png", "apng", "apng"),
    ]) func aMissingEncoderIsSaidAndExits69(_ encoder: String, _ profile: String, _ ending: String) throws {
        let folder = try TemporaryFolder()
        let variables = try hiding(encoder, in: folder)

        let doctor = try CommandLineTool.run(["doctor"], in: folder, environment: variables)
        #expect(doctor.status == 69)
        let row = doctor.output.split(separator: "\n").first { $0.contains("profile \(profile) ") }
        #expect(row?.hasPrefix("NO") == true && row?.contains("lacks encoder \(encoder)") == true, "\(doctor.output)")
        #expect(doctor.output.split(separator: "\n").contains { $0.hasPrefix("ok") && $0.contains("profile douyin ") })

        let arguments = [
            "render", "starter", "--demo", "--size", "180x320", "--frames", "0..2", "--profile", profile, "-o",
            "a.\(ending)",
        ]
        let render = try CommandLineTool.run(arguments, in: folder, environment: variables)
        #expect(render.status == 69)
        #expect(
            render.errors.contains("the installed FFmpeg lacks encoder \(encoder) for \(profile)"), "\(render.errors)")
        #expect(folder.contents.isEmpty)

        let list = try CommandLineTool.run(["profiles"], in: folder, environment: variables)
        #expect(list.status == 0 && list.output.contains("NOT AVAILABLE here: no encoder \(encoder)"))
    }

    /// The library alone hides nothing.
    @Test func nothingIsMissingOtherwise() throws {
        let folder = try TemporaryFolder()
        let variables = try hiding("no-such-encoder", in: folder)
        let doctor = try CommandLineTool.run(["doctor"], in: folder, environment: variables)
        #expect(doctor.status == 0, "\(doctor.output)")
        #expect(!doctor.output.contains(" lacks "))
    }
}
