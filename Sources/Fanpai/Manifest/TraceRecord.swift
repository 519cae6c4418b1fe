import Motion
import Orders

/// The part of a manifest that says which orders stand behind each frame, by their trace codes: the first eight characters of
/// base32(HMAC-SHA256(project key, order id)), which tell nothing to whoever has no key.
///
///     "numbers": [{"measures": ["sold"], "counting": "net", "of": "orders", "steps": ["0 +K7Q2M9XA", "12 +A2B3C4D5 -K7Q2M9XA"]}],
///     "shown": ["K7Q2M9XA 12..45"]
///
/// A step names a frame of the film and what its number counts from there on (+) or no longer (-); what is shown has the frames in which it is
/// seen, up to, but not including, the last number.
struct TraceRecord: Hashable {
    /// What numbers count alike.
    struct Numbers: Hashable {
        let measures: [String]
        let counting: String
        let isRefunds: Bool
        let steps: [Step]
    }

    /// Orders that come and go with a frame.
    struct Step: Hashable {
        let frame: Int
        var counted: [String] = []
        var gone: [String] = []
    }

    /// An order that is shown as itself.
    struct Showing: Hashable {
        let code: String
        let frames: Range<Int>
    }

    let numbers: [Numbers]
    let shown: [Showing]

    /// Takes over what a composition says.
    init(_ trace: CompositionTrace) {
        numbers = trace.numbers.map { numbers in
            var steps: [Step] = []
            for change in numbers.changes {
                if steps.last?.frame != change.frame { steps.append(Step(frame: change.frame)) }
                if change.isCounted {
                    steps[steps.count - 1].counted.append(change.code)
                } else {
                    steps[steps.count - 1].gone.append(change.code)
                }
            }
            return Numbers(
                measures: numbers.measures, counting: numbers.counting.rawValue, isRefunds: numbers.isRefunds,
                steps: steps)
        }
        shown = trace.shown.map { Showing(code: $0.code, frames: $0.frames) }
    }

    /// The part of the document.
    var json: OrderedJSON {
        .object([
            "numbers": .array(
                numbers.map { numbers in
                    .object([
                        "measures": .array(numbers.measures.map { .text($0) }), "counting": .text(numbers.counting),
                        "of": .text(numbers.isRefunds ? "refunds" : "orders"),
                        "steps": .array(numbers.steps.map { .text($0.text) }),
                    ])
                }),
            "shown": .array(shown.map { .text("\($0.code) \($0.frames.lowerBound)..\($0.frames.upperBound)") }),
        ])
    }
}

extension TraceRecord.Step {
    fileprivate var text: String {
        var text = "\(frame)"
        text.reserveCapacity(12 + 10 * (counted.count + gone.count))
        for code in counted { text += " +" + code }
        for code in gone { text += " -" + code }
        return text
    }
}

extension TraceRecord {
    /// Reads the part of a manifest.
    ///
    /// - Throws: `FanpaiError` with code `data` that names what is wrong in it.
    init(_ manifest: SavedManifest) throws(FanpaiError) {
        guard manifest.part("trace") != nil else {
            throw FanpaiError(
                .data, "does not say which orders stand behind its frames: an older fanpai wrote it",
                remedy: "render the film again", location: manifest.path)
        }
        guard case .array(let groups)? = manifest.part("trace.numbers") else {
            throw manifest.fault("trace.numbers", "is no list")
        }
        var numbers: [Numbers] = []
        for (index, group) in groups.enumerated() {
            numbers.append(try Self.numbers(group, "trace.numbers[\(index)]", manifest))
        }
        guard case .array(let entries)? = manifest.part("trace.shown") else {
            throw manifest.fault("trace.shown", "is no list")
        }
        var shown: [Showing] = []
        for (index, entry) in entries.enumerated() {
            let words = Self.words(entry)
            let ends = words.count == 2 ? words[1].split(separator: ".", omittingEmptySubsequences: false) : []
            guard words.count == 2, Self.isCode(words[0]), ends.count == 3, ends[1].isEmpty,
                let first = Self.frame(ends[0]), let end = Self.frame(ends[2]), first < end
            else { throw manifest.fault("trace.shown[\(index)]", "is no code with frames") }
            shown.append(Showing(code: String(words[0]), frames: first..<end))
        }
        (self.numbers, self.shown) = (numbers, shown)
    }

    private static func numbers(
        _ group: OrderedJSON, _ place: String, _ manifest: SavedManifest
    ) throws(FanpaiError) -> Numbers {
        guard case .array(let names)? = group["measures"], case .text(let counting)? = group["counting"],
            case .text(let kind)? = group["of"], kind == "orders" || kind == "refunds",
            case .array(let texts)? = group["steps"]
        else { throw manifest.fault(place, "lacks measures, counting, of or steps") }
        var measures: [String] = []
        for name in names {
            guard case .text(let text) = name else { throw manifest.fault(place, "has a measure without a name") }
            measures.append(text)
        }
        var steps: [Step] = []
        for (index, text) in texts.enumerated() {
            let words = words(text)
            guard let first = words.first, let frame = frame(first), frame > steps.last?.frame ?? -1 else {
                throw manifest.fault("\(place).steps[\(index)]", "does not begin with a later frame")
            }
            var step = Step(frame: frame)
            for word in words.dropFirst() {
                guard let sign = word.first, sign == "+" || sign == "-", isCode(word.dropFirst()) else {
                    throw manifest.fault("\(place).steps[\(index)]", "has something that is no trace code")
                }
                if sign == "+" {
                    step.counted.append(String(word.dropFirst()))
                } else {
                    step.gone.append(String(word.dropFirst()))
                }
            }
            steps.append(step)
        }
        return Numbers(measures: measures, counting: counting, isRefunds: kind == "refunds", steps: steps)
    }

    private static func words(_ value: OrderedJSON) -> [Substring] {
        guard case .text(let text) = value else { return [] }
        return text.split(separator: " ", omittingEmptySubsequences: false)
    }

    private static func isCode(_ text: Substring) -> Bool {
        text.utf8.count == 8 && text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
    }

    /// A frame: up to ten digits.
    private static func frame(_ text: Substring) -> Int? {
        (1...10).contains(text.utf8.count) && text.utf8.allSatisfy({ (48...57).contains($0) }) ? Int(text) : nil
    }
}
