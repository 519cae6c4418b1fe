public import Drawing

/// A named canvas of a template. Lengths of the template are in its units.
public struct TemplateLayout: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its size in its own units, which are pixels at the size that it was designed for.
    public let size: PixelSize
    /// The name of the safe-area profile that its texts keep to; nil for none.
    public let safeArea: String?

    /// Output pixels to a unit for an output of a size, when it has the same ratio.
    ///
    /// Sides may be half a pixel off the exact ratio, since outputs have whole (and often even) sides.
    package func scale(for output: PixelSize) -> Double? {
        let scale = Double(output.width) / Double(size.width)
        let height = Double(size.height) * scale
        guard abs(height - Double(output.height)) <= 1 else { return nil }
        return scale
    }
}

extension TemplateLayout {
    private static let size = Field(
        "size", ValueType<[Int]>.list(of: .whole(16...8192), count: 2...2), "Width and height in pixels.",
        isRequired: true)
    private static let safeArea = Field(
        "safeArea",
        ValueType<String>.text(maximum: 64).map { name, value, context -> String? in
            if SafeArea.named(name) != nil { return name }
            context.report(
                .unknownName, "there is no safe-area profile \"\(name)\"",
                hint: Suggestion.hint(for: name, among: SafeArea.all.map(\.name)), at: value)
            return nil
        }, "The profile of margins that a platform covers.")
    package static let fields = [size.schema, safeArea.schema]

    /// Reads the mapping from names to layouts, in order of the document.
    package static let map = ValueType<[TemplateLayout]>(.map(of: .object(fields))) { value, context in
        guard let entries = value.entries, !entries.isEmpty, entries.count <= 16 else {
            context.report(
                .type, "\(value.shape) where layouts are needed", hint: "write portrait: {size: [1080, 1920]}",
                at: value)
            return nil
        }
        var layouts: [TemplateLayout] = []
        for entry in entries {
            context.within(.key(entry.key)) {
                guard Name.isValid(entry.key), !reserved.contains(entry.key) else {
                    context.report(
                        .type, "\"\(entry.key.prefix(60))\" cannot name a layout",
                        hint: "write a word such as portrait",
                        at: entry.value)
                    return
                }
                guard let fields = FieldDecoder(entry.value, fields: fields, in: context),
                    let size = fields.required(size)
                else { return }
                layouts.append(
                    TemplateLayout(
                        name: entry.key, size: PixelSize(width: size[0], height: size[1]),
                        safeArea: fields.optional(safeArea)))
            }
        }
        return layouts.count == entries.count ? layouts : nil
    }

    /// Keys of values that could be taken for a layout's.
    private static let reserved = [
        "keys", "at", "value", "ease", "linear", "radial", "angle", "preset", "bezier", "steps", "spring", "text",
        "color",
        "zh", "en", "type",
    ]
}
