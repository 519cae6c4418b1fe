import CMediaKernels

extension CompositeErrors {
    private static let wordCount = 18
    /// Bytes of `stored`.
    static let storedSize = 8 * wordCount

    /// The sums in bytes that do not depend on the machine.
    var stored: [UInt8] {
        let (worst, counts) = (sums.worst, sums.soft_samples)
        let squares = [sums.squared, sums.bright, sums.soft].flatMap { [$0.0, $0.1, $0.2] }
        let words: [UInt64] =
            squares.map(\.bitPattern) + [worst.0, worst.1, worst.2].map { UInt64($0.bitPattern) }
            + [UInt64(sums.worst_alpha), sums.samples, sums.bright_samples, counts.0, counts.1, counts.2]
        return words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }

    /// What `stored` gave; nil when the bytes are no such sums.
    init?(stored: ArraySlice<UInt8>) {
        guard stored.count == Self.storedSize else { return nil }
        let words = (0..<Self.wordCount).map { place in
            stored.dropFirst(8 * place).prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        let squares = words[..<9].map { Double(bitPattern: $0) }
        let worst = words[9..<12].map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
        let counts = words[13...]
        guard squares.allSatisfy({ $0.isFinite && $0 >= 0 }), worst.allSatisfy({ (0...255).contains($0) }),
            words[9..<12].allSatisfy({ $0 <= UInt32.max }), words[12] <= 255, counts.allSatisfy({ $0 <= 1 << 50 })
        else { return nil }
        self.init()
        sums.squared = (squares[0], squares[1], squares[2])
        sums.bright = (squares[3], squares[4], squares[5])
        sums.soft = (squares[6], squares[7], squares[8])
        sums.worst = (worst[0], worst[1], worst[2])
        sums.worst_alpha = Int32(words[12])
        (sums.samples, sums.bright_samples) = (words[13], words[14])
        sums.soft_samples = (words[15], words[16], words[17])
    }
}
