/// The bits of a part of a slice, most significant first.
struct ProResBits {
    /// The part ended inside of a code.
    struct CutOff: Error {}

    private let bytes: ArraySlice<UInt8>
    private var position = 0

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// How many are left.
    var left: Int { 8 * bytes.count - position }

    /// Whether only zeros are left, or nothing.
    var isRestZero: Bool {
        var copy = self
        while copy.left > 0 { if (try? copy.bit()) == 1 { return false } }
        return true
    }

    mutating func bit() throws(CutOff) -> Int {
        guard left > 0 else { throw CutOff() }
        let bit = bytes[bytes.startIndex + position / 8] >> UInt8(7 - position % 8) & 1
        position += 1
        return Int(bit)
    }

    mutating func bits(_ count: Int) throws(CutOff) -> Int {
        var value = 0
        for _ in 0..<count { value = try value << 1 | bit() }
        return value
    }

    /// A number in a codebook.
    mutating func number(_ book: ProResCodebook) throws(CutOff) -> Int {
        var zeros = 0
        while try bit() == 0 {
            zeros += 1
            if zeros > 40 { throw CutOff() }
        }
        if zeros <= book.lastRicePrefix { return try zeros << book.rice | bits(book.rice) }
        let length = zeros - book.lastRicePrefix - 1 + book.golomb
        let value = try 1 << length | bits(length)
        return value - 1 << book.golomb + (book.lastRicePrefix + 1) << book.rice
    }
}

/// Rice codes up to a prefix, exponential Golomb codes beyond it (RDD 36, 7.1.1).
struct ProResCodebook {
    let lastRicePrefix, rice, golomb: Int

    /// C(L, r, e).
    init(_ lastRicePrefix: Int, _ rice: Int, _ golomb: Int) {
        (self.lastRicePrefix, self.rice, self.golomb) = (lastRicePrefix, rice, golomb)
    }

    /// EG(k).
    static func golomb(_ order: Int) -> ProResCodebook { ProResCodebook(0, order, order + 1) }

    /// By the magnitude of the difference before.
    static func dc(after difference: Int) -> ProResCodebook {
        switch abs(difference) {
        case 0: .golomb(0)
        case 1: .golomb(1)
        case 2: ProResCodebook(1, 2, 3)
        default: .golomb(3)
        }
    }

    /// By the run before.
    static func run(after run: Int) -> ProResCodebook {
        switch run {
        case 0...1: ProResCodebook(2, 0, 1)
        case 2...3: ProResCodebook(1, 0, 1)
        case 4: .golomb(0)
        case 5...8: ProResCodebook(1, 1, 2)
        case 9...14: .golomb(1)
        default: .golomb(2)
        }
    }

    /// By the magnitude of the level before.
    static func level(after level: Int) -> ProResCodebook {
        switch abs(level) {
        case 1: ProResCodebook(2, 0, 2)
        case 2: ProResCodebook(1, 0, 1)
        case 3: ProResCodebook(2, 0, 1)
        case 4: .golomb(0)
        case 5...8: .golomb(1)
        default: .golomb(2)
        }
    }

    /// The signed number that a code stands for: 0, -1, 1, -2, 2 …
    static func signed(_ code: Int) -> Int { code % 2 == 0 ? code / 2 : -(code + 1) / 2 }
}
