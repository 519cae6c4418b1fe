import Drawing

/// Small scenes with everything in them, and frames in which parts of them change.
struct RandomScenes {
    static let size = PixelSize(width: 150, height: 130)

    private var numbers: SeededNumbers
    /// For what was added later, so that the scenes of a seed stay what they were.
    private var others: SeededNumbers
    private var serial = 0

    init(seed: UInt64) { (numbers, others) = (SeededNumbers(seed), SeededNumbers(~seed)) }

    mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &numbers) < part }
    mutating func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &numbers) }
    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }

    mutating func color() -> Color {
        Color(
            red: UInt8(whole(0...255)), green: UInt8(whole(0...255)), blue: UInt8(whole(0...255)),
            alpha: chance(0.5) ? 255 : UInt8(whole(0...255)))
    }

    mutating func rect(in size: Double) -> Rect {
        Rect(number(-10...size), number(-10...size), number(1...size), number(1...size))
    }

    mutating func leaf(_ size: Double) -> Node {
        let shape: Path =
            switch whole(0...2) {
            case 0: .rect(rect(in: size))
            case 1: .roundedRect(rect(in: size), radius: number(0...20))
            default: .ellipse(in: rect(in: size))
            }
        let paint: Paint =
            chance(0.5)
            ? .solid(color())
            : .gradient(
                .linear(
                    from: Point(x: number(0...size), y: 0), to: Point(x: number(0...size), y: size),
                    stops: [.init(0, color()), .init(number(0.2...0.8), color()), .init(1, color())]))
        let style: DrawStyle = chance(0.3) ? .stroke(Stroke(width: number(0.5...6), join: .miter)) : .fill
        return .path(PathNode(path: shape, style: style, paint: paint))
    }

    mutating func matrix() -> Matrix3 {
        let place = Matrix3.translation(x: number(-20...100), y: number(-20...100))
        switch whole(0...5) {
        case 0, 1: return .translation(x: Double(whole(-20...100)), y: Double(whole(-20...100)))
        case 2: return place
        case 3: return place * .rotation(number(-3...3))
        case 4: return place * .scale(x: number(0.3...1.5), y: number(0.3...1.5))
        default:
            return turn(
                degrees: number(-85...85), vertical: chance(0.5), center: Point(x: 20, y: 20),
                to: Point(x: number(0...150), y: number(0...130)), distance: 200)
        }
    }

    mutating func content(depth: Int) -> LayerContent {
        let size = number(10...60)
        var nodes: [Node] = []
        for _ in 0..<whole(1...3) {
            if depth > 0, chance(0.5) { nodes.append(layer(depth: depth - 1)) } else { nodes.append(leaf(size)) }
        }
        if chance(0.15) { nodes.append(mean(size)) }
        return LayerContent(bounds: Rect(number(-5...5), number(-5...5), size, size), nodes: nodes)
    }

    mutating func mean(_ size: Double) -> Node {
        let bounds = Rect(0, 0, size, size)
        return .accumulate(
            Accumulate(samples: [
                .init(content: LayerContent(bounds: bounds, nodes: [leaf(size)]), weight: 30000),
                .init(content: LayerContent(bounds: bounds, nodes: [leaf(size)]), weight: 35536),
            ]))
    }

    mutating func layer(depth: Int) -> Node {
        serial += 1
        let plain = chance(0.4)
        return .layer(
            Layer(
                id: LayerID("layer \(serial)"), content: content(depth: depth),
                scale: chance(0.7) ? .one : RasterScale(step: Int8(whole(-8...4))),
                matrix: plain ? .translation(x: Double(whole(-20...90)), y: Double(whole(-20...90))) : matrix(),
                opacity: plain || chance(0.6) ? 255 : UInt8(whole(0...255)),
                blend: plain || chance(0.7) ? .normal : blend(),
                light: plain || chance(0.7) ? .none : Light(multiply: UInt8(whole(0...255)), add: UInt8(whole(0...90))),
                effects: plain || chance(0.8) ? [] : blur(), mask: plain || chance(0.8) ? nil : mask(),
                clip: chance(0.8) ? nil : clip()))
    }

    mutating func blend() -> BlendMode { BlendMode.allCases[whole(0...BlendMode.allCases.count - 1)] }

    mutating func blur() -> [Effect] { [.blur(sigma: Int32(whole(8...600)))] }

    mutating func mask() -> Mask {
        Mask(content: content(depth: 0), kind: [.alpha, .luminance, .invertedAlpha][whole(0...2)])
    }

    mutating func clip() -> Clip {
        chance(0.5)
            ? Clip(Rect(Double(whole(-5...30)), Double(whole(-5...30)), Double(whole(1...90)), Double(whole(1...90))))
            : Clip(rect(in: 60), radius: number(0...20))
    }

    mutating func scene() -> [Node] {
        var nodes: [Node] = chance(0.7) ? [.fill(Rect(0, 0, 150, 130), color())] : []
        for _ in 0..<whole(2...5) { nodes.append(chance(0.75) ? layer(depth: 2) : leaf(80)) }
        if chance(0.3) { nodes.append(mean(60)) }
        return nodes
    }

    /// The same nodes with some of them changed, gone or new.
    mutating func changed(_ nodes: [Node], depth: Int = 2) -> [Node] {
        var result: [Node] = []
        for node in nodes {
            if chance(0.04) { continue }
            if chance(0.04) { result.append(leaf(80)) }
            guard case .layer(let layer) = node, chance(0.6) else {
                result.append(node)
                continue
            }
            let isMoved = chance(0.3)
            let content =
                chance(0.6)
                ? LayerContent(bounds: layer.content.bounds.rect, nodes: changed(layer.content.nodes, depth: depth - 1))
                : layer.content
            let (matrix, opacity) = (
                isMoved ? matrix() : layer.matrix, chance(0.1) ? UInt8(whole(0...255)) : layer.opacity
            )
            let look = changedLook(of: layer)
            result.append(
                .layer(
                    Layer(
                        id: layer.id, content: content, scale: layer.scale, matrix: matrix, opacity: opacity,
                        blend: look.blend, light: layer.light, effects: look.effects, mask: look.mask,
                        clip: layer.clip)))
        }
        return result
    }

    private mutating func changedLook(of layer: Layer) -> (blend: BlendMode, effects: [Effect], mask: Mask?) {
        swap(&numbers, &others)
        defer { swap(&numbers, &others) }
        return (
            chance(0.06) ? blend() : layer.blend, chance(0.08) ? (chance(0.5) ? [] : blur()) : layer.effects,
            chance(0.08) ? (chance(0.5) ? nil : mask()) : layer.mask
        )
    }

    mutating func frames(_ count: Int) -> [DisplayList] {
        var nodes = scene()
        return (0..<count).map { _ in
            let list = DisplayList(size: Self.size, nodes: nodes)
            nodes = changed(nodes)
            return list
        }
    }

    mutating func damage() -> Damage {
        var damage = Damage.none
        for _ in 0..<whole(1...3) {
            damage.add(PixelRect(x: whole(-9...149), y: whole(-9...129), width: whole(1...60), height: whole(1...60)))
        }
        return damage
    }
}
