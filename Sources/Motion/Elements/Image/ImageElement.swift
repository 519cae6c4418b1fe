package import Drawing

/// A picture in a box.
package struct ImageSpecification: ElementSpecification {
    package static let kind = "image"
    package static let summary = "A picture, fitted into its box."

    /// How a picture goes into a box of another shape.
    package enum Fit: String, Hashable, Sendable, CaseIterable {
        /// As large as fits.
        case contain
        /// As small as covers; the box cuts it.
        case cover
        /// Stretched.
        case fill
    }

    /// What names a picture, and whether a parameter gave it.
    private struct Name {
        let path: String
        let isParameter: Bool
    }

    private static let image = Field(
        "image",
        ValueType<String>.text(maximum: 1000).map { path, value, _ in Name(path: path, isParameter: value.isParameter)
        },
        "The file, in the template's folder. A parameter that names none leaves the element out.", isRequired: true)
    private static let fit = Field("fit", ValueType<Fit>.choice, "How it goes into a box of another shape.")
    private static let radius = Field("radius", ValueType<Double>.length(0...8192), "Radius of the corners of its box.")
    package static let fields = [image.schema, fit.schema, radius.schema]

    private let path: String
    private let fit: Fit
    private let radius: Double

    package init?(from fields: FieldDecoder) {
        guard let name = fields.required(Self.image) else { return nil }
        let (path, isParameter) = (name.path, name.isParameter)
        // What the template itself names stays in its folder; a parameter may name any file of the user's.
        if !isParameter, ImageSpecification.leavesFolder(path) {
            fields.report(
                .file, "the picture is not in the template's folder", hint: "write a relative path without ..",
                at: Self.image)
            return nil
        }
        if path.isEmpty, !isParameter {
            fields.report(.file, "no file is named", hint: "write a path", at: Self.image)
            return nil
        }
        self.path = path
        fit = fields.value(Self.fit, default: .cover)
        radius = fields.value(Self.radius, default: 0)
    }

    private static func leavesFolder(_ path: String) -> Bool {
        path.hasPrefix("/") || path.split(separator: "/").contains("..") || path.contains("\\")
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        // A logo that no brand has given.
        if path.isEmpty { return nil }
        let facts: ImageFacts
        do {
            facts = try context.world.image(at: path)
        } catch {
            context.report(.file, "picture \"\(path)\" cannot be read: \(error)", hint: "put a PNG or JPEG file there")
            return nil
        }
        let natural = Size(width: Double(facts.size.width), height: Double(facts.size.height))
        let box = context.box ?? Size(width: natural.width * context.scale, height: natural.height * context.scale)
        guard box.width > 0, box.height > 0 else {
            context.report(.range, "the picture's box is empty", hint: "give it a size")
            return nil
        }
        let (across, down) = (box.width / natural.width, box.height / natural.height)
        let factor = fit == .cover ? max(across, down) : min(across, down)
        let drawn =
            fit == .fill ? box : Size(width: natural.width * factor, height: natural.height * factor)
        let target = Rect(
            x: (box.width - drawn.width) / 2, y: (box.height - drawn.height) / 2, width: drawn.width,
            height: drawn.height)
        let whole = Rect(x: 0, y: 0, width: box.width, height: box.height)
        var nodes: [Node] = [.image(ImageNode(image: facts.digest, size: facts.size, target: target))]
        if radius > 0 || fit == .cover {
            let inner = LayerContent(bounds: fit == .contain ? target : whole, nodes: nodes)
            nodes = [
                .layer(
                    Layer(
                        id: context.id.child("clip"), content: inner,
                        clip: Clip(fit == .contain ? target : whole, radius: radius)))
            ]
        }
        return .image(ImageContent(size: box, drawing: LayerContent(bounds: whole.enclosing.rect, nodes: nodes)))
    }
}

/// A picture, resolved.
package struct ImageContent: ElementContent {
    package let size: Size
    private let drawing: LayerContent

    init(size: Size, drawing: LayerContent) { (self.size, self.drawing) = (size, drawing) }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? { drawing }
}
