/// Where bytes come from, to be opened once for every pass.
indirect enum ByteOrigin {
    /// Bytes that outlive the decoding.
    case memory(UnsafeRawBufferPointer)
    case file(path: String)
    /// What a gzip file holds.
    case gzip(ByteOrigin)
    /// An entry of a ZIP archive, by the number that ``ArchiveReader`` gave it.
    case entry(of: ByteOrigin, index: Int)

    /// Opens the bytes at their start.
    func open() throws(OrdersError) -> ByteSource {
        switch self {
        case .memory(let bytes): return ByteSource(bytes: bytes)
        case .file(let path): return try ByteSource(path: path)
        case .gzip(let origin):
            let reader = try ArchiveReader(try origin.open(), format: .gzip)
            guard try reader.next() != nil else {
                throw OrdersError(kind: .badData, what: "is empty", remedy: "export the orders again")
            }
            return ByteSource(entry: reader)
        case .entry(let origin, let index):
            let reader = try ArchiveReader(try origin.open(), format: .zip)
            try reader.skip(to: index)
            return ByteSource(entry: reader)
        }
    }

    /// The first bytes.
    func head(_ count: Int) throws(OrdersError) -> [UInt8] {
        var source = try open()
        var head = [UInt8](repeating: 0, count: count)
        let outcome: Result<Int, OrdersError> = head.withUnsafeMutableBytes { room in
            do throws(OrdersError) {
                return .success(try source.read(into: room))
            } catch {
                return .failure(error)
            }
        }
        head.removeLast(count - (try outcome.get()))
        return head
    }
}
