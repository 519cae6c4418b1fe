import Drawing
import Orders

/// Which orders stand behind a moment of a finished film, and whether a given one is among them.
public struct FilmTrace: Sendable {
    /// What numbers count at the moment.
    struct Counted: Hashable {
        let measures: [String]
        let counting: String
        let isRefunds: Bool
        /// In the order in which they came.
        let codes: [String]
    }

    /// When numbers count an order, in frames of the film; an open end is the film's.
    struct Span: Hashable {
        let measures: [String]
        let counting: String
        let isRefunds: Bool
        let frames: Range<Int>
    }

    /// What was asked of one order.
    struct Answer: Hashable {
        let code: String
        let counted: [Span]
        let shown: [Range<Int>]
        /// What a person should know of the answer; nil when there is nothing.
        let note: String?
    }

    let path: String
    let microseconds: Int64
    let rate: FrameRate
    /// The frame in the film as it was resolved, and those that the file holds.
    let frame: Int
    let frames: Range<Int>
    let counted: [Counted]
    let shown: [String]
    let answer: Answer?

    /// Looks a moment up in the manifest of a film, after a comparison of the two.
    ///
    /// - Parameters:
    ///   - manifestPath: nil is `FILE.json`.
    ///   - microseconds: the moment in the file.
    ///   - order: a trace code, a pseudonym, or an order's id in the shop.
    ///   - keyFile: the project key of the film, to find ids of the shop by; nil is that of the environment or of the user.
    /// - Throws: `FanpaiError`: `data` when film and manifest do not belong together, the manifest cannot be read, or the key is another one's;
    ///   `usage` when the film is over by then; `missingInput` for what is not there.
    public init(
        of path: String, manifest manifestPath: String? = nil, at microseconds: Int64, order: String? = nil,
        keyFile: String? = nil
    ) throws(FanpaiError) {
        let verification = try FilmVerification(of: path, manifest: manifestPath)
        if let problem = verification.problems.first {
            throw FanpaiError(
                .data, "does not agree with \(FileAccess.name(of: verification.manifestPath)): \(problem)",
                remedy: "trace the film that was rendered; fanpai verify says more", location: path)
        }
        try self.init(verification.manifest, path: path, at: microseconds, order: order, keyFile: keyFile)
    }

    init(
        _ manifest: SavedManifest, path: String, at microseconds: Int64, order: String?, keyFile: String?
    ) throws(FanpaiError) {
        let count = try manifest.count("output.frames")
        let first = try manifest.count("output.firstFrame")
        let rateText = try manifest.text("output.rate")
        guard let rate = try? FrameRate(parsing: rateText) else {
            throw manifest.fault("output.rate", "is no rate of frames")
        }
        let place = FrameTime(atOrAfterMicroseconds: microseconds + 1, rate: rate).ticks.advanced(by: -1) >> 6
        guard place < count else {
            let end = FrameTime(frame: count).microseconds(at: rate)
            throw FanpaiError(
                .usage, "--at: the film is over by then",
                remedy: "it lasts \(Self.seconds(end)), \(count) frames", location: path)
        }
        let record = try TraceRecord(manifest)
        let frame = first + place
        (self.path, self.microseconds, self.rate, self.frame) = (path, microseconds, rate, frame)
        frames = first..<first + count
        counted = record.numbers.map { numbers in
            Counted(
                measures: numbers.measures, counting: numbers.counting, isRefunds: numbers.isRefunds,
                codes: numbers.codes(at: frame))
        }
        shown = record.shown.filter { $0.frames.contains(frame) }.map(\.code)
        answer = try order.map { (text) throws(FanpaiError) in
            try Self.answer(text, record, manifest, end: first + count, keyFile: keyFile)
        }
    }

    /// Whether the order that was asked for stands behind the frame; nil when none was.
    public var isAmong: Bool? {
        answer.map { answer in
            answer.counted.contains { $0.frames.contains(frame) } || answer.shown.contains { $0.contains(frame) }
        }
    }

