import CFFmpeg
import CMediaKernels
package import Drawing

/// Encodes ProRes 4444 with 16-bit straight alpha (SMPTE RDD 36) at a fixed quantiser.
///
/// A slice depends on nothing but the pixels within 8 of it. Where a frame is not damaged the slices of the frame before are
/// copied as bytes, so that a frame costs what changed, and its bytes are the same whatever came before it.
package final class ProResEncoder: MovieFrameEncoder {
    static let format = MovieFormat(
        code: "ap4h", name: "Apple ProRes 4444", codec: AV_CODEC_ID_PRORES, isIntra: true, isYCbCr: true)

    /// Pixels around a slice whose colour it may continue.
    private static let reach = 8
    private static let headerSize = 148
    private static let pictureStart = 8 + headerSize

    private let size: PixelSize
    private let slices: ProResSlices
    private let level: CPULevel
    private var coder: fanpai_prores_coder
    private var marks: [Bool]
    private let scratch: UnsafeMutablePointer<UInt8>
    /// The last frame, and where its slices begin; the last entry is its end.
    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    private var spare: [UInt8] = []
    private var spareStarts: [Int] = []

    convenience init(_ description: OutputDescription) throws(MediaError) {
        let quantiser = description.profile.encoder?.value(of: "quantiser").flatMap(Int.init) ?? 2
        self.init(size: description.size, quantiser: quantiser)
    }

    /// - Parameter quantiser: 1 to 224; at 2 every flat 12-bit colour is exact.
    package init(size: PixelSize, quantiser: Int, level: CPULevel = .current) {
        precondition((1...224).contains(quantiser))
        (self.size, self.level) = (size, level)
        slices = ProResSlices(size)
        coder = fanpai_prores_coder(quantiser: Int32(quantiser), rounding: 0.5)
        marks = [Bool](repeating: true, count: slices.all.count)
        scratch = .allocate(capacity: Int(FANPAI_PRORES_SLICE_BYTES))
    }

    deinit { scratch.deallocate() }

    package func encode(_ frame: Frame) throws -> [UInt8] {
        try encode(frame.pixels, damage: starts.isEmpty ? nil : frame.damage)
        return bytes
    }

    /// Encodes a picture; nil damage is all of it.
    private func encode(_ pixels: PixelBuffer, damage: Damage?) throws(MediaError) {
        precondition(pixels.size == size)
        if let damage {
            if damage.isEmpty { return }
            for index in marks.indices { marks[index] = false }
            for rect in damage.rects {
                slices.mark(rect.outsetBy(Self.reach).intersection(size.bounds), in: &marks)
            }
        } else {
            for index in marks.indices { marks[index] = true }
        }
        let tableStart = Self.pictureStart + 8
        spare.removeAll(keepingCapacity: true)
        spareStarts.removeAll(keepingCapacity: true)
        spare.append(contentsOf: repeatElement(0, count: tableStart + 2 * slices.all.count))
        let failed = pixels.withBytes { raw -> Int? in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
            var picture = fanpai_prores_picture(
                bgra: base, stride: pixels.stride, width: Int32(size.width), height: Int32(size.height))
            var index = 0
            while index < slices.all.count {
                if marks[index] {
                    let slice = slices.all[index]
                    let count = fanpai_prores_slice(
                        &coder, &picture, Int32(slice.x), Int32(slice.y), Int32(slice.count), scratch, level.rawValue)
                    if count == 0 { return index }
                    spareStarts.append(spare.count)
                    spare.append(contentsOf: UnsafeBufferPointer(start: scratch, count: count))
                    index += 1
                } else {
                    // Slices in a row that did not change move as one.
                    var end = index
                    while end < slices.all.count, !marks[end] { end += 1 }
                    let shift = spare.count - starts[index]
                    for other in index..<end { spareStarts.append(starts[other] + shift) }
                    spare.append(contentsOf: bytes[starts[index]..<starts[end]])
                    index = end
                }
            }
            return nil
        }
        if let failed { throw .internal(.codec, "slice \(failed) of a ProRes picture does not fit its fields") }
        spareStarts.append(spare.count)
        swap(&bytes, &spare)
        swap(&starts, &spareStarts)
        writeHeaders(tableStart)
    }

    private func writeHeaders(_ tableStart: Int) {
        func put(_ value: Int, _ count: Int, at offset: Int) {
            for place in 0..<count {
                bytes[offset + place] = UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - place)))
            }
        }
        put(bytes.count, 4, at: 0)
        for (place, character) in "icpf".utf8.enumerated() { bytes[4 + place] = character }
        put(Self.headerSize, 2, at: 8)
        // Version 1: the one that has alpha.
        put(1, 2, at: 10)
        for (place, character) in "fnpi".utf8.enumerated() { bytes[12 + place] = character }
        put(size.width, 2, at: 16)
        put(size.height, 2, at: 18)
        // 4:4:4, progressive; square pixels; BT.709; 16-bit alpha; both matrices follow.
        for (place, value) in [0xc0, 0x10, 1, 1, 1, 2, 0, 3].enumerated() { put(value, 1, at: 20 + place) }
        withUnsafeBytes(of: fanpai_prores_matrix) { matrix in
            for place in 0..<64 {
                bytes[28 + place] = matrix[place]
                bytes[92 + place] = matrix[place]
            }
        }
        put(0x40, 1, at: Self.pictureStart)
        put(bytes.count - Self.pictureStart, 4, at: Self.pictureStart + 1)
        put(slices.all.count, 2, at: Self.pictureStart + 5)
        put(0x30, 1, at: Self.pictureStart + 7)
        for index in slices.all.indices { put(starts[index + 1] - starts[index], 2, at: tableStart + 2 * index) }
    }

    /// Whole slices: all of a slice that is coded again may differ by a rounding.
    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] {
        let slices = ProResSlices(size)
        var marks = [Bool](repeating: false, count: slices.all.count)
        for rect in damage.rects { slices.mark(rect.outsetBy(reach).intersection(size.bounds), in: &marks) }
        return zip(slices.all, marks).compactMap { $1 ? $0.rect.intersection(size.bounds) : nil }
    }

    func compare(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors
    ) throws(MediaError) {
        guard decoded.pointer.pointee.format == AV_PIX_FMT_YUVA444P12LE.rawValue else {
            throw .internal(.verification, "ProRes with alpha decodes to another format")
        }
        let planes = (0..<4).map { UnsafePointer(decoded.plane($0)) }
        var picture = fanpai_yuva12(
            planes: (planes[0], planes[1], planes[2], planes[3]),
            strides: (decoded.stride(0), decoded.stride(1), decoded.stride(2), decoded.stride(3)))
        drawn.withBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            for rect in rects {
                fanpai_compare_yuva12(
                    &picture, base, drawn.stride, Int32(rect.x), Int32(rect.maxX), Int32(rect.y), Int32(rect.maxY),
                    &errors.sums)
            }
        }
    }
}
