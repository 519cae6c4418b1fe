import Drawing
import Orders

/// A file of order data as it was read, for manifests.
struct OrderFile: Hashable, Sendable {
    /// Its name without folders.
    let name: String
    let digest: Digest
    let bytes: Int

    /// The file for a document.
    var json: OrderedJSON {
        .object([
            "name": .text(name), "sha256": .text(digest.description), "bytes": .integer(Int64(bytes)),
        ])
    }
}

/// Reads the order data of a request.
enum OrderImport {
    /// The decoded data of one file or of several that make one feed, and what was read.
    ///
    /// - Throws: `FanpaiError` when the data is missing or wrong, or changes while it is read.
    static func decode(
        _ request: FilmRequest, paths: [String], key: ProjectKey
    ) throws(FanpaiError) -> (orders: DecodedOrders, files: [OrderFile]) {
        let options = OrderDecodingOptions(
            key: key, columnMap: request.columns, skipBadRows: request.skipsBadRows, shop: request.shop,
            dateOrder: request.dateOrder, zoneMinutes: request.zoneMinutes, currency: request.currency,
            rates: request.rates)
        let before = paths.map(FileAccess.stamp)
        let orders: DecodedOrders
        do {
            let decoder = OrderDecoder(options: options)
            orders = paths.count == 1 ? try decoder.decode(path: paths[0]) : try decoder.decode(paths: paths)
        } catch {
            throw FanpaiError(error)
        }
        var files: [OrderFile] = []
        for (path, stamp) in zip(paths, before) {
            let (digest, bytes) = try FileAccess.digest(of: path)
            guard FileAccess.stamp(of: path) == stamp else {
                throw FanpaiError(
                    .inputOutput, "changed while it was read", remedy: "wait until it is complete, then try again",
                    location: path)
            }
            files.append(OrderFile(name: FileAccess.name(of: path), digest: digest, bytes: bytes))
        }
        return (orders, files)
    }

    /// The project key: the file of the request, else `$FANPAI_KEY_FILE`, else the user's own, made at first use.
    static func key(_ request: FilmRequest) throws(FanpaiError) -> ProjectKey {
        do {
            if let file = request.keyFile ?? Home.variable("FANPAI_KEY_FILE") { return try ProjectKey(file: file) }
            if request.isDemo { return .demo }
            return try ProjectKey(creatingIfMissing: try standardKeyPath())
        } catch {
            throw FanpaiError(error)
        }
    }

    /// Where the user's own project key lies.
    static func standardKeyPath() throws(FanpaiError) -> String {
        if let folder = Home.variable("XDG_CONFIG_HOME") { return folder + "/fanpai/project.key" }
        if let home = Home.variable("HOME") { return home + "/.config/fanpai/project.key" }
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
