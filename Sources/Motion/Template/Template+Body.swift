package import Drawing
internal import Orders

extension Template {
    /// What depends on layout, size, rate and parameters.
    package struct Body: Sendable {
        /// What is shown of an order feed.
        package let data: DataSpecification
        /// Named moments, in order of the document.
        package let markers: [MarkerSpecification]
        /// The scenes in order.
        package let scenes: [SceneSpecification]
        /// Pixels from the eye to the canvas.
        package let cameraDistance: Double
        /// What lies below every scene.
        package let background: PaintSpecification?
        /// Where the mark 演示数据 goes, when there must be one.
        package let demoMark: Point?
    }

    /// What does not.
    struct Header {
        var title = LocalizedText.empty
        var summary = LocalizedText.empty
        var layouts: [TemplateLayout] = []
        var parameters: [ParameterDefinition] = []
        var fonts: [String] = []
        var sampleOrders: String?
        var sampleParameters: [String: ParameterValue] = [:]
        var isOffline = false
    }

    private static let versionField = Field(
        "fanpai", ValueType<Int>.whole(1...1_000_000), "The version of the format: 1.", isRequired: true)
    fileprivate static let titleField = Field("title", LocalizedText.type, "What people call it.")
    fileprivate static let summaryField = Field("summary", LocalizedText.type, "What it is for.")
    fileprivate static let layoutsField = Field("layouts", TemplateLayout.map, "Named canvases.", isRequired: true)
    fileprivate static let parametersField = Field("parameters", ParameterDefinition.map, "What users may change.")
    fileprivate static let fontsField = Field(
        "fonts", ValueType<[String]>.list(of: .file, count: 0...32), "Font files in the template's folder.")
    private static let orders = Field("orders", ValueType<String>.file, "A file of sample orders.")
    private static let sampleValues = Field(
        "parameters",
        ValueType<[String: YAMLValue]>(
            .map(of: .anyOf([.text(maximum: 2000), .number(minimum: nil, maximum: nil, isWhole: false), .boolean]))
        ) { value, context in
            guard let entries = value.entries else {
                context.report(.type, "\(value.shape) where values are needed", hint: "write name: value", at: value)
                return nil
            }
            return Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        }, "Values of parameters for demonstrations.")
    private static let sampleFields = [orders.schema, sampleValues.schema]
    private static let sample = Field(
        "sample", ValueType<YAMLValue>(.object(sampleFields)) { value, _ in value },
        "Data and values for demonstrations.")
    private static let data = Field("data", DataSpecification.type, "What is shown of an order feed.")
    private static let markers = Field(
        "markers", MarkerSpecification.map, "Named moments that elements are bound to.")
    private static let styles = Field("styles", TextLook.map, "Named looks of text.")
    private static let distance = Field(
        "distance", ValueType<Double>.length(100...100_000), "Units of the layout from the eye to the canvas.")
    private static let camera = Field(
        "camera", ValueType<Double>.object([distance.schema]) { $0.optional(distance) }, "The one eye of the canvas.")
    private static let background = Field(
        "background", PaintSpecification.type, "What lies below every scene; nothing when missing.")
    private static let demoMark = Field(
        "demoMark", ValueType<Point>.point, "Upper left corner of the mark 演示数据, when there must be one.")
    private static let scenes = Field(
        "scenes", ValueType<[SceneSpecification]>.list(of: SceneSpecification.type, count: 1...100),
        "The scenes in order.", isRequired: true)

    /// The keys of a template.
    package static let fields: [FieldSchema] = [
        versionField.schema, titleField.schema, summaryField.schema, layoutsField.schema, parametersField.schema,
        fontsField.schema, sample.schema,
        data.schema, markers.schema, styles.schema, camera.schema, background.schema, demoMark.schema, scenes.schema,
    ]

