import Orders

/// Reads the order data of a request.
enum OrderImport {
    /// The decoded data; `path` overrides what the request names.
    static func decode(_ request: FilmRequest, path: String, key: ProjectKey) throws(FanpaiError) -> DecodedOrders {
        let options = OrderDecodingOptions(
            key: key, columnMap: request.columns, skipBadRows: request.skipsBadRows)
        do { return try OrderDecoder(options: options).decode(path: path) } catch { throw FanpaiError(error) }
    }

    /// The project key: the file of the request, else `$FANPAI_KEY_FILE`, else the user's own, made at first use.
    static func key(_ request: FilmRequest) throws(FanpaiError) -> ProjectKey {
        do {
            if let file = request.keyFile ?? Home.variable("FANPAI_KEY_FILE") { return try ProjectKey(file: file) }
            if request.isDemo { return .demo }
            return try ProjectKey(creatingIfMissing: try configurationFolder() + "/project.key")
        } catch {
            throw FanpaiError(error)
        }
    }

    private static func configurationFolder() throws(FanpaiError) -> String {
        if let folder = Home.variable("XDG_CONFIG_HOME") { return folder + "/fanpai" }
        if let home = Home.variable("HOME") { return home + "/.config/fanpai" }
        throw FanpaiError(
            .missingInput, "there is no place for the project key",
            remedy: "set HOME, or name a key file with --key or FANPAI_KEY_FILE")
    }

    /// What to say when a period holds no paid order.
    static func emptyPeriod(_ period: Period?, feed: Feed, path: String) -> FanpaiError {
        guard let period else {
            return FanpaiError(.data, "holds no paid order", remedy: "export the orders again", location: path)
        }
        var span = "nowhere"
        if let last = feed.lastInstant {
            var first = last
            for index in 0..<feed.count { first = min(first, feed.time(at: index).at) }
            span = "from \(first.text) to \(last.text)"
        }
        return FanpaiError(
            .data, "holds no paid order between \(period.from.text) and \(period.lastSecond.text)",
            remedy: "choose another --period; the data runs \(span)", location: path)
    }
}
