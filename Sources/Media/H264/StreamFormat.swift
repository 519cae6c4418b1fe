/// What the headers of our streams say about the slices: frame pictures, CABAC, order numbers in every slice.
struct H264StreamFormat {
    /// Bits of the order number in our streams. It counts half frames and must not jump by half of its range from one reference to
    /// the next: x264's four to seven bits would not carry a picture that rests for a second.
    static let orderBits = 12
    /// The most frames from one picture that others refer to to the next.
    static let longestGap = 1 << (orderBits - 3)
    private static let main = 77, high = 100

    /// The headers, with room for that.
    let parameterSets: ParameterSets
    /// Bits of the order number that the encoder writes.
    let encodedOrderBits: Int
    /// Bits of the number of a reference.
    let frameNumberBits: Int
    /// Blocks of 16 x 16 in a picture.
    let macroblocks: Int
    /// References of a slice that does not say otherwise, in both lists.
    let defaultReferences: (Int, Int)
    /// The quantiser that slices give theirs relative to.
    let initialQuantiser: Int

    /// Reads an encoder's headers; nil when they are of a form that our encoder settings cannot make.
    init?(_ encoded: ParameterSets) {
        let sequence = H264Escaping.removed(encoded.sequence)
        var reader = H264BitReader(sequence)
        let isSequence = reader.bits(8) == 0x67
        let profile = reader.bits(8)
        _ = reader.bits(16)
        let isOnly = reader.unsigned() == 0
        let format = reader.position
        let isPlain =
            profile == Self.main
            || profile == Self.high && reader.unsigned() == 1 && reader.unsigned() == 0 && reader.unsigned() == 0
                && !reader.flag() && !reader.flag()
        frameNumberBits = reader.unsigned() + 4
        let hasOrder = reader.unsigned() == 0
        let before = reader.position
        encodedOrderBits = reader.unsigned() + 4
        let after = reader.position
        _ = reader.unsigned()
        _ = reader.flag()
        macroblocks = (reader.unsigned() + 1) * (reader.unsigned() + 1)
        let isFrames = reader.flag()

        var picture = H264BitReader(H264Escaping.removed(encoded.picture.dropFirst()))
        let isFirst = picture.unsigned() == 0 && picture.unsigned() == 0
        let isArithmetic = picture.flag()
        let isSimple = !picture.flag() && picture.unsigned() == 0
        defaultReferences = (picture.unsigned() + 1, picture.unsigned() + 1)
        // No tables of weights in slices, and none that follow from order numbers, which we change.
        let isUnweighted = !picture.flag() && picture.bits(2) == 0
        initialQuantiser = picture.signed() + 26
        _ = (picture.signed(), picture.signed())
        let hasDeblocking = picture.flag()
        _ = picture.flag()
        let isWhole = !picture.flag()
        guard isSequence, isOnly, isPlain, hasOrder, isFrames, isFirst, isArithmetic, isSimple, isUnweighted,
            hasDeblocking, isWhole,
            !reader.isPastEnd, !picture.isPastEnd, let last = sequence.lastIndex(where: { $0 != 0 })
        else { return nil }

        let end = last * 8 + 7 - sequence[last].trailingZeroBitCount
        var writer = H264BitWriter()
        var copying = H264BitReader(sequence)
        writer.copy(8, from: &copying)
        // Without transforms of 8x8 x264 calls it Main, and what is Main is High as well.
        writer.bits(Self.high, 8)
        writer.bits(0, 8)
        _ = copying.bits(16)
        writer.copy(format - copying.position, from: &copying)
        if profile == Self.main {
            // 4:2:0, 8 bits, transforms as usual, no tables.
            for value in [1, 0, 0] { writer.unsigned(value) }
            writer.bits(0, 2)
        }
        writer.copy(before - format, from: &copying)
        writer.unsigned(Self.orderBits - 4)
        _ = copying.bits(after - before)
        writer.copy(end - after, from: &copying)
        writer.flag(true)
        writer.align(false)
        guard let sets = ParameterSets(H264Escaping.added(writer.bytes), encoded.picture) else { return nil }
        parameterSets = sets
    }
}
