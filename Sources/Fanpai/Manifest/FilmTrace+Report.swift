import Drawing

extension FilmTrace {
    /// The answer for people.
    public var text: String {
        var lines = ["\(path) at \(Self.seconds(microseconds)): frame \(frame)"]
        if let answer {
            lines.append("order \(answer.code): \(isAmong == true ? "stands behind it" : "does not stand behind it")")
            for span in answer.counted {
                lines.append("  counted  \(times(span.frames))  \(name(span.measures, span.counting, span.isRefunds))")
            }
            for frames in answer.shown { lines.append("  shown    \(times(frames))") }
            if answer.counted.isEmpty, answer.shown.isEmpty { lines.append("  nor behind any other frame of the film") }
            if let note = answer.note { lines.append("  note     \(note)") }
            return lines.joined(separator: "\n") + "\n"
        }
        for group in counted {
            lines.append("counted \(group.codes.count)  \(name(group.measures, group.counting, group.isRefunds))")
            lines += rows(group.codes)
        }
        if counted.isEmpty { lines.append("no number counts orders") }
        if !shown.isEmpty {
            lines.append("shown \(shown.count)")
            lines += rows(shown)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func name(_ measures: [String], _ counting: String, _ isRefunds: Bool) -> String {
        let names = measures.isEmpty ? "orders shown one by one" : measures.joined(separator: ", ")
        return UserText.short("\(names) (\(counting)\(isRefunds ? ", refunds" : ""))")
    }

    /// Times in the file, from the first that shows it.
    private func times(_ span: Range<Int>) -> String {
        func time(_ frame: Int) -> String {
            Self.seconds(FrameTime(frame: max(0, frame - frames.lowerBound)).microseconds(at: rate))
        }
        let end = span.upperBound >= frames.upperBound ? "to the end" : "to \(time(span.upperBound))"
        return "from \(time(span.lowerBound)) \(end)"
    }

    private func rows(_ codes: [String]) -> [String] {
        stride(from: 0, to: codes.count, by: 10).map {
            "  " + codes[$0..<min(codes.count, $0 + 10)].joined(separator: " ")
        }
    }

    /// The answer for programs; frames are those of the film as it was resolved.
    public var json: OrderedJSON {
        func codes(_ codes: [String]) -> OrderedJSON { .array(codes.map { .text($0) }) }
        return .object([
            "file": .text(path), "microseconds": .integer(microseconds), "frame": .integer(Int64(frame)),
            "counted": .array(
                counted.map { group in
                    .object([
                        "measures": codes(group.measures), "counting": .text(group.counting),
                        "of": .text(group.isRefunds ? "refunds" : "orders"),
                        "orders": .integer(Int64(group.codes.count)),
                        "codes": codes(group.codes),
                    ])
                }),
            "shown": codes(shown),
            "order": answer.map { answer in
                .object([
                    "code": .text(answer.code), "among": .bool(isAmong == true),
                    "counted": .array(
                        answer.counted.map {
                            .object([
                                "measures": codes($0.measures), "counting": .text($0.counting),
                                "of": .text($0.isRefunds ? "refunds" : "orders"),
                                "from": .integer(Int64($0.frames.lowerBound)),
                                "until": .integer(Int64($0.frames.upperBound)),
                            ])
                        }),
                    "shown": .array(
                        answer.shown.map {
                            .object([
                                "from": .integer(Int64($0.lowerBound)), "until": .integer(Int64($0.upperBound)),
                            ])
                        }),
                    "note": answer.note.map { .text($0) },
                ])
            },
        ])
    }
}
