import Drawing
import Raster
import Testing

/// The four modes that look at all channels, as W3C Compositing and Blending 1 (section 10.2) writes them; blue first.
private enum ColorFormula {
    static func mixed(_ mode: BlendMode, _ above: [Double], _ below: [Double]) -> [Double] {
        switch mode {
        case .hue: light(saturated(above, range(below)), lum(below))
        case .saturation: light(saturated(below, range(above)), lum(below))
        case .color: light(above, lum(below))
        case .luminosity: light(below, lum(above))
        default: below
        }
    }

    private static func lum(_ c: [Double]) -> Double { 0.11 * c[0] + 0.59 * c[1] + 0.3 * c[2] }
    private static func range(_ c: [Double]) -> Double { (c.max() ?? 0) - (c.min() ?? 0) }

    private static func light(_ c: [Double], _ wanted: Double) -> [Double] {
        let move = wanted - lum(c)
        var result = c.map { $0 + move }
        let (l, n, x) = (lum(result), result.min() ?? 0, result.max() ?? 0)
        if n < 0 { result = result.map { l + ($0 - l) * l / (l - n) } }
        if x > 1 { result = result.map { l + ($0 - l) * (1 - l) / (x - l) } }
        return result
    }

    private static func saturated(_ c: [Double], _ wanted: Double) -> [Double] {
        let order = [0, 1, 2].sorted { c[$0] < c[$1] }
        var result = [0.0, 0, 0]
        if c[order[2]] > c[order[0]] {
            result[order[1]] = (c[order[1]] - c[order[0]]) * wanted / (c[order[2]] - c[order[0]])
            result[order[2]] = wanted
        }
        return result
    }
}

@Suite("Compositing") struct CompositingTests {
    static let square = Rect(0, 0, 16, 16)

    static func layer(
        _ color: Color, opacity: UInt8 = 255, blend: BlendMode = .normal, light: Light = .none, mask: Mask? = nil,
        clip: Clip? = nil, matrix: Matrix3 = .identity
    ) -> Node {
        .layer(
            Layer(
                id: LayerID("layer"), content: LayerContent(bounds: square, nodes: [.fill(square, color)]),
                matrix: matrix, opacity: opacity, blend: blend, light: light, mask: mask, clip: clip))
    }

    /// The W3C formulas on numbers in 0...1.
    static func blended(_ mode: BlendMode, _ s: [Double], _ d: [Double]) -> [Double] {
        let (sa, da) = (s[3], d[3])
        var result = [0.0, 0, 0, sa + da - sa * da]
        if mode == .add { return zip(s, d).map { min(1, $0 + $1) } }
        let whole = ColorFormula.mixed(
            mode, s[..<3].map { sa > 0 ? $0 / sa : 0 }, d[..<3].map { da > 0 ? $0 / da : 0 })
        for channel in 0..<3 {
            let (cs, cd) = (sa > 0 ? s[channel] / sa : 0, da > 0 ? d[channel] / da : 0)
            let mix: Double =
                switch mode {
                case .normal, .add: cs
                case .multiply: cs * cd
                case .screen: cs + cd - cs * cd
                case .overlay: cd <= 0.5 ? 2 * cs * cd : 1 - 2 * (1 - cs) * (1 - cd)
                case .darken: min(cs, cd)
                case .lighten: max(cs, cd)
                case .colorDodge: cd == 0 ? 0 : cs >= 1 ? 1 : min(1, cd / (1 - cs))
                case .colorBurn: cd >= 1 ? 1 : cs == 0 ? 0 : 1 - min(1, (1 - cd) / cs)
                case .hardLight: cs <= 0.5 ? 2 * cs * cd : 1 - 2 * (1 - cs) * (1 - cd)
                case .softLight:
                    cs <= 0.5
                        ? cd - (1 - 2 * cs) * cd * (1 - cd)
                        : cd + (2 * cs - 1) * ((cd <= 0.25 ? ((16 * cd - 12) * cd + 4) * cd : cd.squareRoot()) - cd)
                case .difference: abs(cs - cd)
                case .exclusion: cs + cd - 2 * cs * cd
                case .hue, .saturation, .color, .luminosity: whole[channel]
                }
            result[channel] = (1 - da) * s[channel] + (1 - sa) * d[channel] + sa * da * mix
        }
        return result
    }

