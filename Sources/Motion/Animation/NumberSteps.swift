package import Drawing

/// A number that changes in steps: a measure, or what a template declares.
package enum NumberSteps: Sendable {
    /// A measure of the feed, by video time; 0 before the first event.
    case measure(MeasureIndex)
    /// A stock of the feed, by video time, and what is known of it before the first event.
    case stock(MeasureIndex, before: Int64)
    /// Declared steps in order of video time; 0 before the first.
    case declared([(time: FrameTime, value: Int64)])

    /// The number at a moment.
    package func value(at time: FrameTime, in tracks: [MeasureTrack]) -> Int64 {
        switch self {
        case .measure(let measure): return tracks[measure.ordinal].value(at: time)
        case .stock(let measure, let before):
            let track = tracks[measure.ordinal]
            return track.firstStep(after: time) == 0 ? before : track.value(at: time)
        case .declared(let steps):
            let next = first(after: time, in: tracks)
            return next == 0 ? 0 : steps[next - 1].value
        }
    }

    /// How many steps there are.
    package func count(in tracks: [MeasureTrack]) -> Int {
        switch self {
        case .measure(let measure), .stock(let measure, _): tracks[measure.ordinal].stepCount
        case .declared(let steps): steps.count
        }
    }

    /// A step by its ordinal.
    package func step(_ index: Int, in tracks: [MeasureTrack]) -> (time: FrameTime, value: Int64) {
        switch self {
        case .measure(let measure), .stock(let measure, _): tracks[measure.ordinal].step(index)
        case .declared(let steps): steps[index]
        }
    }

    /// The ordinal of the first step after a moment.
    package func first(after time: FrameTime, in tracks: [MeasureTrack]) -> Int {
        switch self {
        case .measure(let measure), .stock(let measure, _): return tracks[measure.ordinal].firstStep(after: time)
        case .declared(let steps):
            var (low, high) = (0, steps.count)
            while low < high {
                let middle = (low + high) / 2
                if steps[middle].time <= time { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}

/// A number in steps that glides from each value to the next: the mean of what it was over a short span before.
///
/// Since it is a mean with a window that opens and closes smoothly, it lies between the smallest and the largest value of the span,
/// never turns back while the number does not, is the number itself once that has rested for the span, and knows nothing of
/// what comes after: appending events changes no moment before them, and there is no state to append to. A moment costs the steps of the span,
/// at most 64 a frame.
package struct NumberGlide: Sendable {
    /// What glides.
    package let steps: NumberSteps
    /// How long a step takes, in 1/64 frames; 0 jumps.
    package let span: Int
    /// The moment from which it glides: before it, the number stood.
    package let start: FrameTime
    /// The number before `start`; nil: what the steps say at `start`.
    package let first: Int64?

    package init(_ steps: NumberSteps, span: FrameTime, start: FrameTime, from first: Int64? = nil) {
        (self.steps, self.span, self.start, self.first) = (steps, max(0, span.ticks), start, first)
    }

    /// The number at a moment of the video, each step read as `reading` has it.
    package func value(
        at time: FrameTime, in tracks: [MeasureTrack], reading: (Int64) -> Int64 = { $0 }
    ) -> Double {
        guard time >= start else { return Double(reading(first ?? steps.value(at: start, in: tracks))) }
        var open = FrameTime(ticks: time.ticks - span)
        var last: Int64
        var sum: Double
        if open < start {
            open = start
            last = reading(steps.value(at: start, in: tracks))
            sum = Double(last)
            if let first {
                // The first step of all: from the number that the template gave.
                let from = reading(first)
                sum = Double(from) + Double(last - from) * part(time.ticks - start.ticks)
            }
        } else {
            last = reading(steps.value(at: open, in: tracks))
            sum = Double(last)
        }
        let count = steps.count(in: tracks)
        var index = steps.first(after: open, in: tracks)
        while index < count {
            let step = steps.step(index, in: tracks)
            if step.time > time { break }
            let next = reading(step.value)
            sum += Double(next - last) * part(time.ticks - step.time.ticks)
            last = next
            index += 1
        }
        return sum
    }

    /// How much of a step is done after so many ticks: starts at rest, is fastest after a third, and comes to rest softly.
    private func part(_ ticks: Int) -> Double {
        guard ticks < span else { return 1 }
        let rest = 1 - Double(ticks) / Double(span)
        return 1 - rest * rest * rest * (4 - 3 * rest)
    }
}
