/// Writes order logs: the canonical text of a feed, which reads back as the same feed.
public enum OrderLogWriter {
    /// A whole feed: the describing line, then one line an event in visible order.
    public static func text(of feed: Feed) -> [UInt8] {
        var result = header(for: feed)
        for index in 0..<feed.count { result += line(for: feed[index]) }
        return result
    }

    /// The first line of a feed's log, with its line end.
    public static func header(for feed: Feed) -> [UInt8] {
        var text = "{\"log\":1"
        if feed.isSynthetic { text += ",\"synthetic\":true" }
        if let exported = feed.exportedAt { text += ",\"exported\":\"\(exported.isoText)\"" }
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
        var text = "{\"event\":\"\(event.kind.name)\""
        if let order = event.order { text += ",\"id\":\"\(order.text)\"" }
        if let row = event.row { text += ",\"row\":\(row)" }
        text += ",\"at\":\"\(event.at.isoText)\""
        if let seen = event.seen { text += ",\"seen\":\(seen)" }
        if event.kind == .paid || event.amount != 0 { text += ",\"amount\":\(event.amount)" }
        if event.isOrderAmount { text += ",\"scope\":\"order\"" }
        if event.kind == .paid || event.quantity != 1 { text += ",\"quantity\":\(event.quantity)" }
        if let product = event.product { text += ",\"product\":" + quoted(product) }
        if let place = event.place {
            text += ",\"province\":" + quoted(place.province)
            if let city = place.city { text += ",\"city\":" + quoted(city) }
        }
        if let buyer = event.buyer { text += ",\"buyer\":" + quoted(buyer) }
        if let channel = event.channel { text += ",\"channel\":\"\(channel.rawValue)\"" }
        // A paid event of nothing would read back as a gift.
        if event.isGift {
            text += ",\"gift\":true"
        } else if event.kind == .paid, event.amount == 0 {
            text += ",\"gift\":false"
        }
        if let left = event.stockLeft { text += ",\"left\":\(left)" }
        return Array((text + "}\n").utf8)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
