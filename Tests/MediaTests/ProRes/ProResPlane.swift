/// The coefficients of one plane of a slice (RDD 36, 7.1).
enum ProResPlane {
    /// Where in a block, row after row, the coefficients of the progressive scan lie.
    static let scan = [
        0, 1, 8, 9, 2, 3, 10, 11, 16, 17, 24, 25, 18, 19, 26, 27, 4, 5, 12, 20, 13, 6, 7, 14, 21, 28, 29, 22, 15, 23,
        30,
        31, 32, 33, 40, 48, 41, 34, 35, 42, 49, 56, 57, 50, 43, 36, 37, 44, 51, 58, 59, 52, 45, 38, 39, 46, 53, 60, 61,
        54,
        47, 55, 62, 63,
    ]

    static func read(_ data: ArraySlice<UInt8>, blocks: Int) -> (coefficients: [Int], faults: [String]) {
        var coefficients = [Int](repeating: 0, count: 64 * blocks)
        var bits = ProResBits(data)
        do throws(ProResBits.CutOff) {
            try readDC(&bits, &coefficients, blocks)
            let fault = try readAC(&bits, &coefficients, blocks)
            return (coefficients, fault.map { [$0] } ?? [])
        } catch {
            return (coefficients, ["ends inside of a code"])
        }
    }

    private static func readDC(
        _ bits: inout ProResBits, _ coefficients: inout [Int], _ blocks: Int
    ) throws(ProResBits.CutOff) {
        var value = ProResCodebook.signed(try bits.number(.golomb(5)))
        coefficients[0] = value
        var last = 3
        for block in 1..<blocks {
            let code = ProResCodebook.signed(try bits.number(.dc(after: last)))
            last = last < 0 ? -code : code
            value += last
            coefficients[64 * block] = value
        }
    }

    private static func readAC(
        _ bits: inout ProResBits, _ coefficients: inout [Int], _ blocks: Int
    ) throws(ProResBits.CutOff) -> String? {
        var place = blocks
        var (lastRun, lastLevel) = (4, 2)
        while !(bits.left <= 31 && bits.isRestZero) {
            let run = try bits.number(.run(after: lastRun))
            let level = try bits.number(.level(after: lastLevel)) + 1
            let sign = try bits.bit()
            place += run
            guard place < 64 * blocks else { return "a coefficient beyond the last" }
            coefficients[64 * (place % blocks) + scan[place / blocks]] = sign == 1 ? -level : level
            place += 1
            (lastRun, lastLevel) = (run, level)
        }
        return bits.left < 8 ? nil : "\(bits.left) bits of padding"
    }
}

/// The alpha of a slice (RDD 36, 7.1.2): pairs of a difference and a run.
enum ProResAlpha {
    static func read(
        _ data: ArraySlice<UInt8>, count: Int, bits depth: Int
    ) -> (samples: [Int], faults: [(ProResFrame.Finding.Kind, String)]) {
        var bits = ProResBits(data)
        var samples: [Int] = []
        var faults: [(ProResFrame.Finding.Kind, String)] = []
        let mask = 1 << depth - 1
        var value = -1
        do throws(ProResBits.CutOff) {
            while samples.count < count {
                if try bits.bit() == 1 {
                    value = (value + (try bits.bits(depth))) & mask
                } else {
                    let size = try bits.bits(depth == 16 ? 6 : 3) + 1
                    value += try bits.bit() == 1 ? -size : size
                    if !(0...mask).contains(value) {
                        faults.append((.alphaWrap, "a short difference leaves the range at sample \(samples.count)"))
                        value &= mask
                    }
                }
                // A sample by itself and zeros: the pair has no second half.
                if samples.count == count - 1, bits.left < 8, bits.isRestZero {
                    faults.append((.alphaRun, "no run after the last difference"))
                    samples.append(value)
                    return (samples, faults)
                }
                let run = try Self.run(&bits)
                guard run > 0, samples.count + run <= count else {
                    faults.append((.alphaRun, "a run of \(run) where \(count - samples.count) samples are left"))
                    return (samples, faults)
                }
                samples += repeatElement(value, count: run)
            }
        } catch {
            faults.append((.alphaRun, "ends after \(samples.count) of \(count) samples"))
            return (samples, faults)
        }
        if bits.left >= 8 || !bits.isRestZero { faults.append((.alpha, "\(bits.left) bits behind the last run")) }
        return (samples, faults)
    }

    private static func run(_ bits: inout ProResBits) throws(ProResBits.CutOff) -> Int {
        if try bits.bit() == 1 { return 1 }
        let short = try bits.bits(4)
        // Five zeros: eleven bits follow.
        return short > 0 ? short + 1 : try bits.bits(11) + 1
    }
}
