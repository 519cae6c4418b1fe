import Fanpai
import Glibc
import Synchronization

/// Shows how far a job is on standard error: a bar on a terminal, a line every two seconds elsewhere.
final class ProgressLine: Sendable {
    /// Seconds of the last shown progress, and whether it was the end; negative before the first.
    private let shown = Mutex((seconds: -1.0, isEnd: false))
    private let isTerminal = StandardStreams.isErrorTerminal
    /// What is counted, and how its speed is written.
    private let unit: String
    private let rate: String

    init(unit: String = "frame", rate: String = "fps") { (self.unit, self.rate) = (unit, rate) }

    /// Shows a progress, unless the last one was shown just now.
    func show(_ progress: RenderProgress) {
        let isEnd = progress.framesDone == progress.framesTotal
        let isDue = shown.withLock { last in
            let pause = isTerminal ? 0.1 : 2.0
            guard !last.isEnd, isEnd || progress.seconds - max(last.seconds, 0) >= pause else { return false }
            last = (progress.seconds, isEnd)
            return true
        }
        guard isDue else { return }
        let text = text(progress)
        if isTerminal {
            StandardStreams.note("\r\u{1B}[K" + Self.bar(progress, width: 28) + " " + text + (isEnd ? "\n" : ""))
        } else {
            StandardStreams.note(text + "\n")
        }
    }

    /// Leaves the bar's line, so that a message starts on a fresh one.
    func interrupt() {
        if isTerminal, shown.withLock({ $0.seconds >= 0 && !$0.isEnd }) { StandardStreams.note("\n") }
    }

    static func bar(_ progress: RenderProgress, width: Int) -> String {
        let full = progress.framesTotal > 0 ? progress.framesDone * width / progress.framesTotal : 0
        return "[" + String(repeating: "=", count: full) + String(repeating: " ", count: width - full) + "]"
    }

    func text(_ progress: RenderProgress) -> String {
        let tenths = Int(progress.framesPerSecond * 10)
        var text = "\(unit) \(progress.framesDone)/\(progress.framesTotal), \(tenths / 10).\(tenths % 10) \(rate)"
        if progress.framesDone < progress.framesTotal, let left = progress.secondsLeft {
            let seconds = Int(left.rounded(.up))
            text += ", \(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60) left"
        }
        return text
    }
}
