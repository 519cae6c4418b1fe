package import Drawing
internal import Orders

/// A moment at which a marker was passed.
package struct MarkerPass: Hashable, Sendable {
    /// In the whole video; before its first moment for what was passed before.
    package let time: FrameTime
    /// What was passed: the number of the template, or the multiple; fen for money. 0 for a marker of no measure.
    package let value: Int64

    package init(time: FrameTime, value: Int64) { (self.time, self.value) = (time, value) }
}

/// The moments at which a measure passes something: a left fold over its steps.
///
/// Appending changes no moment before the appended events. Falling back and rising again, as refunds make a count do, passes nothing a
/// second time; of several multiples that one step passes the highest counts.
package struct MarkerTrack: Sendable {
    /// What is passed, in the measure's own unit.
    package enum Rule: Hashable, Sendable {
        case passes(Int64)
        case falls(Int64)
        case every(Int64)

        /// The rule of a template; `factor` makes its numbers those of the measure.
        init(_ rule: MarkerSpecification.Rule, factor: Double) {
            switch rule {
            case .passes(let number): self = .passes(Int64((number * factor).rounded(.up)))
            case .falls(let number): self = .falls(Int64((number * factor).rounded(.down)))
            case .every(let number): self = .every(max(1, Int64((number * factor).rounded(.up))))
            }
        }
    }

    private struct Entry: Sendable {
        let step: Int
        let pass: MarkerPass
    }

    /// Its name in the template.
    package let name: String
    private let rule: Rule
    private var entries = ChunkList<Entry>()

    package init(name: String, rule: Rule) { (self.name, self.rule) = (name, rule) }

    /// How often it was passed.
    package var count: Int { entries.count }

    /// A pass by its ordinal.
    package subscript(index: Int) -> MarkerPass { entries[index].pass }

    /// The last pass that is not after a moment.
    package func latest(at time: FrameTime) -> MarkerPass? {
        let count = entries.partition { $0.pass.time <= time }
        return count == 0 ? nil : entries[count - 1].pass
    }

    /// The first pass that is not before a moment.
    package func first(from time: FrameTime) -> MarkerPass? {
        let index = entries.partition { $0.pass.time < time }
        return index == entries.count ? nil : entries[index].pass
    }

    /// Takes in the steps of the measure from `first` on, which are new or different. Costs in proportion to them.
    mutating func fold(_ series: borrowing MeasureSeries, from first: Int) {
        while let last = entries.last, last.step >= first { entries.removeLast() }
        for index in first..<max(first, series.stepCount) {
            let step = series.step(index)
            let value: Int64
            switch rule {
            case .passes(let goal):
                guard entries.count == 0 else { return }
                guard step.value >= goal else { continue }
                value = goal
            case .falls(let goal):
                guard entries.count == 0 else { return }
                guard step.value <= goal, index > 0, series.step(index - 1).value > goal else { continue }
                value = goal
            case .every(let goal):
                value = step.value / goal * goal
                guard value > entries.last?.pass.value ?? 0 else { continue }
            }
            let time = FrameTime(ticks: Int(clamping: step.position))
            entries.append(Entry(step: index, pass: MarkerPass(time: time, value: value)))
        }
    }
}

/// A marker of a composition, found at resolve.
package enum MarkerReference: Hashable, Sendable {
    /// A moment that is known; nil: it is never.
    case known(FrameTime?)
    /// A marker of a measure: their ordinals.
    case measured(track: Int, marker: Int)

    /// True when nobody knows it before.
    package var isMeasured: Bool { if case .measured = self { true } else { false } }

    /// The last pass that is not after a moment.
    package func latest(at time: FrameTime, in tracks: [MeasureTrack]) -> MarkerPass? {
        switch self {
        case .known(let moment?) where moment <= time: MarkerPass(time: moment, value: 0)
        case .known: nil
        case .measured(let track, let marker): tracks[track].markers[marker].latest(at: time)
        }
    }

    /// The first pass that is not before a moment.
    package func first(from time: FrameTime, in tracks: [MeasureTrack]) -> MarkerPass? {
        switch self {
        case .known(let moment?) where moment >= time: MarkerPass(time: moment, value: 0)
        case .known: nil
        case .measured(let track, let marker): tracks[track].markers[marker].first(from: time)
        }
    }
}
