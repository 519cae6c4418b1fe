/// Gives slices their place in display order, in streams in which pictures rest that the encoder was never given.
///
/// The arithmetic coder starts at a whole byte behind the header, so that a header of another length leaves the rest as it is.
struct H264SliceNumbering {
    let format: H264StreamFormat

    /// Bytes that hold any slice header of ours.
    private static let headerBytes = 48

    /// Appends a slice that is shown at `place`, behind its length in four bytes.
    ///
    /// - Parameter unit: the NAL unit as the encoder wrote it.
    /// - Returns: the number of the reference that it is or would be (`frame_num`); nil when the header is of an unknown form.
    func append(_ unit: UnsafeBufferPointer<UInt8>, place: Int, to target: inout [UInt8]) -> Int? {
        guard let first = unit.first else { return nil }
        var header = H264BitReader(
            H264Escaping.removed(UnsafeBufferPointer(rebasing: unit[1..<min(unit.count, Self.headerBytes)])))
        var writer = H264BitWriter()
        guard let number = copyHeader(of: first, from: &header, to: &writer, place: place) else { return nil }
        let start = (header.position + 7) / 8
        writer.align(true)

        let sizeAt = target.count
        target.append(contentsOf: [0, 0, 0, 0, first])
        var zeros = 0
        H264Escaping.append(writer.bytes, to: &target, zeros: &zeros)
        appendData(unit, skipping: start, zeros: zeros, to: &target)
        Self.setSize(at: sizeAt, in: &target)
        return number
    }

    /// Copies what follows the header: byte by byte as long as the zeros in front of it matter, then at once.
    private func appendData(
        _ unit: UnsafeBufferPointer<UInt8>, skipping start: Int, zeros: Int, to target: inout [UInt8]
    ) {
        var zeros = zeros
        var sourceZeros = 0
        var plain = 0
        var index = 1
        while index < unit.count {
            let byte = unit[index]
            index += 1
            if sourceZeros >= 2 && byte == 3 {
                sourceZeros = 0
                continue
            }
            sourceZeros = byte == 0 ? sourceZeros + 1 : 0
            plain += 1
            if plain <= start { continue }
            H264Escaping.append(CollectionOfOne(byte), to: &target, zeros: &zeros)
            if byte != 0 { break }
        }
        target.append(contentsOf: UnsafeBufferPointer(rebasing: unit[index...]))
    }

    private static func setSize(at index: Int, in target: inout [UInt8]) {
        let size = target.count - index - 4
        for (place, shift) in [24, 16, 8, 0].enumerated() {
            target[index + place] = UInt8(truncatingIfNeeded: size >> shift)
        }
    }

    /// 7.3.3, for what our headers allow.
    private func copyHeader(
        of first: UInt8, from reader: inout H264BitReader, to writer: inout H264BitWriter, place: Int
    ) -> Int? {
        let isKey = first & 31 == 5
        let isReference = first >> 5 & 3 != 0
        guard reader.unsigned() == 0 else { return nil }
        let kind = reader.unsigned()
        _ = reader.unsigned()
        let number = reader.bits(format.frameNumberBits)
        writer.unsigned(0)
        writer.unsigned(kind)
        writer.unsigned(0)
        writer.bits(number, format.frameNumberBits)
        if isKey { writer.unsigned(reader.unsigned()) }
        _ = reader.bits(format.encodedOrderBits)
        writer.bits(2 * place, H264StreamFormat.orderBits)

        // The rest is only measured, and then copied as it is.
        var rest = reader
        guard Self.skipRest(&rest, kind: kind % 5, isKey: isKey, isReference: isReference) else { return nil }
        writer.copy(rest.position - reader.position, from: &reader)
        return reader.isPastEnd ? nil : number
    }

    private static func skipRest(
        _ reader: inout H264BitReader, kind: Int, isKey: Bool, isReference: Bool
    ) -> Bool {
        let (forward, between, alone) = (0, 1, 2)
        guard [forward, between, alone].contains(kind) else { return false }
        if kind == between { _ = reader.flag() }
        if kind != alone {
            if reader.flag() {
                _ = reader.unsigned()
                if kind == between { _ = reader.unsigned() }
            }
            for _ in 0..<(kind == between ? 2 : 1) where reader.flag() {
                while !reader.isPastEnd, reader.unsigned() != 3 { _ = reader.unsigned() }
            }
        }
        if isReference {
            if isKey {
                _ = reader.bits(2)
            } else if reader.flag() {
                // Memory commands: our encoder keeps one reference and has no use for them.
                return false
            }
        }
        if kind != alone { _ = reader.unsigned() }
        _ = reader.signed()
        if reader.unsigned() != 1 { _ = (reader.signed(), reader.signed()) }
        return !reader.isPastEnd
    }
}