    @Test("Every blend mode follows its formula to one step", arguments: BlendMode.allCases)
    func blending(mode: BlendMode) throws {
        var numbers = SeededNumbers(UInt64(mode.rawValue))
        for _ in 0..<300 {
            func color() -> Color {
                let value = UInt32.random(in: 0...UInt32.max, using: &numbers)
                let alphas: [UInt8] = [0, 255, UInt8(value >> 24)]
                return Color(
                    red: UInt8(value & 255), green: UInt8(value >> 8 & 255), blue: UInt8(value >> 16 & 255),
                    alpha: alphas[Int(value % 3)])
            }
            let (below, above) = (color(), color())
            let picture = try drawn(16, 16, [.fill(Self.square, below), Self.layer(above, blend: mode)])
            func parts(_ color: Color) -> [Double] {
                let c = color.premultiplied
                return [c.blue, c.green, c.red, c.alpha].map { Double($0) / 255 }
            }
            let wanted = Self.blended(mode, parts(above), parts(below))
            for (actual, wanted) in zip(channels(picture, 7, 7), wanted) {
                #expect(abs(Double(actual) - wanted * 255) <= 1.5, "\(mode) of \(above) on \(below)")
            }
        }
    }

    @Test("Opacity scales every channel", arguments: [0, 1, 100, 254, 255]) func opacity(value: Int) throws {
        let picture = try drawn(
            16, 16, [Self.layer(Color(red: 200, green: 100, blue: 50), opacity: UInt8(value))])
        for (actual, full) in zip(channels(picture, 3, 3), [50.0, 100, 200, 255]) {
            #expect(abs(Double(actual) - full * Double(value) / 255) <= 0.5)
        }
    }

    @Test("Light multiplies and adds, and keeps alpha") func light() throws {
        let color = Color(red: 200, green: 100, blue: 0, alpha: 128)
        let picture = try drawn(16, 16, [Self.layer(color, light: Light(multiply: 128, add: 64))])
        for (actual, channel) in zip(channels(picture, 3, 3), [0.0, 100, 200]) {
            let premultiplied = channel * 128 / 255
            let wanted = min(128, premultiplied * 128 / 255 + 64.0 * 128 / 255)
            #expect(abs(Double(actual) - wanted) <= 1.6)
        }
        #expect(picture[3, 3].alpha == 128)
        let bright = try drawn(16, 16, [Self.layer(color, light: Light(multiply: 255, add: 255))])
        #expect(channels(bright, 3, 3) == [128, 128, 128, 128])
    }

    @Test("A clip covers its round rectangle as supersampling does", arguments: [0.0, 3, 7.5, 40])
    func clip(radius: Double) throws {
        let rect = Rect(3.25, 5.5, 33.5, 28.25)
        let content = LayerContent(bounds: Rect(0, 0, 48, 48), nodes: [.fill(Rect(0, 0, 48, 48), .white)])
        let picture = try drawn(
            48, 48, [.layer(Layer(id: LayerID("l"), content: content, clip: Clip(rect, radius: radius)))])
        let r = min(radius, rect.width / 2, rect.height / 2)
        for y in 0..<48 {
            for x in 0..<48 {
                var inside = 0
                for sample in 0..<256 {
                    let px = Double(x) + (Double(sample & 15) + 0.5) / 16
                    let py = Double(y) + (Double(sample >> 4) + 0.5) / 16
                    guard px >= rect.x, px < rect.maxX, py >= rect.y, py < rect.maxY else { continue }
                    let dx = max(rect.x + r - px, px - (rect.maxX - r), 0)
                    let dy = max(rect.y + r - py, py - (rect.maxY - r), 0)
                    if dx * dx + dy * dy <= r * r || r == 0 { inside += 1 }
                }
                let error = abs(Double(picture[x, y].alpha) - Double(inside) * 255 / 256)
                #expect(error <= 24, "(\(x), \(y)): \(picture[x, y].alpha)")
            }
        }
    }

