package import Drawing

/// A template: typed parameters, layouts, data and scenes, read and checked for every layout.
///
/// ```swift
/// let template = try Template(decoding: bytes, file: "template.yaml")
/// let parameters = try template.values(assignments: ["headline=双11战报"])
/// ```
public struct Template: Sendable {
    /// The version of the format that this program reads.
    public static let version = 1

    /// The file as the user named it.
    public let file: String
    /// What people call it.
    public let title: LocalizedText
    /// What it is for.
    public let summary: LocalizedText
    /// Its canvases, in order of preference.
    public let layouts: [TemplateLayout]
    /// Its parameters, in order of the document.
    public let parameters: [ParameterDefinition]
    /// Font files in its folder.
    public let fonts: [String]
    /// Sample orders in its folder, for demonstrations.
    public let sampleOrders: String?
    /// Sample values of parameters, for demonstrations; those that are not named keep their defaults.
    public let sampleParameters: [String: ParameterValue]
    /// Whether it looks ahead to the end of the data; live refuses it.
    public let isOffline: Bool
    /// What is doubtful in it.
    public let warnings: [Diagnostic]

    let root: YAMLValue

    /// Reads a document and checks all of it for every layout.
    ///
    /// - Throws: `MotionError` with everything that is wrong, up to a limit, in order of place.
    public init(decoding bytes: UnsafeRawBufferPointer, file: String) throws(MotionError) {
        let root = try YAMLReader.read(bytes, file: file)
        let context = DecodeContext(file: file)
        let header = Header(root, in: context)
        if let header {
            // Every layout is read with the parameters' defaults: what is wrong in one of them only is found too.
            for layout in header.layouts {
                _ = Self.read(
                    root, header: header, layout: layout, scale: 1, rate: .thirty,
                    parameters: Self.defaults(header.parameters), in: context)
            }
        }
        let problems = Self.sorted(context.diagnostics)
        guard let header, !problems.contains(where: { $0.severity == .error }) else {
            throw MotionError(
                .badData,
                problems.isEmpty
                    ? [Diagnostic(.syntax, "the template cannot be read", place: .init(file: file))] : problems)
        }
        self.file = file
        self.root = root
        (title, summary, layouts, parameters) = (header.title, header.summary, header.layouts, header.parameters)
        (fonts, sampleOrders, sampleParameters) = (header.fonts, header.sampleOrders, header.sampleParameters)
        isOffline = header.isOffline
        warnings = problems
    }

    /// The defaults of all parameters.
    public var defaults: [String: ParameterValue] { Self.defaults(parameters) }

    /// The values of all parameters: defaults, changed by assignments `name=value` in order.
    ///
    /// - Throws: `MotionError` (usage) with every assignment that names no parameter or has a wrong value.
    public func values(assignments: [String]) throws(MotionError) -> [String: ParameterValue] {
        var values = defaults
        var problems: [Diagnostic] = []
        for assignment in assignments {
            guard let equals = assignment.firstIndex(of: "=") else {
                problems.append(
                    Diagnostic(
                        .syntax, "\"\(assignment.prefix(60))\" is no assignment", hint: "write name=value",
                        place: .init(file: "--set")))
                continue
            }
            let name = String(assignment[..<equals])
            guard let definition = parameters.first(where: { $0.name == name }) else {
                problems.append(
                    Diagnostic(
                        .unknownName, "the template has no parameter \"\(name.prefix(60))\"",
                        hint: Suggestion.hint(for: name, among: parameters.map(\.name)), place: .init(file: "--set")))
                continue
            }
            do throws(MotionError) {
                values[name] = try definition.value(parsing: String(assignment[assignment.index(after: equals)...]))
            } catch {
                problems += error.diagnostics
            }
        }
        guard problems.isEmpty else { throw MotionError(.usage, problems) }
        return values
    }

    /// The layout for an output size, and output pixels to a unit of it; the first layout at its own size without one.
    ///
    /// - Throws: `MotionError` (usage) when no layout has that ratio.
    package func layout(for size: PixelSize?) throws(MotionError) -> (
        layout: TemplateLayout, size: PixelSize, scale: Double
    ) {
        guard let size else { return (layouts[0], layouts[0].size, 1) }
        // The exact size first, then the same ratio.
        if let exact = layouts.first(where: { $0.size == size }) { return (exact, size, 1) }
        for layout in layouts {
            if let scale = layout.scale(for: size) { return (layout, size, scale) }
        }
        let known = layouts.map { "\($0.name) \($0.size)" }.joined(separator: ", ")
        throw MotionError(
            .usage,
            [
                Diagnostic(
                    .size, "no layout of the template has the ratio of \(size)", hint: "choose a ratio of \(known)",
                    place: .init(file: "--size"))
            ])
    }

    /// The scenes and the data for one layout, rate and set of values; problems go to `context`.
    package func read(
        layout: TemplateLayout, scale: Double, rate: FrameRate, parameters: [String: ParameterValue],
        in context: DecodeContext
    ) -> Body? {
        let header = Header(root, in: context)
        return header.flatMap {
            Self.read(root, header: $0, layout: layout, scale: scale, rate: rate, parameters: parameters, in: context)
        }
    }

    private static func defaults(_ parameters: [ParameterDefinition]) -> [String: ParameterValue] {
        Dictionary(parameters.map { ($0.name, $0.fallback) }, uniquingKeysWith: { first, _ in first })
    }

    /// By line and column, those without a place last; stable.
    private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { a, b in
            let (left, right) = (a.element.place, b.element.place)
            return (left?.line ?? .max, left?.column ?? .max, a.offset)
                < (right?.line ?? .max, right?.column ?? .max, b.offset)
        }.map(\.element)
    }
}

extension Template {
    /// Reads a document in memory.
    public init(decoding bytes: [UInt8], file: String) throws(MotionError) {
        let result: Result<Template, MotionError> = bytes.withUnsafeBytes { raw in
            do throws(MotionError) {
                return .success(try Template(decoding: raw, file: file))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }
}
