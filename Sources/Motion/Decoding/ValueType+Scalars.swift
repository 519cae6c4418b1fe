package import Drawing
package import Orders

extension ValueType where Value == Double {
    /// A finite number in a range.
    package static func number(_ range: ClosedRange<Double> = -1e6...1e6) -> ValueType<Double> {
        ValueType(.number(minimum: range.lowerBound, maximum: range.upperBound, isWhole: false)) { value, context in
            guard let number = Scalar.number(value) else {
                context.report(
                    .type, "\(value.shape) where a number is needed", hint: "write a number such as 1.5", at: value)
                return nil
            }
            guard range.contains(number) else {
                context.report(
                    .range, "\(value.shape) is out of range",
                    hint: "write a number from \(Scalar.text(range.lowerBound)) to \(Scalar.text(range.upperBound))",
                    at: value)
                return nil
            }
            return number
        }
    }

    /// A length in units of the layout, read in output pixels.
    package static func length(_ range: ClosedRange<Double> = -16384...16384) -> ValueType<Double> {
        number(range).map { length, _, context in length * context.environment.scale }
    }

    /// An angle in degrees, read in radians.
    package static let angle = number(-36000...36000).map { degrees, _, _ in degrees * .pi / 180 }
}

extension ValueType where Value == Int {
    /// A whole number in a range.
    package static func whole(_ range: ClosedRange<Int>) -> ValueType<Int> {
        ValueType(
            .number(minimum: Double(range.lowerBound), maximum: Double(range.upperBound), isWhole: true)
        ) { value, context in
            guard case .scalar(let text, false) = value.content, let number = Int(text) else {
                context.report(
                    .type, "\(value.shape) where a whole number is needed", hint: "write a number such as 3", at: value)
                return nil
            }
            guard range.contains(number) else {
                context.report(
                    .range, "\(number) is out of range",
                    hint: "write a number from \(range.lowerBound) to \(range.upperBound)",
                    at: value)
                return nil
            }
            return number
        }
    }
}

extension ValueType where Value == Bool {
    /// `true` or `false`.
    package static let boolean = ValueType(.boolean) { value, context in
        switch value.content {
        case .scalar("true", false): return true
        case .scalar("false", false): return false
        default:
            context.report(
                .type, "\(value.shape) where true or false is needed", hint: "write true or false", at: value)
            return nil
        }
    }
}

extension ValueType where Value == String {
    /// A text of at most `maximum` characters; numbers are taken as they are written.
    package static func text(maximum: Int = 500) -> ValueType<String> {
        ValueType(.text(maximum: maximum)) { value, context in
            guard let text = value.text, !value.isNull else {
                context.report(
                    .type, "\(value.shape) where a text is needed", hint: "put a text in quotes", at: value)
                return nil
            }
            guard text.unicodeScalars.count <= maximum else {
                context.report(
                    .range, "the text has \(text.unicodeScalars.count) characters",
                    hint: "write at most \(maximum)", at: value)
                return nil
            }
            return text
        }
    }

    /// A file of the template's folder: a relative path that stays inside.
    package static let file = text(maximum: 200).map { (path: String, value, context) -> String? in
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !parts.contains(where: { $0 == ".." || $0.isEmpty }), !path.contains("\\"),
            !path.unicodeScalars.contains(where: { $0.value < 32 })
        else {
            context.report(
                .file, "\(value.shape) is no file of the template's folder",
                hint: "write a relative path without .., such as images/logo.png", at: value)
            return nil
        }
        return path
    }
}

extension ValueType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the cases of an enumeration, by its raw value.
    package static var choice: ValueType<Value> {
        let names = Value.allCases.map(\.rawValue)
        return ValueType(.choice(names)) { value, context in
            guard let text = value.text, let choice = Value(rawValue: text) else {
                context.report(
                    .type, "\(value.shape) is not possible here",
                    hint: Suggestion.hint(for: value.text ?? "", among: names), at: value)
                return nil
            }
            return choice
        }
    }
}

extension ValueType where Value == Color {
    /// `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`.
    package static let color = ValueType(
        .pattern("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$", example: "#ff5000")
    ) { value, context in
        guard let text = value.text, let color = Color(hex: text) else {
            context.report(
                .type, "\(value.shape) is no colour", hint: "write \"#rrggbb\" or \"#rrggbbaa\" in quotes", at: value)
            return nil
        }
        return color
    }
}

extension ValueType where Value == FrameTime {
    /// A span of time: `0.8s`, `300ms`, `12f` (frames); 0 needs no unit.
    package static func duration(
        _ range: ClosedRange<Double> = 0...3600
    ) -> ValueType<FrameTime> {
        ValueType(.pattern("^(-?[0-9]+(\\.[0-9]+)?(s|ms|f)|0)$", example: "0.8s")) { value, context in
            let rate = context.environment.rate
            guard let text = value.text, let seconds = Scalar.seconds(text, rate: rate) else {
                context.report(
                    .type, "\(value.shape) is no span of time",
                    hint: "write seconds as 0.8s, or 800ms, or frames as 24f",
                    at: value)
                return nil
            }
            guard range.contains(seconds) else {
                context.report(
                    .range, "\(value.shape) is out of range",
                    hint: "write a time from \(Scalar.text(range.lowerBound))s to \(Scalar.text(range.upperBound))s",
                    at: value)
                return nil
            }
            return FrameTime(seconds: seconds, rate: rate)
        }
    }
}

extension ValueType where Value == Instant {
    /// A moment in shop time: ISO 8601, or Beijing wall time such as `2026-11-11 20:00`.
    package static let instant = ValueType(
        .pattern("^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*$", example: "2026-11-11 20:00")
    ) { value, context in
        guard let text = value.text, let instant = Instant(text) else {
            context.report(
                .type, "\(value.shape) is no moment", hint: "write Beijing time such as \"2026-11-11 20:00\"", at: value
            )
            return nil
        }
        return instant
    }
}

/// Scalars as the template format writes them.
package enum Scalar {
    /// A finite decimal number of an unquoted scalar.
    package static func number(_ value: YAMLValue) -> Double? {
        guard case .scalar(let text, false) = value.content else { return nil }
        return number(text)
    }

    /// A finite decimal number: digits, one point, an exponent of at most two digits.
    package static func number(_ text: String) -> Double? {
        var digits = 0
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39: digits += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): break
            default: return nil
            }
        }
        guard digits > 0, text.utf8.count <= 40, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// Seconds from `0.8s`, `300ms` or `12f`.
    package static func seconds(_ text: String, rate: FrameRate) -> Double? {
        if text.hasSuffix("ms") { return number(String(text.dropLast(2))).map { $0 / 1000 } }
        if text.hasSuffix("s") { return number(String(text.dropLast())) }
        if text.hasSuffix("f") {
            return number(String(text.dropLast())).map { $0 * Double(rate.denominator) / Double(rate.numerator) }
        }
        return number(text) == 0 ? 0 : nil
    }

    /// A number without a needless fraction.
    package static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
}
