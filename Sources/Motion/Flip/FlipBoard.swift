package import Drawing

/// A board ready to draw any state of its model: all cards are drawn beforehand, a frame places and lights them.
package struct FlipBoard: Sendable {
    /// Something printed on the board itself.
    package struct Print: Sendable {
        /// The drawing, in its own pixels.
        package let content: LayerContent
        /// From its left end to its right end.
        package let width: Double

        package init(content: LayerContent, width: Double) { (self.content, self.width) = (content, width) }
    }

    /// Where the parts stand.
    package let layout: FlipBoardLayout
    /// The box that the board stands in.
    package let size: Size
    let alignment: FlipBoardLayout.Alignment
    let art: FlapArt
    let smallArt: FlapArt
    let comma, point, prefix, suffix: Print?
    private let shelf: (columns: Int, content: LayerContent)

    /// Makes a board; `columns` is how many places it has from the start.
    package init(
        layout: FlipBoardLayout, size: Size, alignment: FlipBoardLayout.Alignment, columns: Int, art: FlapArt,
        smallArt: FlapArt?, comma: Print?, point: Print?, prefix: Print?, suffix: Print?
    ) {
        (self.layout, self.size, self.alignment) = (layout, size, alignment)
        (self.art, self.smallArt) = (art, smallArt ?? art)
        (self.comma, self.point, self.prefix, self.suffix) = (comma, point, prefix, suffix)
        // What stands still under all cards, as one drawing from the board's right end.
        var nodes: [Node] = []
        for place in 0..<columns {
            let origin = layout.origin(place, right: 0)
            let housing = place < layout.format.fraction ? self.smallArt.housing : art.housing
            nodes.append(
                .layer(
                    Layer(
                        id: LayerID("housing").child("place", place), content: housing,
                        matrix: .translation(x: origin.x, y: origin.y))))
        }
        let margin = FlapPainter.margin(layout.card) + 2
        let width = layout.width(columns: Double(columns)) + 2 * margin
        shelf = (
            columns,
            LayerContent(
                bounds: Rect(
                    x: margin - width, y: -margin, width: width, height: layout.card.height + 2 * margin),
                nodes: nodes)
        )
    }

    /// What leaves may cover beyond the box.
    package var reach: Rect {
        let margin = (layout.card.height * 0.3).rounded(.up)
        return Rect(x: 0, y: 0, width: size.width, height: size.height).insetBy(-margin)
    }

    /// Draws a state in the pixels of the box.
    package func content(
        _ state: FlipCounterModel.State, id: LayerID, eye: FlapEye?
    ) -> LayerContent {
        let natural = layout.width(columns: state.columns)
        let scale = min(1, size.width / natural)
        let free = size.width / scale - natural
        let left: Double =
            switch alignment {
            case .left: 0
            case .center: scale < 1 ? 0 : (free / 2).rounded()
            case .right: free
            }
        // A board that is too wide for its box is drawn smaller as a whole, about its left end and the box's middle.
        let top = ((size.height / scale - layout.card.height) / 2).rounded()
        var frame = Frame(board: self, right: left + natural, top: top, id: id)
        let inner = Point(x: size.width / scale / 2, y: top + layout.card.hinge)
        let own = Camera(center: inner, distance: max(7.5 * layout.card.height, 1.4 * natural))
        frame.draw(state, left: left, eye: scale == 1 ? eye ?? .board(own) : .board(own))
        guard scale < 1 else { return LayerContent(bounds: reach, nodes: frame.nodes) }
        let whole = LayerContent(
            bounds: Rect(
                x: reach.x / scale, y: reach.y / scale, width: reach.width / scale, height: reach.height / scale),
            nodes: frame.nodes)
        return LayerContent(
            bounds: reach,
            nodes: [.layer(Layer(id: id.child("board"), content: whole, matrix: .scale(x: scale, y: scale)))])
    }
}

