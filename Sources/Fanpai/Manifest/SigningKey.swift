import Crypto
import FoundationEssentials

/// An Ed25519 key (RFC 8032) that signs manifests.
///
/// `openssl genpkey -algorithm ed25519 -out sign.pem` makes one, `openssl pkey -in sign.pem -pubout` shows its public half.
public struct SigningKey: Sendable {
    /// The file that it was read from.
    let path: String
    private let key: Curve25519.Signing.PrivateKey

    /// Reads a private key: PKCS#8 in PEM or DER, 64 hexadecimal digits, or 32 bytes.
    ///
    /// - Throws: `FanpaiError`: `missingInput` when there is no such file, `data` when it holds no such key.
    public init(file path: String) throws(FanpaiError) {
        let bytes = try KeyFile.read(
            path, missing: "make one with openssl genpkey -algorithm ed25519 -out \(UserText.short(path))")
        self.path = path
        guard let secret = try KeyFile.secret(bytes, path: path),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        else {
            throw FanpaiError(
                .data, "holds no private Ed25519 key",
                remedy: "make one with openssl genpkey -algorithm ed25519 -out sign.pem", location: path)
        }
        self.key = key
    }

    /// The public half.
    public var publicKey: VerificationKey { VerificationKey(bytes: Array(key.publicKey.rawRepresentation)) }

    /// The signature of a message; the same every time.
    func signature(of message: [UInt8]) throws(FanpaiError) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            throw FanpaiError(
                .internalFailure, "the manifest could not be signed", remedy: "please report this as a fault of fanpai")
        }
        return Array(signature)
    }
}

/// The public half of a key that signs manifests: tells whose a manifest is.
public struct VerificationKey: Hashable, Sendable, CustomStringConvertible {
    /// Its 32 bytes.
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Takes 64 hexadecimal digits, or reads a file with them, a public key in PEM or DER, or a private one.
    ///
    /// - Throws: `FanpaiError`: `missingInput` when there is no such file, `data` when it holds no such key.
    public init(_ text: String) throws(FanpaiError) {
        if text.utf8.count == 64, let bytes = Hexadecimal.bytes(text) {
            self.bytes = bytes
            return
        }
        let content = try KeyFile.read(text, missing: "name a file, or write the key as 64 hexadecimal digits")
        if let bytes = KeyFile.pem(content, "PUBLIC KEY").flatMap({ KeyFile.raw($0, after: KeyFile.publicPrefix) }) {
            self.bytes = bytes
        } else if let bytes = Hexadecimal.bytes(KeyFile.words(content)), bytes.count == 32 {
            self.bytes = bytes
        } else if let bytes = KeyFile.raw(content, after: KeyFile.publicPrefix) {
            self.bytes = bytes
        } else if KeyFile.pem(content, "PRIVATE KEY") != nil
            || KeyFile.raw(content, after: KeyFile.privatePrefix) != nil
        {
            self = try SigningKey(file: text).publicKey
        } else {
            throw FanpaiError(
                .data, "holds no public Ed25519 key", remedy: "make it with openssl pkey -in sign.pem -pubout",
                location: text)
        }
    }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Whether a signature is this key's.
    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

/// The forms in which keys come.
private enum KeyFile {
    /// What stands before the 32 bytes in PKCS#8 and in a SubjectPublicKeyInfo (RFC 8410).
    static let privatePrefix: [UInt8] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]
    static let publicPrefix: [UInt8] = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]

    static func read(_ path: String, missing: String) throws(FanpaiError) -> [UInt8] {
        guard FileAccess.kind(of: path) != nil else {
            throw FanpaiError(.missingInput, "is not there", remedy: missing, location: UserText.short(path))
        }
        return try FileAccess.read(path, limit: 1 << 20)
    }

    static func secret(_ bytes: [UInt8], path: String) throws(FanpaiError) -> [UInt8]? {
        for (label, what) in [("ENCRYPTED PRIVATE KEY", "has a password"), ("OPENSSH PRIVATE KEY", "is a key of SSH")]
        where text(bytes).contains("-----BEGIN \(label)-----") {
            throw FanpaiError(
                .data, what, remedy: "make one with openssl genpkey -algorithm ed25519 -out sign.pem", location: path)
        }
        if let key = pem(bytes, "PRIVATE KEY") { return raw(key, after: privatePrefix) }
        if let key = raw(bytes, after: privatePrefix) { return key }
        if bytes.count == 32 { return bytes }
        let secret = Hexadecimal.bytes(words(bytes))
        return secret?.count == 32 ? secret : nil
    }

    static func raw(_ key: [UInt8], after prefix: [UInt8]) -> [UInt8]? {
        key.count == prefix.count + 32 && key.starts(with: prefix) ? Array(key[prefix.count...]) : nil
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// A file without white space.
    static func words(_ bytes: [UInt8]) -> String { text(bytes.filter { $0 > 0x20 }) }

    /// What stands between the lines of a PEM block (RFC 7468); nil when there is no such block, or no base64 in it.
    static func pem(_ bytes: [UInt8], _ label: String) -> [UInt8]? {
        let text = text(bytes)
        guard let begin = text.firstRange(of: "-----BEGIN \(label)-----"),
            let end = text[begin.upperBound...].firstRange(of: "-----END \(label)-----")
        else { return nil }
        let body = text[begin.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
        return Data(base64Encoded: String(body)).map { Array($0) }
    }
}
