public import Drawing

/// Reads the small notations of the command line; every refusal names the option, the text and what to write.
public enum UserText {
    /// The most pixels a side may have: what encoders take and memory allows.
    public static let longestSide = 8192

    /// `WIDTHxHEIGHT` in pixels.
    public static func size(_ text: String) throws(FanpaiError) -> PixelSize {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count == 2, let width = number(parts[0]), let height = number(parts[1]),
            (16...longestSide).contains(width), (16...longestSide).contains(height)
        else {
            throw FanpaiError(
                .usage, "--size: “\(short(text))” is not a size",
                remedy: "write WIDTHxHEIGHT, each from 16 to \(longestSide), for example 1080x1920")
        }
        return PixelSize(width: width, height: height)
    }

    /// A span or moment of the video in microseconds: `12s`, `3.2s`, `1500ms`.
    public static func microseconds(
        _ text: String, _ option: String, isZeroAllowed: Bool = true
    ) throws(FanpaiError) -> Int64 {
        let unit: (suffix: String, digits: Int) = text.hasSuffix("ms") ? ("ms", 3) : ("s", 6)
        if text.hasSuffix(unit.suffix), let value = decimal(text.dropLast(unit.suffix.utf8.count), digits: unit.digits),
            value > 0 || isZeroAllowed, value <= 86_400_000_000
        {
            return value
        }
        throw FanpaiError(
            .usage, "\(option): “\(short(text))” is not a time of the video",
            remedy: "write seconds or milliseconds with their unit, for example 3.2s or 1500ms, at most 86400s")
    }

    /// Minutes east of UTC: `+08:00`, `-05:30`, `Z`.
    static func zone(_ text: String) throws(FanpaiError) -> Int {
        if text == "Z" || text == "UTC" { return 0 }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 }),
            let hours = number(parts[0]), let minutes = number(parts[1]), hours <= 14, minutes < 60,
            hours * 60 + minutes <= 840
        else {
            throw FanpaiError(
                .usage, "--zone: “\(short(text))” is no zone",
                remedy: "write hours east of Greenwich, for example +08:00")
        }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    /// A currency by its three letters (ISO 4217), in any case.
    static func currency(_ text: String, _ option: String) throws(FanpaiError) -> String {
        let upper = text.uppercased()
        guard upper.utf8.count == 3, upper.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw FanpaiError(
                .usage, "\(option): “\(short(text))” is no currency", remedy: "write its three letters, for example USD"
            )
        }
        return upper
    }

    /// `A..B`: the frames from A up to, but not including, B.
    public static func frames(_ text: String) throws(FanpaiError) -> Range<Int> {
        let dots = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        guard dots.count == 2, let first = number(dots[0]), let end = number(dots[1]), first < end else {
            throw FanpaiError(
                .usage, "--frames: “\(short(text))” is not a range of frames",
                remedy: "write A..B, from frame A up to, but not including, frame B, for example 0..90")
        }
        return first..<end
    }

    /// `KEY=VALUE`; the value may be empty and may contain `=`.
    static func pair(_ text: String, _ option: String, _ example: String) throws(FanpaiError) -> (String, String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw FanpaiError(
                .usage, "\(option): “\(short(text))” is not KEY=VALUE", remedy: "write for example \(example)")
        }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    /// A text as an error may quote it: not longer than a line, and without control characters.
    public static func short(_ text: some StringProtocol) -> String {
        let clean = text.unicodeScalars.prefix(60).map { $0.value < 32 || $0.value == 127 ? " " : Character($0) }
        return String(clean) + (text.unicodeScalars.count > 60 ? "…" : "")
    }

    /// Up to nine decimal digits and nothing else.
    private static func number(_ text: some StringProtocol) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    /// A decimal number times 10^digits, exactly; nil for more digits after the point.
    private static func decimal(_ text: some StringProtocol, digits: Int) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = number(parts[0]) else { return nil }
        var scale: Int64 = 1
        for _ in 0..<digits { scale *= 10 }
        guard parts.count == 2 else { return Int64(whole) * scale }
        guard parts[1].utf8.count <= digits, let fraction = number(parts[1]) else { return nil }
        for _ in 0..<parts[1].utf8.count { scale /= 10 }
        var result = Int64(whole)
        for _ in 0..<parts[1].utf8.count { result *= 10 }
        return (result + Int64(fraction)) * scale
    }
}
