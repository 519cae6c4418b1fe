/// What a ZIP archive holds, and which of it is order data.
struct ArchiveContents {
    private let origin: ByteOrigin
    private let entries: [ArchiveReader.Entry]

    /// Reads the archive's directory, no data.
    init(_ origin: ByteOrigin) throws(OrdersError) {
        self.origin = origin
        let reader = try ArchiveReader(try origin.open(), format: .zip)
        var entries: [ArchiveReader.Entry] = []
        while let entry = try reader.next() {
            if !entry.isFolder { entries.append(entry) }
        }
        self.entries = entries
    }

    /// Numbers of the entries by name, letters in lower case as package parts have them; a name that stands twice is refused.
    func numbers() throws(OrdersError) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for entry in entries {
            guard let name = entry.name.map(ArchiveContents.partName) else { continue }
            if entry.isEncrypted { throw ArchiveReader.encrypted }
            guard numbers.updateValue(entry.index, forKey: name) == nil else {
                throw OrdersError(
                    kind: .badData, what: "holds two parts named \(SafeName.shown(name))",
                    remedy: "open it in a spreadsheet program and save it again")
            }
        }
        return numbers
    }

    static func partName(_ name: String) -> String {
        let path = name.lowercased().replacing("\\", with: "/")
        return String(path.drop { $0 == "/" })
    }

    /// The order data in the archive, which is the workbook that it is, one file, or Taobao's pair of orders and their rows.
    func parts(isPacked: Bool) throws(OrdersError) -> [OrderPart] {
        let names = Set(entries.compactMap { $0.name.map(ArchiveContents.partName) })
        if names.contains("_rels/.rels") || names.contains("[content_types].xml") {
            guard !names.contains("xl/workbook.bin") else {
                throw OrdersError(
                    kind: .badData, what: "is a binary workbook (.xlsb)", remedy: "save it as .xlsx or as “CSV UTF-8”")
            }
            return [OrderPart(kind: .workbook, origin: origin)]
        }
        if names.contains("content.xml"), names.contains("mimetype") {
            throw OrdersError(
                kind: .badData, what: "is an OpenDocument file", remedy: "save it as .xlsx or as “CSV UTF-8”")
        }
        guard !isPacked else { throw ArchiveContents.nested }
        var parts: [OrderPart] = []
        for entry in try chosen() {
            if entry.isEncrypted { throw ArchiveReader.encrypted }
            let name = entry.name ?? "file \(entry.index + 1)"
            do throws(OrdersError) {
                for var part in try OrderPart.find(in: .entry(of: origin, index: entry.index), isPacked: true) {
                    part.name = name
                    parts.append(part)
                }
            } catch {
                throw error.inPlace(SafeName.shown(name))
            }
        }
        return parts
    }

    private func chosen() throws(OrdersError) -> [ArchiveReader.Entry] {
        let visible = entries.filter { !ArchiveContents.isHidden($0.name ?? "") }
        func having(_ endings: [String]) -> [ArchiveReader.Entry] {
            visible.filter { entry in
                // A name that no one can read may be anything.
                guard let name = entry.name?.lowercased() else { return true }
                return endings.contains { name.hasSuffix($0) }
            }
        }
        var found = having([".csv", ".tsv", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson"])
        if found.isEmpty { found = having([".txt", ".xls"]) }
        if found.count == 1 { return found }
        let names = visible.map { $0.name ?? "?" }
        if found.isEmpty {
            if !having([".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"]).isEmpty { throw ArchiveContents.nested }
            throw OrdersError(
                kind: .badData,
                what: "holds no order export, but " + (names.isEmpty ? "nothing at all" : SafeName.shown(names)),
                remedy: "name the archive that the shop made, or the CSV or XLSX itself")
        }
        let orders = found.filter { $0.name?.contains("ExportOrderList") == true }
        let items = found.filter { $0.name?.contains("ExportOrderDetailList") == true }
        if found.count == 2, orders.count == 1, items.count == 1 { return orders + items }
        throw OrdersError(
            kind: .badData,
            what: "holds \(found.count) files that may be orders: " + SafeName.shown(found.map { $0.name ?? "?" }),
            remedy: "unpack it and name the one you mean")
    }

    /// What macOS and Excel put beside files.
    private static func isHidden(_ name: String) -> Bool {
        let base = name.split(separator: "/").last ?? ""
        return name.hasPrefix("__MACOSX/") || base.hasPrefix(".") || base.hasPrefix("~$")
    }

    static let nested = OrdersError(
        kind: .badData, what: "holds an archive inside an archive", remedy: "unpack it and name the order export in it")
}
