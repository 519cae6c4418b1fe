/// Tells buyers apart without naming them: 64 bits of an HMAC of the account under the project key, which only count repeat buyers.
///
/// It lives in memory and is never written, not even to an order log. A masked name is no account: many people share one.
struct BuyerPseudonym: BitwiseCopyable, Hashable, Sendable {
    /// Never 0.
    let value: UInt64

    init(value: UInt64) { self.value = max(value, 1) }

    /// Whether an account's text tells one buyer from all others: it is neither masked nor ciphertext nor one of the words for nobody.
    static func isIdentity(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (2...200).contains(bytes.count), !bytes.contains(UInt8(ascii: "*")), !NameMask.isCiphertext(bytes) else {
            return false
        }
        return !nobodies.contains { $0.utf8.elementsEqual(bytes) }
    }

    private static let nobodies = [
        "匿名", "匿名用户", "匿名买家", "未知", "anonymous", "Anonymous", "guest", "Guest", "null", "NULL", "None", "NA", "N/A",
        "--",
    ]
}

extension ProjectKey {
    /// The pseudonym of a buyer's account; nil when the text is no identity.
    func buyer(of account: UnsafeBufferPointer<UInt8>) -> BuyerPseudonym? {
        guard BuyerPseudonym.isIdentity(account) else { return nil }
        // An order and a buyer of the same number must not get the same code: the word before it keeps them apart.
        let code = Array("buyer:".utf8) + account
        return code.withUnsafeBufferPointer { bytes in
            let id = pseudonym(of: bytes)
            return BuyerPseudonym(value: id.stableHash)
        }
    }
}

extension Feed {
    /// Remembers that an order of the feed was bought by an account, if that text tells buyers apart; only its pseudonym is kept.
    package mutating func identify(buyer account: String, of order: OrderID, key: ProjectKey) {
        guard let number = orders.find(order) else { return }
        var account = account
        if let buyer = account.withUTF8({ key.buyer(of: $0) }) { orders.setBuyer(buyer, of: number) }
    }
}