extension FlipBoard {
    /// Draws cells at places of their own: nodes in the pixels of a box.
    package func nodes(_ cells: [(origin: Point, state: FlapState)], size: Size, id: LayerID) -> [Node] {
        guard let first = cells.first, let last = cells.last else { return [] }
        var frame = Frame(board: self, right: 0, top: first.origin.y, id: id)
        let width = last.origin.x + layout.card.width - first.origin.x
        let eye = Camera(
            center: Point(x: first.origin.x + width / 2, y: first.origin.y + layout.card.hinge),
            distance: max(7.5 * layout.card.height, 1.4 * width))
        for (place, cell) in cells.enumerated() { frame.addHousing(place, art, at: cell.origin) }
        frame.draw(
            cells.enumerated().map {
                Frame.Piece(
                    place: $0, art: art, origin: $1.origin,
                    cell: FlipCounterModel.State.Cell(flap: $1.state, card: 1, separator: 0))
            }, eye: .board(eye))
        return frame.nodes
    }

    /// Collects the nodes of one instant.
    private struct Frame {
        let board: FlipBoard
        let right, top: Double
        let id: LayerID
        var nodes: [Node] = []

        init(board: FlipBoard, right: Double, top: Double, id: LayerID) {
            (self.board, self.right, self.top, self.id) = (board, right, top, id)
            nodes.reserveCapacity(64)
        }

        mutating func draw(_ state: FlipCounterModel.State, left: Double, eye: FlapEye) {
            drawShelf(state)
            drawPrints(state, left: left)
            draw(
                state.cells.enumerated().map { Piece(place: $0, art: art($0), origin: origin($0), cell: $1) }, eye: eye)
        }

        /// A cell at its place.
        struct Piece {
            let place: Int
            let art: FlapArt
            let origin: Point
            let cell: FlipCounterModel.State.Cell
        }

        mutating func draw(_ pieces: [Piece], eye: FlapEye) {
            for piece in pieces where piece.cell.card > 0 { drawCards(piece) }
            // Neighbours are parted by a plane that the eye is on one side of: what is on the far side comes first.
            let order = pieces.indices.map { index -> (depth: Double, index: Int) in
                let (origin, geometry) = (pieces[index].origin, pieces[index].art.geometry)
                let middle = SIMD3(origin.x + geometry.width / 2, origin.y + geometry.hinge, 0)
                return (-eye.depth(middle), index)
            }.sorted { ($0.depth, $0.index) < ($1.depth, $1.index) }
            for (_, index) in order where pieces[index].cell.card > 0 { drawLeaves(pieces[index], eye: eye) }
        }

        mutating func addHousing(_ place: Int, _ art: FlapArt, at origin: Point) {
            add("housing", place, art.housing, at: origin)
        }

        private func art(_ place: Int) -> FlapArt { place < board.layout.format.fraction ? board.smallArt : board.art }

        private func origin(_ place: Int) -> Point {
            let origin = board.layout.origin(place, right: right)
            return Point(x: origin.x, y: origin.y + top)
        }

        private mutating func drawShelf(_ state: FlipCounterModel.State) {
            if state.cells.count == board.shelf.columns, state.cells.allSatisfy({ $0.card == 1 }) {
                add("shelf", 0, board.shelf.content, at: Point(x: right, y: top))
                return
            }
            for (place, cell) in state.cells.enumerated() where cell.card > 0 {
                // A place that the board is still making room for comes with it.
                let presence = min(cell.card, max(0, state.columns - Double(place)))
                add("housing", place, art(place).housing, at: origin(place), opacity: presence)
            }
        }

        private mutating func drawPrints(_ state: FlipCounterModel.State, left: Double) {
            let layout = board.layout
            if let prefix = board.prefix { add("prefix", 0, prefix.content, at: Point(x: left, y: top)) }
            if let suffix = board.suffix {
                add("suffix", 0, suffix.content, at: Point(x: right - suffix.width, y: top))
            }
            for place in state.cells.indices.dropFirst() {
                guard let separator = layout.format.separator(before: place),
                    let print = separator == .comma ? board.comma : board.point
                else { continue }
                // Beside a blank card it stands there unlit: a gap alone looks like a missing card.
                let lit = state.cells[place].separator
                let shown = layout.format.leading == .blank ? 0.16 + 0.84 * lit : lit
                let presence = min(shown, max(0, state.columns - Double(place)))
                let x = right - layout.offset(place) + layout.gap / 2 + (layout.separator - print.width) / 2
                add("separator", place, print.content, at: Point(x: x.rounded(), y: top), opacity: presence)
            }
        }

