internal import CArchive
internal import Glibc

/// One pass over the entries of a ZIP archive, or over what a gzip file holds; reads of an entry never hold more than a block.
///
/// A ZIP archive is read by its central directory where its bytes can be sought in, else (a workbook inside an archive) from
/// front to back. Data that unpacks to far more than it is, or to more than any order file has, is refused on the way.
final class ArchiveReader {
    enum Format {
        case zip
        case gzip
    }

    struct Entry {
        /// Its place in the archive's order, from 0: what a later pass finds it by.
        let index: Int
        /// Its name, nil where that is no text.
        let name: String?
        let isFolder: Bool
        let isEncrypted: Bool
    }

    static let entryLimit = 4096
    /// Of one entry's bytes: five million rows of a wide export are below it.
    static let byteLimit = 8 << 30
    /// How many times longer than its packed form data may be, past a start that may be anything: tables reach 50.
    static let ratioLimit = 200
    static let ratioFreeBytes = 64 << 20

    private let handle: OpaquePointer
    private let format: Format
    private var source: ByteSource
    private let block: UnsafeMutableRawBufferPointer
    private let locale: locale_t?
    /// What went wrong below libarchive, which knows errors only as numbers.
    private var failure: OrdersError?
    private var bytesIn = 0
    private var bytesOut = 0
    private var nextIndex = 0
    private var isOpen = false

    init(_ source: consuming ByteSource, format: Format) throws(OrdersError) {
        guard let handle = archive_read_new() else { throw ArchiveReader.outOfMemory }
        self.handle = handle
        self.format = format
        let isSeekable = source.isSeekable
        self.source = source
        block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        locale = fanpai_utf8_locale()
        switch format {
        case .zip:
            if isSeekable {
                archive_read_support_format_zip_seekable(handle)
            } else {
                archive_read_support_format_zip_streamable(handle)
            }
        case .gzip:
            archive_read_support_filter_gzip(handle)
            archive_read_support_format_raw(handle)
        }
        archive_read_set_callback_data(handle, Unmanaged.passUnretained(self).toOpaque())
        archive_read_set_read_callback(handle) { _, context, result in
            guard let context, let result else { return -1 }
            // Safe: the handle that calls back is freed by the object's deinit.
            return Unmanaged<ArchiveReader>.fromOpaque(context).takeUnretainedValue().supply(result)
        }
        if isSeekable {
            archive_read_set_seek_callback(handle) { _, context, offset, whence in
                guard let context else { return Int64(ARCHIVE_FATAL) }
                // Safe: as above.
                let reader = Unmanaged<ArchiveReader>.fromOpaque(context).takeUnretainedValue()
                return reader.source.seek(to: Int(offset), from: whence).map(Int64.init) ?? Int64(ARCHIVE_FATAL)
            }
        }
        guard archive_read_open1(handle) == ARCHIVE_OK else { throw damaged() }
        isOpen = true
    }

    deinit {
        archive_read_free(handle)
        block.deallocate()
        if let locale { freelocale(locale) }
    }

    private func supply(_ result: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do throws(OrdersError) {
            let count = try source.read(into: block)
            bytesIn += count
            result.pointee = UnsafeRawPointer(block.baseAddress)
            return count
        } catch {
            failure = error
            return Int(ARCHIVE_FATAL)
        }
    }

    /// The next entry, whose data is what ``read(into:)`` gives from then on; nil after the last.
    func next() throws(OrdersError) -> Entry? {
        var entry: OpaquePointer?
        let previous = locale.map { uselocale($0) }
        let status = archive_read_next_header(handle, &entry)
        if let previous { uselocale(previous) }
        if status == ARCHIVE_EOF { return nil }
        // A warning is a name that could not be converted: its data can be read all the same.
        guard let entry, status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw damaged() }
        guard nextIndex < ArchiveReader.entryLimit else {
            throw OrdersError(
                kind: .badData, what: "holds more than \(ArchiveReader.entryLimit) files",
                remedy: "unpack it and name the order export in it")
        }
        defer { nextIndex += 1 }
        bytesOut = 0
        let name = archive_entry_pathname(entry).flatMap { name in
            ArchiveReader.text(UnsafeBufferPointer(start: name, count: strlen(name)))
        }
        return Entry(
            index: nextIndex, name: name, isFolder: archive_entry_filetype(entry) == S_IFDIR || name?.last == "/",
            isEncrypted: archive_entry_is_encrypted(entry) != 0)
    }

    /// Goes on to the entry with a number that an earlier pass over the same archive gave.
    func skip(to index: Int) throws(OrdersError) {
        while let entry = try next() {
            if entry.index == index { return }
        }
        throw damaged()
    }

    /// Fills as much of `buffer` as there is; 0 at the end of the entry.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
        let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw damaged() }
        bytesOut += count
        guard bytesOut <= ArchiveReader.byteLimit,
            bytesOut <= ArchiveReader.ratioFreeBytes + bytesIn * ArchiveReader.ratioLimit
        else {
            throw OrdersError(
                kind: .badData, what: "unpacks to far more than an order export holds",
                remedy: "it may be made to harm; unpack it by hand if you trust it")
        }
        return count
    }

    private func damaged() -> OrdersError {
        if let failure { return failure }
        // libarchive's own sentence names formats, sizes and checksums, never content.
        let cause = archive_error_string(handle).map { " (\(String(cString: $0)))" } ?? ""
        // libarchive 3.6 looks for the answer beyond its table of formats when no format was found.
        if isOpen, archive_read_has_encrypted_entries(handle) == 1 { return ArchiveReader.encrypted }
        return OrdersError(
            kind: .badData, what: "is a damaged or cut off \(format == .zip ? "ZIP archive" : "gzip file")\(cause)",
            remedy: "download or export it again")
    }

    static let encrypted = OrdersError(
        kind: .badData, what: "is protected by a password",
        remedy: "unpack it with the password that the shop sent, and name the file in it")

    private static let outOfMemory = OrdersError(
        kind: .inputOutput, what: "cannot be unpacked: no memory is left", remedy: "close other programs")

    /// A name's bytes as text: UTF-8, else GB18030, whatever the archive says about them (Windows says code page 437).
    private static func text(_ name: UnsafeBufferPointer<CChar>) -> String? {
        let bytes = UnsafeRawBufferPointer(name)
        guard bytes.count <= 4096 else { return nil }
        if UTF8Check.fault(in: bytes.assumingMemoryBound(to: UInt8.self)) == nil {
            return String(decoding: bytes, as: UTF8.self)
        }
        var converted = [UInt8](repeating: 0, count: bytes.count * 3)
        let count: Int? = converted.withUnsafeMutableBytes { room in
            do throws(OrdersError) {
                var stream = try TextStream(gb18030: ByteSource(bytes: bytes))
                return try stream.read(into: room)
            } catch {
                return nil
            }
        }
        return count.map { String(decoding: converted[0..<$0], as: UTF8.self) }
    }
}
