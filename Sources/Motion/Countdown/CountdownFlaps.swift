import Drawing
import Typesetting

/// Figures as a small split-flap board. Its drums run down: every second is one flip.
struct CountdownFlaps: Sendable {
    private let board: FlipBoard
    private let speed: FlapSpeed
    private let rate: FrameRate
    private let signs: [(place: Int, print: FlipBoard.Print)]
    private let offsets: [Double]
    /// The size that it takes without a box.
    let natural: Size

    init(
        _ slots: [CountdownFormat.Slot], look: FlipLook, box: Size?, rate: FrameRate, with typesetter: SharedTypesetter
    ) throws(TypesettingError) {
        speed = look.speed
        self.rate = rate
        let count = slots.filter { if case .digit = $0 { true } else { false } }.count
        let format = CounterFormat(places: max(1, count))
        let specification = look.board(format: format, isMoney: false)
        // Signs stand in gaps of their own: the board is set for the width that is left beside them.
        let signCount = Double(slots.count - count)
        let height = box?.height ?? 160
        let share =
            box.map { min($0.height, $0.width / (Double(count) * (look.ratio + 0.08) + signCount * 0.3)) } ?? height
        let board = try specification.board(
            in: Size(width: 1e5, height: share), columns: max(1, count), with: typesetter)
        self.board = board
        let card = board.layout.card
        var x = 0.0
        var offsets: [Double] = []
        var signs: [(place: Int, print: FlipBoard.Print)] = []
        for (place, slot) in slots.enumerated() {
            offsets.append(x)
            switch slot {
            case .digit: x += card.width + board.layout.gap
            case .sign(let text):
                let isWord = text == "天"
                let style = TextStyle(family: isWord ? "Noto Sans CJK SC" : look.family, weight: look.weight, size: 100)
                let print = try FlapPrint(
                    [text], style: style,
                    extent: Size(width: 1e6, height: card.height * (isWord ? 0.34 : text == ":" ? 0.36 : 0.1)),
                    with: typesetter)
                let ink = print.glyphs[0].ink
                let room = ink.width + 2 * board.layout.gap
                let y = text == "." ? card.height * 0.8 : isWord ? card.height * 0.68 : card.hinge
                let nodes = print.nodes(
                    0, centeredAt: Point(x: (room - board.layout.gap) / 2, y: y), paint: .solid(look.style.print))
                signs.append((place, FlipBoard.Print(content: .enclosing(nodes), width: room)))
                x += room.rounded()
            }
        }
        self.offsets = offsets
        self.signs = signs
        natural = Size(width: x - board.layout.gap, height: card.height)
    }

    /// The places at a moment; `slots` tells what each shows at any moment.
    func nodes(
        _ time: FrameTime, earliest: FrameTime, in size: Size, id: LayerID, slots: (FrameTime) -> [CountdownFormat.Slot]
    ) -> [Node] {
        let left = ((size.width - natural.width) / 2).rounded()
        let top = ((size.height - natural.height) / 2).rounded()
        let now = slots(time)
        // All places look back over the same moments.
        var history = [now]
        let step = Self.step
        func past(_ moment: FrameTime) -> [CountdownFormat.Slot] {
            let index = (time - moment).ticks / step.ticks
            while history.count <= index {
                history.append(slots(time - FrameTime(ticks: step.ticks * history.count)))
            }
            return history[index]
        }
        var cells: [(origin: Point, state: FlapState)] = []
        for (place, slot) in now.enumerated() where place < offsets.count {
            guard case .digit(let digit) = slot else { continue }
            let state = state(place, digit: digit, time, earliest: earliest, slots: past)
            cells.append((Point(x: left + offsets[place], y: top), state))
        }
        var nodes = board.nodes(cells, size: size, id: id)
        for sign in signs {
            nodes.append(
                .layer(
                    Layer(
                        id: id.child("sign", sign.place), content: sign.print.content,
                        matrix: .translation(x: left + offsets[sign.place], y: top))))
        }
        return nodes
    }

    /// How far apart the moments are that are looked back at: a quarter of a frame.
    private static let step = FrameTime(ticks: FlipCounterModel.bucket)

    /// What a place does: a function of when its figure last changed, and how long the one before had stood.
    private func state(
        _ place: Int, digit: Int, _ time: FrameTime, earliest: FrameTime, slots: (FrameTime) -> [CountdownFormat.Slot]
    ) -> FlapState {
        let face = FlapFace(glyph: Int16(digit))
        func figure(_ moment: FrameTime) -> CountdownFormat.Slot? {
            let slots = slots(moment)
            return place < slots.count ? slots[place] : nil
        }
        // Linear, not binary: a figure comes round again when seconds run fast.
        let step = Self.step
        let longest = speed.hold + speed.fall + FlapLanding.duration
        let horizon = max(earliest, time - FrameTime(seconds: longest, rate: rate))
        var change = time
        while change > horizon, figure(change - step) == .digit(digit) { change = change - step }
        guard change > horizon, case .digit(let before)? = figure(change - step) else {
            return FlapState(resting: face)
        }
        var earlier = change - step
        while earlier > horizon, figure(earlier - step) == .digit(before) { earlier = earlier - step }
        let stood = (change - earlier).seconds(at: rate)
        let isFirst = earlier <= horizon
        if !isFirst, stood < speed.top { return FlapState(resting: .blurred) }
        let start = change.seconds(at: rate)
        let from = FlapFace(glyph: Int16(before))
        let whole = speed.hold + speed.fall
        let leg =
            isFirst || stood >= whole
            ? FlapLeg.release(at: start, from: from, to: face, index: 0, forward: true, speed: speed)
            : FlapLeg.next(at: start, from: from, to: face, index: 0, forward: true, period: max(0.03, stood * 0.9))
        return FlapState(leg, at: time.seconds(at: rate))
    }
}