    private static func answer(
        _ text: String, _ record: TraceRecord, _ manifest: SavedManifest, end: Int, keyFile: String?
    ) throws(FanpaiError) -> Answer {
        var code: String
        var note: String?
        if let known = OrderID(pseudonym: text) ?? Self.typed(text, in: record) {
            code = known.traceCode
        } else {
            let key = try key(of: manifest, keyFile)
            do { code = try key.order(named: text).traceCode } catch {
                throw FanpaiError(.usage, "--order: \(error.what)", remedy: error.remedy)
            }
            if manifest.part("orders.rowsStandFor") == .text("events") {
                note = "the film was made from an order log, whose codes are those of the key that wrote the log"
            }
        }
        let spans = record.numbers.flatMap { numbers in
            numbers.spans(of: code, end: end).map {
                Span(measures: numbers.measures, counting: numbers.counting, isRefunds: numbers.isRefunds, frames: $0)
            }
        }
        let shown = record.shown.filter { $0.code == code }.map(\.frames)
        return Answer(code: code, counted: spans, shown: shown, note: spans.isEmpty && shown.isEmpty ? note : nil)
    }

    /// A trace code that was typed in small letters: of such an id the shop may have one, so that only a code of the film counts.
    private static func typed(_ text: String, in record: TraceRecord) -> OrderID? {
        guard let id = OrderID(pseudonym: text.uppercased()) else { return nil }
        let isKnown =
            record.shown.contains { $0.code == id.traceCode }
            || record.numbers.contains { $0.steps.contains { $0.counted.contains(id.traceCode) } }
        return isKnown ? id : nil
    }

    /// The key under which the film's codes were made. None is made here: a new one would find nothing.
    private static func key(of manifest: SavedManifest, _ file: String?) throws(FanpaiError) -> ProjectKey {
        guard manifest.part("orders") != nil else {
            throw FanpaiError(
                .data, "has no order data", remedy: "trace a film that was made from orders", location: manifest.path)
        }
        let fingerprint = try manifest.text("orders.keyFingerprint")
        let named = file ?? Home.variable("FANPAI_KEY_FILE")
        if named == nil, fingerprint == ProjectKey.demo.fingerprint { return .demo }
        let key: ProjectKey
        do {
            let path = try named ?? OrderImport.standardKeyPath()
            guard named != nil || FileAccess.kind(of: path) != nil else {
                throw FanpaiError(
                    .missingInput, "there is no project key here",
                    remedy: "name the film's with --key, or give a trace code")
            }
            key = try ProjectKey(file: path)
        } catch {
            throw FanpaiError(error)
        }
        guard key.fingerprint == fingerprint else {
            throw FanpaiError(
                .data,
                "was made with the project key \(UserText.short(fingerprint)), and this one is \(key.fingerprint)",
                remedy: "name the film's with --key, or give a trace code", location: manifest.path)
        }
        return key
    }

    static func seconds(_ microseconds: Int64) -> String {
        let hundredths = microseconds / 10_000
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)s"
    }
}

extension TraceRecord.Numbers {
    /// What is counted at a frame, in the order in which it came.
    func codes(at frame: Int) -> [String] {
        var codes: [String?] = []
        // Two orders may have one code.
        var places: [String: [Int]] = [:]
        for step in steps {
            guard step.frame <= frame else { break }
            for code in step.counted {
                places[code, default: []].append(codes.count)
                codes.append(code)
            }
            for code in step.gone { if let place = places[code]?.popLast() { codes[place] = nil } }
        }
        return codes.compactMap { $0 }
    }

    /// The frames in which a code is counted.
    func spans(of code: String, end: Int) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var start: Int?
        var count = 0
        for step in steps {
            for other in step.counted where other == code { count += 1 }
            for other in step.gone where other == code { count -= 1 }
            if count > 0, start == nil { start = step.frame }
            if count <= 0, let from = start {
                if from < step.frame { spans.append(from..<step.frame) }
                start = nil
            }
        }
        if let start, start < end { spans.append(start..<end) }
        return spans
    }
}
