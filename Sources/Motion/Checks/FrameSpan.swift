/// In which frames something holds.
package enum FrameSpan {
    /// The most frames that are looked at one by one; of more every second, third … is, and the edges are then found by halving.
    package static let most = 600

    /// Frames to look at: all of them, or evenly spread ones with the first and the last.
    package static func samples(of frames: Range<Int>) -> [Int] {
        guard let last = frames.last else { return [] }
        let step = max(1, (frames.count + most - 1) / most)
        var samples = Array(stride(from: frames.lowerBound, to: last, by: step))
        samples.append(last)
        return samples
    }

    /// The first and the last frame in which something holds; nil when it holds in none of the samples.
    package static func holding(in frames: Range<Int>, _ holds: (Int) -> Bool) -> ClosedRange<Int>? {
        let samples = samples(of: frames)
        return edges(samples.filter(holds), among: samples, holds)
    }

    /// The same with samples that are known to hold already; exact to the frame where it begins and ends once between two samples.
    package static func edges(_ held: [Int], among samples: [Int], _ holds: (Int) -> Bool) -> ClosedRange<Int>? {
        guard var first = held.first, var last = held.last else { return nil }
        // Never holds at `outer`, holds at `inner`.
        if var outer = samples.last(where: { $0 < first }) {
            while first - outer > 1 {
                let middle = (first + outer) / 2
                if holds(middle) { first = middle } else { outer = middle }
            }
        }
        if var outer = samples.first(where: { $0 > last }) {
            while outer - last > 1 {
                let middle = (last + outer) / 2
                if holds(middle) { last = middle } else { outer = middle }
            }
        }
        return first...last
    }
}
