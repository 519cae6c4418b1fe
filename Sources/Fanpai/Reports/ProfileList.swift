import Drawing
import Media

/// The ways out, for `fanpai profiles`.
public struct ProfileList: Sendable {
    /// Makes the list.
    public init() {}

    /// The list for people.
    public var text: String {
        var text = ""
        for profile in Profile.all {
            let limits = profile.limits
            let sides =
                "\(limits.sides.lowerBound) to \(limits.sides.upperBound) px" + (limits.evenSides ? ", even" : "")
            let rates = "\(limits.framesPerSecond.lowerBound) to \(limits.framesPerSecond.upperBound)"
            let length = Self.further(limits)
            let missing = MediaCapabilities.missing(for: profile).map(\.description)
            text += "\(profile.name)  \(profile.titleChinese), \(profile.titleEnglish)\n"
            text += TextTable.aligned(
                [
                    ["  for", profile.purpose],
                    ["  picked by", Self.pickedBy(profile)],
                    [
                        "  form",
                        "\(profile.codec), \(profile.pixelFormat), in \(profile.container), alpha \(profile.alpha.rawValue)",
                    ],
                    ["  colour", Self.color(profile.color)],
                    ["  limits", "sides \(sides); \(rates) frames per second\(length)"],
                    ["  segments", profile.segmentable ? "yes" : "no"],
                ] + (profile.alphaTolerance.map { [["  checked", Self.tolerance($0)]] } ?? []))
            if !missing.isEmpty { text += "  NOT AVAILABLE here: no \(missing.joined(separator: ", "))\n" }
        }
        return text
    }

    /// What a file is held to after decoding.
    private static func tolerance(_ tolerance: AlphaTolerance) -> String {
        var parts = [tolerance.worstAlpha == 0 ? "alpha exact" : "alpha within \(tolerance.worstAlpha)/255"]
        if tolerance.worst < 255 { parts.append("channels within \(Int(tolerance.worst))/255") }
        parts.append("PSNR at least \(Int(tolerance.psnr)) dB")
        if let least = tolerance.brightnessPSNR { parts.append("of brightness \(Int(least)) dB") }
        if let least = tolerance.softPSNR { parts.append("of half-transparent pixels \(Int(least)) dB") }
        return parts.joined(separator: ", ") + " over black, white and green"
    }

    /// Limits that not every target has.
    private static func further(_ limits: TargetLimits) -> String {
        func list(_ ratios: [SideRatio]) -> String { ratios.map(\.description).joined(separator: " or ") }
        func size(_ bytes: Int) -> String { bytes < 1_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB" }
        var parts: [String] = []
        if limits.shortSide > limits.sides.lowerBound { parts.append("shorter side at least \(limits.shortSide) px") }
        if !limits.ratios.isEmpty { parts.append(list(limits.ratios)) }
        if !limits.recommendedRatios.isEmpty { parts.append("best \(list(limits.recommendedRatios))") }
        if limits.leastSeconds > 0 { parts.append("at least \(limits.leastSeconds) s") }
        if let seconds = limits.seconds { parts.append("at most \(seconds) s") }
        if let bytes = limits.bytes { parts.append("at most \(size(bytes))") }
        if limits.leastBitsPerSecond > 0 { parts.append("at least \(limits.leastBitsPerSecond / 1000) kbit/s") }
        if let bits = limits.bitsPerSecond { parts.append("at most \(bits / 1000) kbit/s") }
        return parts.map { "; \($0)" }.joined()
    }

    /// The list for programs.
    public var json: OrderedJSON { .object(["profiles": .array(Profile.all.map(Self.json))]) }

    private static func pickedBy(_ profile: Profile) -> String {
        // A stream is no file, whatever its name ends in.
        var ways = profile.paced ? [] : profile.extensions.map { ".\($0)" }
        for destination in ["-", "tcp://127.0.0.1:9000?listen", "frames/"]
        where (try? Profile.default(forDestination: destination))?.name == profile.name {
            ways.append(destination)
        }
        return (ways + ["--profile \(profile.name)"]).joined(separator: ", ")
    }

    private static func color(_ tags: ColorTags) -> String {
        let location = tags.chromaLocation.map { ", chroma \($0)" } ?? ""
        return
            "primaries \(tags.primaries), transfer \(tags.transfer), matrix \(tags.matrix), range \(tags.range)\(location)"
    }

    private static func json(_ profile: Profile) -> OrderedJSON {
        let limits = profile.limits
        return .object([
            "name": .text(profile.name), "titleChinese": .text(profile.titleChinese),
            "titleEnglish": .text(profile.titleEnglish), "purpose": .text(profile.purpose),
            "extensions": .array(profile.extensions.map { .text($0) }), "container": .text(profile.container),
            "codec": .text(profile.codec), "pixelFormat": .text(profile.pixelFormat),
            "alpha": .text(profile.alpha.rawValue), "segmentable": .bool(profile.segmentable),
            "paced": .bool(profile.paced),
            "defaultRate": profile.defaultRate.map { .text($0.description) },
            "color": .object([
                "primaries": .text(profile.color.primaries), "transfer": .text(profile.color.transfer),
                "matrix": .text(profile.color.matrix), "range": .text(profile.color.range),
                "chromaLocation": profile.color.chromaLocation.map { .text($0) },
            ]),
            "limits": .object([
                "shortestSide": .integer(Int64(limits.sides.lowerBound)),
                "longestSide": .integer(Int64(limits.sides.upperBound)), "evenSides": .bool(limits.evenSides),
                "lowestFramesPerSecond": .integer(Int64(limits.framesPerSecond.lowerBound)),
                "highestFramesPerSecond": .integer(Int64(limits.framesPerSecond.upperBound)),
                "seconds": limits.seconds.map { .integer(Int64($0)) },
                "bytes": limits.bytes.map { .integer(Int64($0)) },
                "shortestSideOfTwo": .integer(Int64(limits.shortSide)),
                "ratios": .array(limits.ratios.map { .text($0.description) }),
                "recommendedRatios": .array(limits.recommendedRatios.map { .text($0.description) }),
                "leastSeconds": .integer(Int64(limits.leastSeconds)),
                "leastBitsPerSecond": .integer(Int64(limits.leastBitsPerSecond)),
                "bitsPerSecond": limits.bitsPerSecond.map { .integer(Int64($0)) },
            ]),
            "alphaTolerance": profile.alphaTolerance.map {
                .object([
                    "worstAlpha": .integer(Int64($0.worstAlpha)), "worst": .number($0.worst), "psnr": .number($0.psnr),
                    "brightnessPSNR": $0.brightnessPSNR.map { .number($0) },
                    "softPSNR": $0.softPSNR.map { .number($0) },
                ])
            },
            "missing": .array(MediaCapabilities.missing(for: profile).map { .text($0.description) }),
        ])
    }
}