    @Test("Masks cut by alpha, its inverse, and brightness") func masks() throws {
        let half = LayerContent(
            bounds: Rect(0, 0, 8, 16), nodes: [.fill(Rect(0, 0, 8, 16), Color(red: 255, green: 0, blue: 0, alpha: 128))]
        )
        func alpha(_ kind: Mask.Kind, _ x: Int) throws -> Int {
            let picture = try drawn(16, 16, [Self.layer(.white, mask: Mask(content: half, kind: kind))])
            return Int(picture[x, 4].alpha)
        }
        #expect(try alpha(.alpha, 4) == 128)
        #expect(try alpha(.alpha, 12) == 0)
        #expect(try alpha(.invertedAlpha, 4) == 127)
        #expect(try alpha(.invertedAlpha, 12) == 255)
        // Red makes 54/256 of brightness.
        #expect(try alpha(.luminance, 4) == 27)
        #expect(try alpha(.luminance, 12) == 0)
    }

    @Test("A group fades as one") func groups() throws {
        let overlapping = LayerContent(
            bounds: Self.square,
            nodes: [Self.layer(Color(red: 255, green: 0, blue: 0)), Self.layer(Color(red: 0, green: 0, blue: 255))])
        let picture = try drawn(
            16, 16, [.layer(Layer(id: LayerID("group"), content: overlapping, opacity: 128))])
        #expect(channels(picture, 5, 5) == [128, 0, 0, 128])
        // Moved by whole pixels and nothing else, the group is its children, cut at its bounds.
        let moved = try drawn(
            32, 32, [.layer(Layer(id: LayerID("group"), content: overlapping, matrix: .translation(x: 9, y: 4)))])
        #expect(channels(moved, 9, 4) == [255, 0, 0, 255])
        #expect(channels(moved, 8, 4) == [0, 0, 0, 0])
        #expect(channels(moved, 25, 4) == [0, 0, 0, 0])
    }

    @Test("A blended child does not see what is below its group") func isolation() throws {
        let group = LayerContent(bounds: Self.square, nodes: [Self.layer(.black, blend: .multiply)])
        let picture = try drawn(
            16, 16, [.fill(Self.square, .white), .layer(Layer(id: LayerID("g"), content: group))])
        #expect(channels(picture, 5, 5) == [0, 0, 0, 255])
        let screened = LayerContent(bounds: Self.square, nodes: [Self.layer(.black, blend: .screen)])
        let kept = try drawn(
            16, 16, [.fill(Self.square, .white), .layer(Layer(id: LayerID("g"), content: screened))])
        #expect(channels(kept, 5, 5) == [0, 0, 0, 255])
    }

    @Test("A mean is rounded once, not once a sample") func accumulation() throws {
        let parts = 64
        let samples = (0..<parts).map { index in
            Accumulate.Sample(
                content: LayerContent(
                    bounds: Self.square,
                    nodes: [.fill(Self.square, index % 4 == 0 ? Color(red: 3, green: 5, blue: 255) : .black)]),
                weight: 65536 / Int32(parts))
        }
        let picture = try drawn(16, 16, [.accumulate(Accumulate(samples: samples))])
        #expect(channels(picture, 8, 8) == [64, 1, 1, 255])
    }

    @Test("A part of a pixel moves what is drawn by as much") func fractions() throws {
        for (x, y) in [(0.25, 0.0), (0.5, 0.75), (3.875, 0.125)] {
            let picture = try drawn(32, 32, [Self.layer(.white, matrix: .translation(x: x + 4, y: y + 4))])
            var (mass, momentX, momentY) = (0.0, 0.0, 0.0)
            for row in 0..<32 {
                for column in 0..<32 {
                    let value = Double(picture[column, row].alpha) / 255
                    mass += value
                    momentX += value * (Double(column) + 0.5)
                    momentY += value * (Double(row) + 0.5)
                }
            }
            #expect(abs(mass - 256) < 0.5)
            #expect(abs(momentX / mass - (12 + x)) < 0.01 && abs(momentY / mass - (12 + y)) < 0.01)
        }
    }

    @Test("Content outside its bounds is not drawn") func bounds() throws {
        let content = LayerContent(bounds: Rect(4, 4, 8, 8), nodes: [.fill(Rect(-50, -50, 200, 200), .white)])
        let picture = try drawn(32, 32, [.layer(Layer(id: LayerID("l"), content: content))])
        for y in 0..<32 {
            for x in 0..<32 {
                #expect(picture[x, y].alpha == ((4..<12).contains(x) && (4..<12).contains(y) ? 255 : 0))
            }
        }
    }
}
