import Drawing
import Media
import Testing

/// A packet that was damaged between the encoder and the file is found while the film is made, and no file is left.
@Suite struct SpoiledPacketTests {
    enum Damage: CaseIterable {
        case colorsCut, colorsZeroed, colorsOfAnotherFrame, alphaCut, alphaZeroed, alphaMissing, alphaOfAnotherFrame,
            exchanged
    }

    private static let scene = OverlayScene(size: PixelSize(width: 112, height: 88))
    private static let frames = (0..<7).map { scene.frame($0) }
    private static let spoiled = 4

    /// Renders a film of which one packet is changed.
    private func render(
        _ profile: Profile, in folder: TemporaryFolder,
        _ change: @escaping (_ packet: inout [UInt8], _ addition: inout [UInt8]) -> Void
    ) throws -> AlphaFigures? {
        let description = try OutputDescription(
            size: Self.scene.size, rate: .thirty, frameCount: 7, segments: TestScene.plan(7, every: 3),
            profile: profile)
        func run<Output: FrameOutput & AlphaMeasuring>(_ output: Output) throws -> AlphaFigures?
        where Output.Factory.Sink == MovieSegmentSink {
            do {
                for segment in description.segments {
                    let sink = try output.factory.makeSink(for: segment)
                    sink.onPacket = { index, packet, addition in
                        if index == Self.spoiled { change(&packet, &addition) }
                    }
                    for index in segment.frames { try sink.write(Self.frames[index]) }
                    try output.append(sink.finish())
                }
                try output.finish()
                return output.alphaFigures
            } catch {
                output.cancel()
                throw error
            }
        }
        let path = "\(folder.path)/a.\(profile.container)"
        let output = try description.makeOutput(to: path, options: OutputOptions(verifiesFully: true))
        return switch output {
        case let output as MatroskaOutput: try run(output)
        case let output as QuickTimeOutput: try run(output)
        default: throw MediaError(.profile, "no film", hint: "", exit: .internal)
        }
    }

    private static func zeroHalf(_ bytes: inout [UInt8]) {
        for place in bytes.count / 2..<bytes.count { bytes[place] = 0 }
    }

    @Test func aSoundFilmPasses() throws {
        let folder = TemporaryFolder()
        let figures = try #require(try render(.vp9Alpha, in: folder) { _, _ in })
        #expect(figures.grounds.allSatisfy { $0.brightnessPSNR ?? 0 > 38 && $0.softPSNR ?? 0 > 38 }, "\(figures)")
        #expect(folder.names == ["a.webm"])
    }

    @Test(arguments: Damage.allCases) func aSpoiledPacketOfVP9IsRefused(_ damage: Damage) throws {
        // The first packet of another film of the same size, colours and alpha.
        var other: (packet: [UInt8], addition: [UInt8]) = ([], [])
        if damage == .colorsOfAnotherFrame || damage == .alphaOfAnotherFrame {
            let description = try OutputDescription(
                size: Self.scene.size, rate: .thirty, frameCount: 1, profile: .vp9Alpha)
            let output = try #require(try description.makeOutput(to: "/dev/null") as? MatroskaOutput)
            let sink = try output.factory.makeSink(for: description.segments[0])
            sink.onPacket = { _, packet, addition in other = (packet, addition) }
            let scene = TestScene(112, 88, transparent: true)
            try sink.write(scene.frame(0, first: true))
            sink.cancel()
            output.cancel()
            #expect(!other.packet.isEmpty && !other.addition.isEmpty)
        }
        let folder = TemporaryFolder()
        let error = #expect(throws: MediaError.self) {
            _ = try render(.vp9Alpha, in: folder) { packet, addition in
                switch damage {
                case .colorsCut: packet.removeLast(packet.count / 2)
                case .colorsZeroed: Self.zeroHalf(&packet)
                case .colorsOfAnotherFrame: packet = other.packet
                case .alphaCut: addition.removeLast(addition.count / 2)
                case .alphaZeroed: Self.zeroHalf(&addition)
                case .alphaMissing: addition = []
                case .alphaOfAnotherFrame: addition = other.addition
                case .exchanged: swap(&packet, &addition)
                }
            }
        }
        #expect(error?.code == .verification && error?.exit == .internal, "\(error?.description ?? "")")
        #expect(error?.message.contains("frame \(Self.spoiled)") == true, "\(error?.description ?? "")")
        #expect(error?.hint.isEmpty == false)
        #expect(folder.names.isEmpty)
    }

    /// The exact forms, which store no more than what changes.
    @Test(arguments: ["qtrle", "png-mov", "prores4444", "ffv1"]) func aSpoiledPacketOfOthersIsRefused(_ name: String)
        throws
    {
        let folder = TemporaryFolder()
        let error = #expect(throws: MediaError.self) {
            _ = try render(.named(name), in: folder) { packet, _ in
                // Data in the middle, behind every header.
                for place in packet.count / 2..<packet.count / 2 + 8 { packet[place] ^= 0x55 }
            }
        }
        #expect(error?.code == .verification && error?.exit == .internal, "\(error?.description ?? "")")
        #expect(folder.names.isEmpty)
    }
}
