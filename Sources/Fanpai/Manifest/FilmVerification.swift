import Drawing
import Media

/// Whether a film and its manifest belong together and are what they were when they were made.
public struct FilmVerification: Sendable {
    /// The film.
    public let path: String
    /// The manifest.
    public let manifestPath: String
    /// What is wrong, a sentence each; empty when all is well.
    public let problems: [String]
    /// Who signed the manifest, if its signature holds.
    public let signer: VerificationKey?

    let manifest: SavedManifest
    private let found: OutputIdentity?
    private let recorded: OutputIdentity
    private let signature: ManifestSignature.State

    /// Whether nothing is wrong.
    public var isSound: Bool { problems.isEmpty }

    /// Compares a film with its manifest.
    ///
    /// - Parameters:
    ///   - path: the film: a file, or a sequence as it was named for rendering.
    ///   - manifestPath: nil is `FILE.json`.
    ///   - signer: whose signature the manifest must have; nil takes any, and none.
    /// - Throws: `FanpaiError`: `missingInput` when film or manifest are not there, `data` when the manifest cannot be read. What differs is no
    ///   error but in `problems`.
    public init(
        of path: String, manifest manifestPath: String? = nil, signer: VerificationKey? = nil
    ) throws(FanpaiError) {
        guard let standard = Film.manifestPath(for: path) else {
            throw FanpaiError(
                .usage, "\(UserText.short(path)) is no file", remedy: "name a film that was rendered to one")
        }
        let manifestPath = manifestPath ?? standard
        guard FileAccess.kind(of: manifestPath) != nil else {
            if FileAccess.kind(of: path) == nil {
                throw FanpaiError(.missingInput, "is not there", remedy: "check the path", location: path)
            }
            throw FanpaiError(
                .missingInput, "has no manifest \(FileAccess.name(of: manifestPath))",
                remedy: "keep the two together, or name it with --manifest", location: path)
        }
        let manifest = try SavedManifest(manifestPath)
        let recorded = try manifest.output()
        var problems: [String] = []
        found = try Self.look(at: path, for: recorded, &problems)
        signature = ManifestSignature.state(of: manifest.document)
        switch signature {
        case .valid(let key):
            self.signer = key
            if let signer, signer != key { problems.append("it was signed by another key, \(key)") }
        case .absent:
            self.signer = nil
            if signer != nil { problems.append("the manifest is not signed") }
        case .invalid:
            self.signer = nil
            problems.append("the signature does not hold: the manifest was changed after it was signed")
        }
        (self.path, self.manifestPath, self.manifest) = (path, manifestPath, manifest)
        (self.recorded, self.problems) = (recorded, problems)
    }

    private static func look(
        at path: String, for recorded: OutputIdentity, _ problems: inout [String]
    ) throws(FanpaiError) -> OutputIdentity? {
        let kind = FileAccess.kind(of: path)
        guard let pictures = recorded.files else {
            guard kind == .file else {
                throw FanpaiError(
                    .missingInput, kind == nil ? "is not there" : "is a folder, and the manifest is that of a file",
                    remedy: "check the path", location: path)
            }
            let (digest, bytes) = try FileAccess.digest(of: path)
            let found = OutputIdentity(digest: digest, bytes: bytes, files: nil)
            if bytes != recorded.bytes {
                problems.append("it has \(bytes) bytes, and the manifest speaks of a film of \(recorded.bytes)")
            } else if found != recorded {
                problems.append("its bytes are not those that the manifest speaks of")
            }
            return found
        }
        guard kind != .file else {
            throw FanpaiError(
                .data, "is a file, and the manifest is that of \(pictures) pictures", remedy: "check the path",
                location: path)
        }
        do throws(FanpaiError) {
            let found = try OutputIdentity.sequence(path, pictures: pictures)
            if found != recorded { problems.append("its pictures are not those that the manifest speaks of") }
            if let surplus = (try? SequenceNames(path))?.surplus(of: pictures) {
                problems.append("\(surplus) is there, and the manifest speaks of \(pictures) pictures")
            }
            return found
        } catch  where error.code == .missingInput {
            let name = error.location.map { FileAccess.name(of: $0) } ?? "a picture"
            problems.append("\(name) is missing, one of \(pictures) pictures")
            return nil
        }
    }
}

extension FilmVerification {
    /// The result for people.
    public var text: String {
        var lines = [
            isSound
                ? "\(path): unchanged, and \(FileAccess.name(of: manifestPath)) is its manifest"
                : "\(path): does not agree with \(FileAccess.name(of: manifestPath))"
        ]
        lines += problems.map { "  problem    \($0)" }
        lines.append("  recorded   \(recorded.digest), \(recorded.bytes) bytes")
        if let found, found != recorded { lines.append("  found      \(found.digest), \(found.bytes) bytes") }
        if case .text(let name)? = manifest.part("template.name"),
            case .text(let digest)? = manifest.part("template.sha256")
        {
            lines.append("  template   \(UserText.short(name)) \(digest.prefix(64))")
        }
        switch signature {
        case .valid(let key): lines.append("  signature  Ed25519, holds, by \(key)")
        case .invalid: lines.append("  signature  does not hold")
        case .absent: lines.append("  signature  none: whoever can write here could have changed both")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The result for programs.
    public var json: OrderedJSON {
        let state: String =
            switch signature {
            case .valid: "valid"
            case .invalid: "invalid"
            case .absent: "absent"
            }
        return .object([
            "file": .text(path), "manifest": .text(manifestPath), "unchanged": .bool(isSound),
            "problems": .array(problems.map { .text($0) }),
            "recorded": Self.json(recorded), "found": found.map { Self.json($0) },
            "signature": .object(["state": .text(state), "publicKey": signer.map { .text($0.description) }]),
        ])
    }

    private static func json(_ identity: OutputIdentity) -> OrderedJSON {
        .object([
            "sha256": .text(identity.digest.description), "bytes": .integer(Int64(identity.bytes)),
            "files": identity.files.map { .integer(Int64($0)) },
        ])
    }
}
