/// A thing that comes and goes: its presence from 0 to 1 as a function of time, smooth and continuous at every change.
package struct FadeSchedule: Hashable, Sendable {
    private struct Change: Hashable, Sendable {
        let time: Double
        let start: Double
        let isShown: Bool
    }

    private let duration: Double
    private var changes: [Change]

    /// Makes a thing that is there, or not, since ever; a whole change takes `duration` seconds.
    package init(isShown: Bool, duration: Double = 0.24) {
        self.duration = max(1e-3, duration)
        changes = [Change(time: -.infinity, start: isShown ? 1 : 0, isShown: isShown)]
    }

    /// True when it is there in the end.
    package var isShown: Bool { changes.last?.isShown ?? false }

    /// Lets it come or go from `time` on, not before the change asked for last.
    package mutating func append(_ isShown: Bool, at time: Double) {
        guard isShown != self.isShown else { return }
        changes.append(Change(time: time, start: line(at: time), isShown: isShown))
    }

    /// Changes kept.
    package var count: Int { changes.count }

    /// Takes back all but the first `count` changes kept.
    package mutating func truncate(to count: Int) { changes.removeLast(max(0, changes.count - max(1, count))) }

    /// Forgets changes that were over before `time`.
    ///
    /// - Returns: how many were forgotten.
    @discardableResult
    package mutating func forget(before time: Double) -> Int {
        guard let kept = changes.lastIndex(where: { $0.time + duration <= time }), kept > 0 else { return 0 }
        changes.removeFirst(kept)
        return kept
    }

    /// 0 is gone, 1 is there.
    package func presence(at time: Double) -> Double {
        let linear = line(at: time)
        return linear * linear * (3 - 2 * linear)
    }

    private func line(at time: Double) -> Double {
        var (low, high) = (0, changes.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if changes[middle].time <= time { low = middle } else { high = middle }
        }
        let change = changes[low]
        guard change.time > -.infinity else { return change.start }
        let travelled = max(0, time - change.time) / duration
        return change.isShown ? min(1, change.start + travelled) : max(0, change.start - travelled)
    }
}
