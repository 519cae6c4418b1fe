/// The decoder configuration record of H.265 (ISO/IEC 14496-15, `hvcC`), from the headers of an encoder of 8-bit 4:2:0.
struct HEVCConfiguration {
    /// The record.
    let record: [UInt8]

    /// Reads headers as units behind their length in four bytes; nil unless there is exactly one of each kind.
    init?(_ headers: [UInt8]) {
        var units: [UInt8: [UInt8]] = [:]
        var rest = headers[...]
        while rest.count >= 4 {
            let size = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard size > 2, size <= rest.count, let first = rest.first else { return nil }
            let kind = first >> 1 & 63
            guard units.updateValue(Array(rest.prefix(size)), forKey: kind) == nil else { return nil }
            rest = rest.dropFirst(size)
        }
        // Video, sequence and picture parameters.
        guard rest.isEmpty, units.count == 3, let video = units[32], let sequence = units[33], let picture = units[34]
        else { return nil }
        // Behind two bytes of the unit and one of layers: profile, tier, level in twelve.
        let plain = H264Escaping.removed(sequence)
        guard plain.count >= 15 else { return nil }
        var bytes: [UInt8] = [1] + plain[3..<15]
        // No segments, no parallelism said; 4:2:0, 8 bits, 8 bits; no mean rate; one layer, lengths in four bytes.
        bytes += [0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 3]
        for (kind, unit) in [(UInt8(32), video), (33, sequence), (34, picture)] {
            bytes += [0x80 | kind, 0, 1, UInt8(unit.count >> 8), UInt8(unit.count & 255)] + unit
        }
        record = bytes
    }
}
