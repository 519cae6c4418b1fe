package import Drawing

/// An outline that a template writes as SVG path data, in output pixels.
package struct OutlineData: Hashable, Sendable {
    /// The outline.
    package let path: Path

    /// Reads `M L H V C Q Z`, absolute and relative, with repeated arguments; nil for anything else, numbers beyond ±10⁵ and more than
    /// 20,000 of them.
    package init?(_ text: String, scale: Double) {
        var reader = Reader(bytes: Array(text.utf8))
        guard let path = reader.read(scale: scale) else { return nil }
        self.path = path
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0
        var numbers = 0

        mutating func read(scale: Double) -> Path? {
            var path = Path()
            var current = Point.zero
            var start = Point.zero
            var command: UInt8 = 0
            skipSpace()
            while index < bytes.count {
                if isLetter(bytes[index]) {
                    command = bytes[index]
                    index += 1
                } else if command | 0x20 == UInt8(ascii: "m") {
                    // More points after a move are lines.
                    command = command == UInt8(ascii: "m") ? UInt8(ascii: "l") : UInt8(ascii: "L")
                } else if command == 0 || command | 0x20 == UInt8(ascii: "z") {
                    return nil
                }
                let isRelative = command >= UInt8(ascii: "a")
                let origin = isRelative ? current : .zero
                guard !path.isEmpty || command | 0x20 == UInt8(ascii: "m") else { return nil }
                switch command | 0x20 {
                case UInt8(ascii: "m"):
                    guard let point = point(origin) else { return nil }
                    (current, start) = (point, point)
                    path.move(to: point * scale)
                case UInt8(ascii: "l"):
                    guard let point = point(origin) else { return nil }
                    current = point
                    path.line(to: point * scale)
                case UInt8(ascii: "h"):
                    guard let x = number() else { return nil }
                    current.x = origin.x + x
                    path.line(to: current * scale)
                case UInt8(ascii: "v"):
                    guard let y = number() else { return nil }
                    current.y = origin.y + y
                    path.line(to: current * scale)
                case UInt8(ascii: "c"):
                    guard let a = point(origin), let b = point(origin), let end = point(origin) else { return nil }
                    current = end
                    path.cubic(a * scale, b * scale, to: end * scale)
                case UInt8(ascii: "q"):
                    guard let control = point(origin), let end = point(origin) else { return nil }
                    current = end
                    path.quad(control * scale, to: end * scale)
                case UInt8(ascii: "z"):
                    path.close()
                    current = start
                default: return nil
                }
                skipSpace()
            }
            return path.isEmpty ? nil : path
        }

        private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

        private mutating func skipSpace() {
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ",")].contains(bytes[index]) { index += 1 }
        }

        private mutating func point(_ origin: Point) -> Point? {
            guard let x = number(), let y = number() else { return nil }
            return origin + Point(x: x, y: y)
        }

        private mutating func number() -> Double? {
            skipSpace()
            numbers += 1
            guard numbers <= 20_000 else { return nil }
            let first = index
            var hasPoint = false
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
            while index < bytes.count {
                let byte = bytes[index]
                if byte == UInt8(ascii: "."), !hasPoint {
                    hasPoint = true
                } else if byte < 0x30 || byte > 0x39 {
                    break
                }
                index += 1
            }
            guard let value = Scalar.number(String(decoding: bytes[first..<index], as: UTF8.self)), abs(value) <= 1e5
            else { return nil }
            return value
        }
    }
}

extension ValueType where Value == OutlineData {
    /// SVG path data in units of the layout.
    package static let outline = ValueType<String>.text(maximum: 100_000).map { text, value, context in
        guard let data = OutlineData(text, scale: context.environment.scale) else {
            context.report(
                .type, "the outline cannot be read", hint: "write SVG path data with M, L, H, V, C, Q and Z", at: value)
            return nil as OutlineData?
        }
        return data
    }
}
