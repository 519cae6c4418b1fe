internal import Drawing
internal import Typesetting

/// The mark 演示数据 on every frame that shows made-up data.
enum DemoMark {
    /// The mark at its place: that of the template, else the upper left corner of the safe area.
    static func element(body: Template.Body, layout: TemplateLayout, in context: ResolveContext) -> PlacedElement? {
        let unit = Double(min(context.canvas.width, context.canvas.height)) / 1080
        let size = Size(width: 196 * unit, height: 60 * unit)
        var look = TextLook(size: 38 * unit)
        look.weight = 700
        let text = TextTemplate(parts: [.literal("演示数据")])
        let block = TextBlock(spans: [TextBlock.Span(text: text, look: look)])
        let backdrop = ShapeContent.Look(
            form: .rect, outline: Path(), radius: Animated(size.height / 2),
            fill: .solid(Animated(Color(red: 0, green: 0, blue: 0, alpha: 150))),
            stroke: .solid(Animated(Color(red: 255, green: 255, blue: 255, alpha: 200))),
            strokeWidth: Animated(2 * unit), shadow: nil, glow: nil)
        context.id = LayerID("marks/demo")
        context.place = nil
        context.box = size
        guard let content = TextContent(block, in: context, missing: .error) else { return nil }
        func placed(_ name: String, _ element: ResolvedElement, _ placement: Placement) -> PlacedElement {
            PlacedElement(
                id: LayerID("marks/\(name)"), place: Diagnostic.Place(file: ""), placement: placement,
                lifetime: .zero..<context.sceneDuration, ordinal: 0, element: element)
        }
        var inner = Placement()
        inner.anchor = .zero
        let shape = ShapeContent(
            look: backdrop, size: Animated(Point(x: size.width, y: size.height)), id: LayerID("marks/demo/back"))
        var outer = inner
        let area = layout.safeArea.flatMap(SafeArea.named)
        let scale = Double(context.canvas.width) / 1080
        outer.position = Animated(
            body.demoMark
                ?? Point(x: max(40 * unit, (area?.left ?? 0) * scale), y: max(40 * unit, (area?.top ?? 0) * scale)))
        return placed(
            "demo",
            .group(
                GroupContent(
                    size: size, clip: nil, handsDownEnter: false, handsDownExit: false, isFlat: true,
                    children: [placed("demo/back", .shape(shape), inner), placed("demo/text", .text(content), inner)])),
            outer)
    }
}
