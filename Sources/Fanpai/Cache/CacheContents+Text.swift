extension CacheContents {
    /// The contents for people.
    public var text: String {
        TextTable.aligned([
            ["folder", path],
            ["segments", Self.number(segments)],
            ["keys", Self.number(keys)],
            ["size", Self.size(bytes)],
            ["at most", Self.size(maximumBytes)],
        ])
    }

    /// The contents for programs.
    public var json: OrderedJSON {
        .object([
            "folder": .text(path), "segments": .integer(Int64(segments)), "keys": .integer(Int64(keys)),
            "bytes": .integer(Int64(bytes)), "maximumBytes": .integer(Int64(maximumBytes)),
        ])
    }

    fileprivate static func number(_ value: Int) -> String { "\(value)" }

    /// `3.2 MiB`.
    fileprivate static func size(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), "bytes")
        for larger in ["KiB", "MiB", "GiB", "TiB"] where value >= 1024 { (value, unit) = (value / 1024, larger) }
        return unit == "bytes" ? "\(bytes) bytes" : "\(BenchFigures.fixed(value, digits: 1)) \(unit)"
    }
}

extension CacheContents.Removal {
    /// The removal for people.
    public var text: String {
        "removed \(segments) segments and \(keys) keys, \(CacheContents.size(bytes))"
            + (unfinished > 0 ? ", and \(unfinished) unfinished files\n" : "\n")
    }

    /// The removal for programs.
    public var json: OrderedJSON {
        .object([
            "segments": .integer(Int64(segments)), "keys": .integer(Int64(keys)),
            "unfinished": .integer(Int64(unfinished)), "bytes": .integer(Int64(bytes)),
        ])
    }
}

extension CacheContents.Verification {
    /// The findings for people.
    public var text: String {
        damaged.map { "damaged: \($0)\n" }.joined()
            + "\(sound) segments are sound, \(damaged.count) files are damaged\n"
    }

    /// The findings for programs.
    public var json: OrderedJSON {
        .object(["sound": .integer(Int64(sound)), "damaged": .array(damaged.map { .text($0) })])
    }
}
