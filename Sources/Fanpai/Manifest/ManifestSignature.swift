/// How manifests are signed: Ed25519 over the document as `OrderedJSON` writes it, without its member `signature`, which is the last.
///
/// A manifest that was indented differently is still the same; one in which anything says something else is not.
enum ManifestSignature {
    private static let member = "signature"
    /// Before the document, so that no signature of something else is one of a manifest.
    private static let context = "fanpai manifest 1\n"

    /// What a signature says.
    enum State: Hashable {
        /// The manifest has none.
        case absent
        /// It is that of this key.
        case valid(VerificationKey)
        /// It is not that of the key that it names, or cannot be read.
        case invalid
    }

    /// The document with its signature.
    static func sign(_ document: OrderedJSON, with key: SigningKey) throws(FanpaiError) -> OrderedJSON {
        guard case .object(let members) = document else { return document }
        let signature = try key.signature(of: message(members))
        let value = OrderedJSON.object([
            "algorithm": .text("Ed25519"), "publicKey": .text(key.publicKey.description),
            "value": .text(Hexadecimal.text(signature)),
        ])
        return .object(members + [OrderedJSON.Member(key: member, value: value)])
    }

    /// Looks at the signature of a manifest.
    static func state(of document: OrderedJSON) -> State {
        guard case .object(let members) = document, let signature = document[member] else { return .absent }
        guard case .text("Ed25519")? = signature["algorithm"], case .text(let name)? = signature["publicKey"],
            let key = Hexadecimal.bytes(name).map(VerificationKey.init(bytes:)),
            case .text(let text)? = signature["value"],
            let value = Hexadecimal.bytes(text), value.count == 64,
            key.isValid(value, for: message(members.filter { $0.key != member }))
        else { return .invalid }
        return .valid(key)
    }

    private static func message(_ members: [OrderedJSON.Member]) -> [UInt8] {
        Array((context + OrderedJSON.object(members).document).utf8)
    }
}