        private mutating func drawCards(_ piece: Piece) {
            let (art, cell, flap, origin) = (piece.art, piece.cell, piece.cell.flap, piece.origin)
            let name = id.child("cell", piece.place)
            guard let leaf = flap.leaf else {
                add(name.child("whole"), art.card(flap.upper).whole, at: origin, opacity: cell.card)
                return
            }
            add(
                name.child("upper"), art.card(flap.upper).upper, at: origin, opacity: cell.card,
                light: art.stage.revealed(leaf.angle))
            add(name.child("lower"), art.card(flap.lower).lower, at: origin, opacity: cell.card)
            let (reach, opacity) = art.stage.shadow(leaf.angle)
            guard reach > 0.02 else { return }
            let geometry = art.geometry
            let hinge = origin.y + geometry.hinge
            let lower = Rect(
                x: origin.x, y: hinge - geometry.radius, width: geometry.width, height: geometry.hinge + geometry.radius
            )
            add(
                name.child("shadow"), art.shadow,
                matrix: .translation(x: origin.x, y: hinge) * .scale(x: 1, y: reach)
                    * .translation(x: 0, y: -geometry.hinge), opacity: opacity * cell.card,
                clip: Clip(lower, radius: geometry.radius))
        }

        private mutating func drawLeaves(_ piece: Piece, eye: FlapEye) {
            let (art, cell, flap, origin) = (piece.art, piece.cell, piece.cell.flap, piece.origin)
            let name = id.child("cell", piece.place)
            if let bounce = flap.bounce {
                drawLeaf(bounce, art: art, at: origin, name: name.child("bounce"), opacity: cell.card, eye: eye)
            }
            guard let leaf = flap.leaf else { return }
            let isBlurred = leaf.front == .blurred && leaf.back == .blurred
            if isBlurred {
                // More leaves are in the air than one can tell apart.
                let other = leaf.angle + .pi / 2
                let ghost = FlapState.Leaf(
                    front: leaf.front, back: leaf.back, angle: other < .pi ? other : other - .pi,
                    velocity: leaf.velocity)
                drawLeaf(
                    ghost, art: art, at: origin, name: name.child("ghost"), opacity: cell.card * 0.4, eye: eye)
            }
            drawLeaf(
                leaf, art: art, at: origin, name: name.child("leaf"), opacity: cell.card * (isBlurred ? 0.7 : 1),
                eye: eye)
        }

        private mutating func drawLeaf(
            _ leaf: FlapState.Leaf, art: FlapArt, at origin: Point, name: LayerID, opacity: Double, eye: FlapEye
        ) {
            let stage = art.stage
            let edge = stage.edge(leaf.angle, at: origin)
            if leaf.angle > 0.01, leaf.angle < .pi - 0.01, eye.facesFront(edge) {
                add(name.child("edge"), art.edge, matrix: eye.project(edge), opacity: opacity)
            }
            let front = stage.leaf(leaf.angle, isBack: false, at: origin)
            if eye.facesFront(front) {
                add(
                    name.child("front"), art.card(leaf.front).upper, matrix: eye.project(front), opacity: opacity,
                    light: stage.light(leaf.angle, isBack: false))
                return
            }
            let back = stage.leaf(leaf.angle, isBack: true, at: origin)
            if eye.facesFront(back) {
                add(
                    name.child("back"), art.card(leaf.back).lower, matrix: eye.project(back), opacity: opacity,
                    light: stage.light(leaf.angle, isBack: true))
            }
        }

        private mutating func add(
            _ part: StaticString, _ ordinal: Int, _ content: LayerContent, at point: Point, opacity: Double = 1
        ) {
            add(id.child(part, ordinal), content, at: point, opacity: opacity)
        }

        private mutating func add(
            _ name: LayerID, _ content: LayerContent, at point: Point, opacity: Double = 1, light: Light = .none
        ) {
            add(name, content, matrix: .translation(x: point.x, y: point.y), opacity: opacity, light: light)
        }

        private mutating func add(
            _ name: LayerID, _ content: LayerContent, matrix: Matrix3, opacity: Double, light: Light = .none,
            clip: Clip? = nil
        ) {
            let alpha = UInt8(max(0, min(255, (opacity * 255).rounded())))
            guard alpha > 0 else { return }
            nodes.append(
                .layer(Layer(id: name, content: content, matrix: matrix, opacity: alpha, light: light, clip: clip)))
        }
    }
}