    /// Reads what depends on layout and parameters.
    static func read(
        _ root: YAMLValue, header: Header, layout: TemplateLayout, scale: Double, rate: FrameRate,
        parameters: [String: ParameterValue], in context: DecodeContext
    ) -> Body? {
        guard let fields = FieldDecoder(root, fields: fields, in: context) else { return nil }
        var environment = DecodeContext.Environment()
        environment.layoutNames = header.layouts.map(\.name)
        environment.layout = layout.name
        environment.scale = scale
        environment.rate = rate
        environment.parameters = parameters
        context.environment = environment
        let data = fields.value(Self.data, default: DataSpecification())
        context.environment.measures = data.measures.map(\.name)
        context.environment.moneyMeasures = Set(data.measures.filter { $0.measure.isMoney }.map(\.name))
        let markers = fields.value(Self.markers, default: [])
        context.environment.markers = markers.map(\.name)
        for marker in markers {
            guard case .measured(let name, _) = marker.moment else { continue }
            context.environment.markerNumbers[marker.name] = context.environment.moneyMeasures.contains(name)
        }
        context.environment.styles = fields.value(Self.styles, default: [:])
        let camera = fields.value(
            Self.camera, default: Double(max(layout.size.width, layout.size.height)) * 1.5 * scale)
        let background = fields.optional(Self.background)
        let mark = fields.optional(demoMark)
        guard let scenes = fields.required(Self.scenes) else { return nil }
        var names: Set<String> = []
        for scene in scenes where !names.insert(scene.id).inserted {
            fields.report(
                .duplicateName, "two scenes have the id \"\(scene.id)\"", hint: "give each its own", at: Self.scenes)
        }
        for marker in markers {
            guard case .scene(let id, _) = marker.moment, !names.contains(id) else { continue }
            fields.report(
                .unknownName, "marker \"\(marker.name)\": there is no scene \"\(id.prefix(60))\"",
                hint: Suggestion.hint(for: id, among: scenes.map(\.id)), at: Self.markers)
        }
        if case .fade? = scenes.first?.transition {
            fields.report(
                .animation, "the first scene has nothing to fade from", hint: "give its elements an enter animation",
                at: Self.scenes, severity: .warning)
        }
        return Body(
            data: data, markers: markers, scenes: scenes, cameraDistance: camera, background: background,
            demoMark: mark)
    }
}

extension Template.Header {
    /// Reads what does not depend on a layout; reports what is wrong, and is nil when nothing else can be read.
    init?(_ root: YAMLValue, in context: DecodeContext) {
        guard let entries = root.entries else {
            context.report(
                .type, "\(root.shape) where a template is needed", hint: "begin with fanpai: 1", at: root)
            return nil
        }
        // The version before all else: another one may have other keys.
        guard let version = entries.first(where: { $0.key == "fanpai" })?.value else {
            context.report(.version, "key \"fanpai\" is missing", hint: "begin with fanpai: 1", at: root)
            return nil
        }
        guard version.text == "\(Template.version)" else {
            context.within(.key("fanpai")) {
                context.report(
                    .version, "\(version.shape) is a version that this program does not read",
                    hint: "write fanpai: \(Template.version), or use a newer program", at: version)
            }
            return nil
        }
        context.environment = DecodeContext.Environment()
        guard let fields = FieldDecoder(root, fields: Template.fields, in: context) else { return nil }
        title = fields.value(Template.titleField, default: .empty)
        summary = fields.value(Template.summaryField, default: .empty)
        parameters = fields.value(Template.parametersField, default: [])
        fonts = fields.value(Template.fontsField, default: [])
        guard let layouts = fields.required(Template.layoutsField) else { return nil }
        self.layouts = layouts
        isOffline = root["data"]?["offline"]?.text == "true"
        Template.readSample(root, into: &self, in: context)
    }
}

extension Template {
    static func readSample(_ root: YAMLValue, into header: inout Header, in context: DecodeContext) {
        guard let value = root["sample"] else { return }
        let definitions = header.parameters
        let (file, values): (String?, [String: ParameterValue]) = context.within(.key("sample")) {
            guard let fields = FieldDecoder(value, fields: sampleFields, in: context) else { return (nil, [:]) }
            var values: [String: ParameterValue] = [:]
            for (name, value) in (fields.optional(sampleValues) ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let definition = definitions.first(where: { $0.name == name }) else {
                    fields.report(
                        .unknownName, "there is no parameter \"\(name.prefix(60))\"",
                        hint: Suggestion.hint(for: name, among: definitions.map(\.name)), at: sampleValues)
                    continue
                }
                do throws(MotionError) {
                    values[name] = try definition.value(parsing: value.text ?? "")
                } catch {
                    for problem in error.diagnostics { context.add(problem) }
                }
            }
            return (fields.optional(orders), values)
        }
        header.sampleOrders = file
        header.sampleParameters = values
    }
}
