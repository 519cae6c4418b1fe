import Drawing

/// A manifest as it lies beside its output.
struct SavedManifest {
    /// More bytes than that are no manifest: one with a million orders has some ten million.
    private static let limit = 256 << 20
    private static let remedy = "put the manifest back as it was written, or render the film again"

    /// Where it is.
    let path: String
    /// All of it.
    let document: OrderedJSON

    /// Reads a manifest.
    ///
    /// - Throws: `FanpaiError`: `missingInput` when there is none, `data` when it is damaged or of a version that is not known.
    init(_ path: String) throws(FanpaiError) {
        try self.init(decoding: try FileAccess.read(path, limit: Self.limit), path: path)
    }

    /// Decodes a manifest that was read from `path`.
    init(decoding bytes: [UInt8], path: String) throws(FanpaiError) {
        self.path = path
        document = try OrderedJSON(decoding: bytes, file: path, remedy: Self.remedy)
        let version = try integer("manifest")
        guard version == Manifest.version else {
            throw FanpaiError(
                .data, "is a manifest of version \(version), and this program reads version \(Manifest.version)",
                remedy: "use the fanpai that wrote it, or a newer one", location: path)
        }
    }

    /// What is wrong with a part.
    func fault(_ part: String, _ what: String) -> FanpaiError {
        FanpaiError(.data, "\(part) \(what)", remedy: Self.remedy, location: path)
    }

    /// A part by its keys with dots between; nil when it is not there.
    func part(_ name: String) -> OrderedJSON? {
        var value: OrderedJSON? = document
        for key in name.split(separator: ".") { value = value?[String(key)] }
        return value
    }

    /// A whole number.
    func integer(_ name: String) throws(FanpaiError) -> Int64 {
        guard case .integer(let value)? = part(name) else {
            throw fault(name, part(name) == nil ? "is missing" : "is no whole number")
        }
        return value
    }

    /// A number of things: from 0 to what a film can have.
    func count(_ name: String) throws(FanpaiError) -> Int {
        let value = try integer(name)
        guard (0...1 << 40).contains(value) else { throw fault(name, "is \(value), which cannot be") }
        return Int(value)
    }

    /// A text.
    func text(_ name: String) throws(FanpaiError) -> String {
        guard case .text(let value)? = part(name) else {
            throw fault(name, part(name) == nil ? "is missing" : "is no text")
        }
        return value
    }

    /// A SHA-256.
    func digest(_ name: String) throws(FanpaiError) -> Digest {
        guard let bytes = Hexadecimal.bytes(try text(name)), let digest = Digest(bytes: bytes) else {
            throw fault(name, "is no SHA-256")
        }
        return digest
    }

    /// The bytes of the output that it describes.
    ///
    /// - Throws: `FanpaiError` with code `data` when it does not say: it is that of a stream.
    func output() throws(FanpaiError) -> OutputIdentity {
        guard part("output.sha256") != nil else {
            throw FanpaiError(
                .data, "does not say which file it belongs to", remedy: "render to a file; a stream leaves no trace",
                location: path)
        }
        return OutputIdentity(
            digest: try digest("output.sha256"), bytes: try count("output.bytes"),
            files: part("output.files") == nil ? nil : try count("output.files"))
    }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for byte in bytes { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return text
    }

    /// Nil for anything but pairs of digits.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46, 0x61...0x66: (digit | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
