import Drawing
import Glibc
import Media

/// Draws a template again whenever one of its files is saved, for `fanpai watch`.
///
/// The picture at `output` is always a whole one: the last that could be drawn. Between saves fonts, order data and pictures stay loaded.
public struct TemplateWatch: Sendable {
    /// What happens while a template is watched.
    public enum Event: Sendable {
        /// An output is about to be written: the program must not end under its hands.
        case writing
        /// The output shows the files as they are; how long that took since a change was seen, and what is doubtful.
        case shown(milliseconds: Int, warnings: [String])
        /// The files cannot be drawn; `hasPicture` tells whether an earlier picture stays.
        case failed(FanpaiError, hasPicture: Bool)
    }

    /// How often files are looked at.
    private static let pause: UInt32 = 100_000
    /// How long files must have been left alone; a save takes several steps.
    private static let settling: UInt32 = 30_000

    private let request: FilmRequest
    private let home: Home
    private let output: String
    private let moment: Int64?
    private let length: Int64
    private let profile: Profile?
    private let folder: String

    /// True when the output is a video, and not a still.
    public var isClip: Bool { profile != nil }

    /// Prepares to watch.
    ///
    /// - Parameters:
    ///   - output: a `.png` file for a still, a file that a video profile writes for a clip of half the size.
    ///   - moment: the moment of the film in microseconds that the still shows or the clip begins with; without one, a still shows the
    ///     middle of the longest scene, where what enters has entered, and a clip begins with the film.
    ///   - length: how much of the film a clip shows, in microseconds.
    /// - Throws: `FanpaiError` with code `missingInput` when there is no such template, `usage` when nothing writes such an output.
    public init(
        _ request: FilmRequest, home: Home, output: String, at moment: Int64? = nil, length: Int64 = 4_000_000
    ) throws(FanpaiError) {
        folder = try home.folder(ofTemplate: request.template)
        (self.home, self.output, self.moment, self.length) = (home, output, moment, length)
        var request = request
        if output.lowercased().hasSuffix(".png") {
            profile = nil
        } else {
            guard output != "-", !output.hasPrefix("tcp://"), !output.hasSuffix("/") else {
                throw FanpaiError(
                    .usage, "-o: “\(UserText.short(output))” is not one file",
                    remedy: "end its name in .png for a still or .mp4 for a clip")
            }
            do { profile = try Profile.default(forDestination: output) } catch { throw FanpaiError(error) }
            request.isHalfSize = request.size == nil
        }
        self.request = request
    }

    /// Draws, and draws again after every change, until it is cancelled; on the calling thread.
    ///
    /// - Parameter report: called on the same thread.
    /// - Throws: `FanpaiError` with code `cancelled` at the end; what cannot be mended by editing files (a wrong option, an output that
    ///   cannot be created) when the first picture meets it.
    public func run(_ cancellation: Cancellation, _ report: (Event) -> Void) throws(FanpaiError) {
        let loaded = LoadedFiles()
        let manifest = isClip ? [output + ".json"] : []
        let files = WatchedFiles(
            folder: folder, others: request.orders + [request.brand].compactMap { $0 }, outputs: [output] + manifest)
        let state = Monitor(State())
        cancellation.onCancel { state.withLock { $0.job?.cancel() } }
        let watcher = try WorkerThread { Self.watch(files, state) }
        defer {
            state.withLock { $0.isOver = true }
            watcher.join()
        }
        var hasPicture = false
        var isFirst = true
        while true {
            let job = Cancellation()
            let change = state.wait(milliseconds: 200) { state -> Stopwatch? in
                guard let change = state.change else { return nil }
                (state.change, state.job) = (nil, job)
                return change
            }
            try cancellation.check()
            guard let change else { continue }
            do throws(FanpaiError) {
                let film = try Film(request, home: home, cancellation: job, loaded: loaded)
                state.withLock { $0.inputs = film.origin.inputs }
                report(.writing)
                try draw(film, job)
                hasPicture = true
                report(.shown(milliseconds: Int(change.nanoseconds / 1_000_000), warnings: film.warnings))
            } catch {
                try cancellation.check()
                // A newer change made this picture worthless.
                if error.code == .cancelled { continue }
                if isFirst, error.code != .data { throw error }
                report(.failed(error, hasPicture: hasPicture))
            }
            isFirst = false
        }
    }

    private func draw(_ film: Film, _ job: Cancellation) throws(FanpaiError) {
        guard isClip else { return try film.writeStill(at: moment ?? film.fullMoment, to: output) }
        let moment = moment ?? 0
        let (count, rate) = (film.source.frameCount, film.source.rate)
        let first = try film.frame(at: moment)
        let end = (FrameTime(atOrAfterMicroseconds: moment + length, rate: rate).ticks + 63) >> 6
        var options = RenderOptions()
        options.frames = first..<min(count, max(first + 1, end))
        options.cancellation = job
        try film.render(to: output, options)
    }

    /// Looks at the files until the end; a change that is seen stops the job that shows what was before.
    private static func watch(_ files: WatchedFiles, _ state: Monitor<State>) {
        var files = files
        while true {
            usleep(pause)
            let (inputs, isOver) = state.withLock { state in
                defer { state.inputs = [] }
                return (state.inputs, state.isOver)
            }
            if isOver { return }
            files.watch(inputs)
            guard files.haveChanged() else { continue }
            let change = Stopwatch()
            // A save is over when nothing happens any more; one that never ends must not keep the picture back for ever.
            for _ in 0..<20 {
                usleep(settling)
                if !files.haveChanged() { break }
            }
            state.withLock { state in
                state.change = change
                state.job?.cancel()
            }
        }
    }

    private struct State {
        /// When a change was seen that nobody has drawn yet; the first picture is one.
        var change: Stopwatch? = Stopwatch()
        /// What stops the job that runs.
        var job: Cancellation?
        /// Files that the last film was made from, for the watcher to look at.
        var inputs: [String] = []
        var isOver = false
    }
}
