package import Drawing

/// A soft copy of a silhouette below it: a shadow, or a glow when it does not move.
package struct ShadowSpecification: Hashable, Sendable {
    /// Its colour.
    package let color: Color
    /// Standard deviation of the softness in output pixels.
    package let blur: Double
    /// Where it falls, in output pixels.
    package let offset: Point

    package init(color: Color, blur: Double, offset: Point) {
        (self.color, self.blur, self.offset) = (color, blur, offset)
    }

    private static let color = Field("color", ValueType<Color>.color, "Its colour.")
    private static let blur = Field(
        "blur", ValueType<Double>.length(0...400), "How soft it is, in units of the layout.")
    private static let offset = Field("offset", ValueType<Point>.point, "Where it falls.")

    /// A mapping with colour, softness and offset.
    package static let type = ValueType<ShadowSpecification>.object([color.schema, blur.schema, offset.schema]) {
        fields in
        let scale = fields.context.environment.scale
        return ShadowSpecification(
            color: fields.value(color, default: Color(red: 0, green: 0, blue: 0, alpha: 128)),
            blur: fields.value(blur, default: 12 * scale),
            offset: fields.value(offset, default: Point(x: 0, y: 8 * scale)))
    }

    /// The shadow of what `nodes` draw (in the shadow's colour already) as a layer.
    package func layer(_ nodes: [Node], id: LayerID) -> Node {
        let effects: [Effect] = blur > 0 ? [.blur(sigma: Fixed.steps(blur))] : []
        return .layer(
            Layer(
                id: id, content: .enclosing(nodes), matrix: .translation(x: offset.x, y: offset.y), effects: effects))
    }
}
