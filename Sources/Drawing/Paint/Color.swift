/// A colour with straight alpha, 8 bits a channel, sRGB (BT.709 primaries).
public struct Color: Hashable, Sendable {
    /// Red, not multiplied by alpha.
    public var red: UInt8
    /// Green, not multiplied by alpha.
    public var green: UInt8
    /// Blue, not multiplied by alpha.
    public var blue: UInt8
    /// 0 is transparent, 255 opaque.
    public var alpha: UInt8

    /// Opaque black.
    public static let black = Color(red: 0, green: 0, blue: 0)
    /// Opaque white.
    public static let white = Color(red: 255, green: 255, blue: 255)
    /// Nothing.
    public static let clear = Color(red: 0, green: 0, blue: 0, alpha: 0)

    /// Makes a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }

    /// Parses `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`; nil when it is none of them.
    public init?(hex text: String) {
        let utf8 = Array(text.utf8)
        guard utf8.first == UInt8(ascii: "#") else { return nil }
        var digits: [UInt8] = []
        for byte in utf8.dropFirst() {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            digits.append(UInt8(digit))
        }
        switch digits.count {
        case 3, 4:
            let short = digits.map { $0 * 17 }
            self.init(red: short[0], green: short[1], blue: short[2], alpha: short.count == 4 ? short[3] : 255)
        case 6, 8:
            let long = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            self.init(red: long[0], green: long[1], blue: long[2], alpha: long.count == 4 ? long[3] : 255)
        default: return nil
        }
    }

    /// `#rrggbb`, with alpha as `#rrggbbaa` when it is not opaque.
    public var hex: String {
        var text = "#"
        for channel in alpha == 255 ? [red, green, blue] : [red, green, blue, alpha] {
            text += channel < 16 ? "0" : ""
            text += String(channel, radix: 16)
        }
        return text
    }

    /// The same colour with its alpha times `factor` (0...1), rounded to nearest.
    public func multiplyingAlpha(by factor: Double) -> Color {
        var result = self
        result.alpha = UInt8(max(0, min(255, (Double(alpha) * factor).rounded())))
        return result
    }

    /// The mixture at `fraction` (0 is `self`, 1 is `other`; outside is cut), channel by channel on straight values.
    public func mixed(with other: Color, fraction: Double) -> Color {
        let t = max(0, min(1, fraction))
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + (Double(b) - Double(a)) * t).rounded()) }
        return Color(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
            alpha: mix(alpha, other.alpha))
    }

    /// The same colour multiplied by its alpha, rounded to nearest.
    public var premultiplied: PremultipliedColor {
        func scale(_ value: UInt8) -> UInt8 { UInt8((Int(value) * Int(alpha) * 2 + 255) / 510) }
        return PremultipliedColor(red: scale(red), green: scale(green), blue: scale(blue), alpha: alpha)
    }

    /// The four channels in one number: red in the highest byte.
    public var rgba: UInt32 { UInt32(red) << 24 | UInt32(green) << 16 | UInt32(blue) << 8 | UInt32(alpha) }
}

/// A colour whose channels are multiplied by its alpha: what pixel buffers hold. Not interchangeable with `Color`.
public struct PremultipliedColor: Hashable, Sendable {
    /// Red times alpha; at most alpha.
    public let red: UInt8
    /// Green times alpha; at most alpha.
    public let green: UInt8
    /// Blue times alpha; at most alpha.
    public let blue: UInt8
    /// 0 is transparent, 255 opaque.
    public let alpha: UInt8

    /// Makes a colour from multiplied channels.
    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8) {
        (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }
}
