import Drawing
import Media
import Testing

/// One film has one digest, whichever processor made it.
@Suite struct InstructionSetTests {
    @Test func everyInstructionSetMakesTheSameBytes() throws {
        // No multiple of 16 on either side: what pads the picture counts too.
        let scene = TestScene(250, 134)
        let made = try ["avx2", "avx", "sse4.2", "ssse3", "sse2", "0"].map { level in
            let profile = Profile.douyin.setting("asm", level)
            let description = try OutputDescription(
                size: scene.size, rate: .thirty, frameCount: 24, segments: TestScene.plan(24, every: 12),
                profile: profile)
            let output = try MP4Output(description, to: "/dev/null")
            defer { output.cancel() }
            return try description.segments.map { try scene.encode(output, $0).bytes }
        }
        for bytes in made { #expect(bytes == made[0]) }
    }
}
