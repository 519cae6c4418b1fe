/// The slice of a picture that equals the reference before it: every block skipped, some twenty bytes, and no encoder asked.
struct H264RestingPicture {
    private let format: H264StreamFormat
    private let data: [UInt8]

    init(_ format: H264StreamFormat) {
        self.format = format
        data = Self.skippedBlocks(format.macroblocks)
    }

    /// Appends the picture that is shown at `place`, behind its length in four bytes.
    ///
    /// Nothing refers to it, so that the encoder, which does not know of it, numbers its references rightly.
    ///
    /// - Parameter number: the number of the reference that it repeats.
    func append(after number: Int, place: Int, to target: inout [UInt8]) {
        var writer = H264BitWriter()
        writer.unsigned(0)
        writer.unsigned(0)
        writer.unsigned(0)
        writer.bits(number + 1, format.frameNumberBits)
        writer.bits(2 * place, H264StreamFormat.orderBits)
        // One reference, in the order that lists have by themselves: the one that was decoded last.
        writer.flag(true)
        writer.unsigned(0)
        writer.flag(false)
        writer.unsigned(0)
        writer.signed(Self.quantiser - format.initialQuantiser)
        // No deblocking.
        writer.unsigned(1)
        writer.align(true)
        let unit = H264Escaping.added([0x01] + writer.bytes + data)
        withUnsafeBytes(of: UInt32(unit.count).bigEndian) { target.append(contentsOf: $0) }
        target.append(contentsOf: unit)
    }

    /// At this quantiser the coder expects skipped blocks most.
    private static let quantiser = 51
    /// The ranges of the less probable symbol (table 9-44) from the state in which the coder begins, 42, to the last, 62.
    private static let ranges: [[UInt32]] = [
        [16, 20, 23, 27], [15, 19, 22, 25], [14, 18, 21, 24], [14, 17, 20, 23], [13, 16, 19, 22], [12, 15, 18, 21],
        [12, 14, 17, 20], [11, 14, 16, 19], [11, 13, 15, 18], [10, 12, 15, 17], [10, 12, 14, 16], [9, 11, 13, 15],
        [9, 11, 12, 14], [8, 10, 12, 14], [8, 9, 11, 13], [7, 9, 11, 12], [7, 9, 10, 12], [7, 8, 10, 11],
        [6, 8, 9, 11], [6, 7, 9, 10], [6, 7, 8, 9],
    ]

    /// The arithmetic code (9.3.4.2) of so many blocks that are skipped, each followed by whether the slice ends.
    private static func skippedBlocks(_ count: Int) -> [UInt8] {
        var coder = ArithmeticCoder()
        // mb_skip_flag of P slices starts in (23 x 51 >> 4) + 33 - 64 and is expected to be 1 from then on.
        var state = ((23 * quantiser) >> 4) + 33 - 64 - 42
        for index in 0..<count {
            coder.encodeExpected(ranges[state])
            state = min(state + 1, ranges.count - 1)
            coder.encodeEnd(index == count - 1)
        }
        return coder.bytes
    }
}

/// The encoder of CABAC, as far as symbols that are expected need it.
private struct ArithmeticCoder {
    private var low: UInt32 = 0
    private var range: UInt32 = 510
    private var outstanding = 0
    private var isFirst = true
    private var writer = H264BitWriter()

    /// What was encoded; whole after the end.
    var bytes: [UInt8] {
        var whole = writer
        whole.align(false)
        return whole.bytes
    }

    mutating func encodeExpected(_ ranges: [UInt32]) {
        range -= ranges[Int(range >> 6 & 3)]
        renormalise()
    }

    mutating func encodeEnd(_ isEnd: Bool) {
        range -= 2
        guard isEnd else { return renormalise() }
        low += range
        range = 2
        renormalise()
        put(low >> 9 & 1 == 1)
        // The last bit is the one that ends the unit.
        writer.bits(Int(low >> 7 & 3 | 1), 2)
    }

    private mutating func renormalise() {
        while range < 256 {
            if low < 256 {
                put(false)
            } else if low >= 512 {
                low -= 512
                put(true)
            } else {
                low -= 256
                outstanding += 1
            }
            range <<= 1
            low <<= 1
        }
    }

    private mutating func put(_ bit: Bool) {
        if isFirst { isFirst = false } else { writer.flag(bit) }
        while outstanding > 0 {
            writer.flag(!bit)
            outstanding -= 1
        }
    }
}
