internal import Drawing
internal import Synchronization
internal import Typesetting

/// What the scenes of a composition were made from, for digests that tell without drawing whether frames are the same.
///
/// Nothing is computed before it is asked for. Everything errs on the safe side: an input that might show counts as one that does.
struct SceneInputs: Sendable {
    let root: YAMLValue
    let parameters: [String: ParameterValue]
    let options: ResolveOptions
    let layout: TemplateLayout
    let scale: Double
    /// The length that the scenes have in the template, in frames: mappings of time go by it.
    let templateFrames: Int
    let fonts: FontLibrary
    /// The pictures that each scene asked for, in order.
    let pictures: [[ImageFacts]]
    /// Whether elements may look ahead to the end of the feed.
    let looksAhead: Bool

    /// Keys of a template that are for people, or read elsewhere.
    private static let unseen: Set<String> = ["title", "summary", "parameters", "sample", "scenes"]

    /// What all scenes have in common.
    func addShared(to encoder: inout CanonicalEncoder, facts: FeedFacts) {
        let entries = (root.entries ?? []).filter { !Self.unseen.contains($0.key) }
        add(YAMLValue(.mapping(entries)), to: &encoder)
        encoder.add(layout.name)
        encoder.add(scale)
        encoder.add(templateFrames)
        var options = options
        // Only those that are named somewhere, above and in each scene.
        options.parameters = [:]
        encoder.add(reflecting: options)
        var facts = facts
        // The numbers at the end are no part of a frame before it; the sentence follows from the other facts.
        (facts.payments, facts.missingGlyphs, facts.disclosure) = (0, 0, "")
        facts.figures = facts.figures.map {
            FeedFacts.Figure(name: $0.name, measure: $0.measure, counting: $0.counting, value: 0)
        }
        encoder.add(reflecting: facts)
        var files: [Digest] = []
        for face in fonts.faces where !files.contains(face.fileDigest) { files.append(face.fileDigest) }
        encoder.add(files.count)
        for file in files { encoder.add(file) }
        encoder.add(fonts.fallbackFamilies.joined(separator: "\n"))
    }

    /// What one scene has for itself.
    func addScene(_ ordinal: Int, to encoder: inout CanonicalEncoder) {
        encoder.add(ordinal)
        if let scenes = root["scenes"]?.elements, scenes.indices.contains(ordinal) {
            add(scenes[ordinal], to: &encoder)
        }
        encoder.add(pictures[ordinal].count)
        for picture in pictures[ordinal] {
            encoder.add(picture.digest)
            encoder.add(picture.size.width)
            encoder.add(picture.size.height)
        }
    }

    /// A part of the document, and the values of all parameters whose names occur anywhere in it.
    private func add(_ value: YAMLValue, to encoder: inout CanonicalEncoder) {
        encoder.add(value)
        var texts: [String] = []
        Self.collect(value, into: &texts)
        // None of the texts has a line feed and a name next to each other that makes a third one.
        let all = texts.joined(separator: "\n")
        let used = parameters.keys.sorted().filter { Self.contains(all, $0) }
        encoder.add(used.count)
        for name in used {
            encoder.add(name)
            encoder.add(parameters[name].map { YAMLValue($0.content) } ?? YAMLValue(.sequence([])))
        }
    }

    private static func collect(_ value: YAMLValue, into texts: inout [String]) {
        switch value.content {
        case .scalar(let text, _): texts.append(text)
        case .sequence(let values): for value in values { collect(value, into: &texts) }
        case .mapping(let entries):
            for entry in entries {
                texts.append(entry.key)
                collect(entry.value, into: &texts)
            }
        }
    }

    private static func contains(_ text: String, _ name: String) -> Bool {
        let (text, name) = (Array(text.utf8), Array(name.utf8))
        guard let first = name.first, text.count >= name.count else { return false }
        return (0...text.count - name.count).contains { start in
            text[start] == first && text[start..<start + name.count].elementsEqual(name)
        }
    }
}

/// A world that notes which picture files were asked for.
final class PictureLog: World {
    private let world: any World
    private let seen = Mutex<[ImageFacts]>([])

    init(_ world: any World) { self.world = world }

    func image(at path: String) throws -> ImageFacts {
        let facts = try world.image(at: path)
        seen.withLock { $0.append(facts) }
        return facts
    }

    /// Pictures out of fonts follow from the fonts and the text.
    func image(png: [UInt8]) throws -> ImageFacts { try world.image(png: png) }

    func fonts(adding files: [String]) throws -> FontLibrary { try world.fonts(adding: files) }

    /// The pictures since the last call.
    func take() -> [ImageFacts] {
        seen.withLock { seen in
            defer { seen = [] }
            return seen
        }
    }
}
