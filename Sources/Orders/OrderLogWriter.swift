/// Writes order logs: the canonical text of a feed, which reads back as the same feed.
public enum OrderLogWriter {
    /// A whole feed: the describing line, then one line an event in visible order.
    public static func text(of feed: Feed) -> [UInt8] {
        var result = header(for: feed)
        for index in 0..<feed.count { append(feed[index], to: &result) }
        return result
    }

    /// The first line of a feed's log, with its line end; where refunds are not known, it says so.
    public static func header(for feed: Feed, knowsRefunds: Bool = true) -> [UInt8] {
        var text = "{\"log\":1"
        if feed.isSynthetic { text += ",\"synthetic\":true" }
        if let exported = feed.exportedAt { text += ",\"exported\":\"\(exported.isoText)\"" }
        if !knowsRefunds || !feed.knowsRefunds {
            text += ",\"refunds\":false"
            if feed.knowsClosures { text += ",\"closures\":true" }
        }
        if let session = feed.session {
            text += ",\"start\":\"\(session.start.isoText)\",\"rate\":\"\(session.rateNumerator)"
            text += session.rateDenominator == 1 ? "\"" : "/\(session.rateDenominator)\""
            if !session.unsentFrames.isEmpty {
                let frames = session.unsentFrames.map {
                    $0.count == 1 ? "\($0.lowerBound)" : "[\($0.lowerBound),\($0.upperBound - 1)]"
                }
                text += ",\"unsent\":[" + frames.joined(separator: ",") + "]"
            }
        }
        return Array((text + "}\n").utf8)
    }

    /// One event's line, with its line end.
    public static func line(for event: OrderEvent) -> [UInt8] {
        var result: [UInt8] = []
        append(event, to: &result)
        return result
    }

    /// Appends one event's line, with its line end, to bytes.
    public static func append(_ event: OrderEvent, to bytes: inout [UInt8]) {
        // Straight into the bytes: building a text for every event took most of the time of writing a log.
        bytes.append(contentsOf: "{\"event\":\"".utf8)
        bytes.append(contentsOf: event.kind.name.utf8)
        bytes.append(UInt8(ascii: "\""))
        if let order = event.order {
            key("id", to: &bytes)
            bytes.append(UInt8(ascii: "\""))
            order.append(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        if let row = event.row { member("row", Int64(row), to: &bytes) }
        key("at", to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        event.at.appendISO(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        if let seen = event.seen { member("seen", Int64(seen), to: &bytes) }
        if event.kind == .paid || event.amount != 0 { member("amount", event.amount, to: &bytes) }
        if event.isOrderAmount { member("scope", "order", to: &bytes) }
        if event.kind == .paid || event.quantity != 1 { member("quantity", Int64(event.quantity), to: &bytes) }
        if let product = event.product { member("product", product, to: &bytes) }
        if let place = event.place {
            member("province", place.province, to: &bytes)
            if let city = place.city { member("city", city, to: &bytes) }
        }
        if let buyer = event.buyer { member("buyer", buyer, to: &bytes) }
        if let channel = event.channel { member("channel", channel.rawValue, to: &bytes) }
        // A paid event of nothing would read back as a gift.
        if event.isGift {
            bytes.append(contentsOf: ",\"gift\":true".utf8)
        } else if event.kind == .paid, event.amount == 0 {
            bytes.append(contentsOf: ",\"gift\":false".utf8)
        }
        if let left = event.stockLeft { member("left", Int64(left), to: &bytes) }
        bytes.append(contentsOf: "}\n".utf8)
    }

    private static func key(_ name: StaticString, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: ",\"".utf8)
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: "\":".utf8)
    }

    private static func member(_ name: StaticString, _ value: Int64, to bytes: inout [UInt8]) {
        key(name, to: &bytes)
        bytes.append(contentsOf: String(value).utf8)
    }

    private static func member(_ name: StaticString, _ text: String, to bytes: inout [UInt8]) {
        key(name, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        // What needs no escape, nearly every text, goes over as it is.
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
            bytes.append(contentsOf: text.utf8)
            bytes.append(UInt8(ascii: "\""))
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
