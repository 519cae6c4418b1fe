internal import Drawing

/// Lets what moves through a window fade at two opposite edges.
///
/// Only what lies in an edge's strip is drawn through a mask, in a layer as small as the strip; all else is placed as it is. Both parts are
/// cut at whole pixels and lie on the same grid, so that no seam shows.
struct EdgeFade: Sendable {
    /// Something that moves.
    struct Item {
        /// Its number: identities are made of it.
        let ordinal: Int
        let content: LayerContent
        let place: Point
    }

    /// A few pixels of smooth edge reach out of what rests beside a strip: there the fade is as good as whole.
    private static let tolerance = 4.0

    private let isAcross: Bool
    private let middle: Rect
    private let masks: [Mask]

    /// - Parameters:
    ///   - window: what shows, on whole pixels; across the other axis nothing is cut beyond it.
    ///   - depth: how deep the strips are, in whole pixels; 0 cuts without a fade.
    ///   - isAcross: whether the edges are the left and the right one.
    init(window: Rect, depth: Double, isAcross: Bool) {
        self.isAcross = isAcross
        func part(_ start: Double, _ length: Double) -> Rect {
            isAcross
                ? Rect(x: window.x + start, y: window.y, width: length, height: window.height)
                : Rect(x: window.x, y: window.y + start, width: window.width, height: length)
        }
        let length = isAcross ? window.width : window.height
        middle = part(depth, max(0, length - 2 * depth))
        masks =
            depth < 1
            ? []
            : [true, false].map { isFirst in
                let rect = part(isFirst ? 0 : length - depth, depth)
                let stops = (0...8).map { step -> Gradient.Stop in
                    let t = Double(step) / 8
                    let alpha = UInt8((255 * t * t * (3 - 2 * t)).rounded())
                    return Gradient.Stop(t, Color(red: 255, green: 255, blue: 255, alpha: alpha))
                }
                let near = Point(x: rect.x, y: rect.y)
                let far = isAcross ? Point(x: rect.maxX, y: rect.y) : Point(x: rect.x, y: rect.maxY)
                let paint = Paint.gradient(.linear(from: isFirst ? near : far, to: isFirst ? far : near, stops: stops))
                return Mask(
                    content: LayerContent(bounds: rect, nodes: [.path(PathNode(path: .rect(rect), paint: paint))]))
            }
    }

    /// The items, those that come later on top.
    func nodes(_ items: [Item], id: LayerID) -> [Node] {
        var nodes: [Node] = []
        var strips: [[Node]] = [[], []]
        let (low, high) = isAcross ? (middle.x, middle.maxX) : (middle.y, middle.maxY)
        for item in items {
            let matrix = Matrix3.translation(x: item.place.x, y: item.place.y)
            let bounds = item.content.bounds.rect
            let first = isAcross ? item.place.x + bounds.x : item.place.y + bounds.y
            let last = first + (isAcross ? bounds.width : bounds.height)
            func layer(_ name: StaticString, _ clip: Rect?) -> Node {
                .layer(
                    Layer(
                        id: id.child(name, item.ordinal), content: item.content, matrix: matrix,
                        clip: clip.map { Clip($0) }))
            }
            let isBefore = first + Self.tolerance < low
            let isBehind = last - Self.tolerance > high
            if last > low, first < high { nodes.append(layer("item", isBefore || isBehind ? middle : nil)) }
            if masks.isEmpty { continue }
            if isBefore { strips[0].append(layer("first", nil)) }
            if isBehind { strips[1].append(layer("last", nil)) }
        }
        for (index, mask) in masks.enumerated() where !strips[index].isEmpty {
            let content = LayerContent(bounds: mask.content.bounds.rect, nodes: strips[index])
            nodes.append(.layer(Layer(id: id.child("strip", index), content: content, mask: mask)))
        }
        return nodes
    }
}
