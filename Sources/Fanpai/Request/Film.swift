import Drawing
import Motion
import Orders

/// A film that is ready to be drawn: a template resolved against order data and the user's wishes.
///
///     let film = try Film(FilmRequest(template: "flip-board", orders: "orders.csv"), home: Home.find())
///     try film.render(to: "out.mp4")
public struct Film: Sendable {
    /// The template's name: that of its folder.
    public let name: String
    /// What can be rendered.
    public let source: FrameSource
    /// What the user should know, in sentences; never with personal information.
    public let warnings: [String]

    let composition: Composition
    let origin: FilmOrigin

    /// Decodes and resolves.
    ///
    /// - Parameter cancellation: looked at between the phases.
    /// - Throws: `FanpaiError` with everything that is wrong with template, data and request.
    public init(
        _ request: FilmRequest, home: Home, cancellation: Cancellation = Cancellation()
    ) throws(FanpaiError) {
        try self.init(request, home: home, cancellation: cancellation, loaded: LoadedFiles())
    }

    /// Decodes and resolves with what was loaded already.
    init(
        _ request: FilmRequest, home: Home, cancellation: Cancellation, loaded: LoadedFiles
    ) throws(FanpaiError) {
        let parts = try FilmParts(request, home: home, loaded: loaded)
        try cancellation.check()
        let composition: Composition
        var warnings: [String]
        do {
            let found = try TemplateCheck.compose(
                parts.template, feed: parts.feed, world: parts.world, options: parts.options, claims: parts.claims)
            composition = found.composition
            // The template's own are among what was found.
            warnings = found.warnings.map(\.sentence) + parts.dataWarnings
        } catch {
            throw FanpaiError(error)
        }
        try cancellation.check()
        if let missing = composition.missingGlyphs { warnings.append(missing.sentence) }
        name = parts.origin.name
        var origin = parts.origin
        origin.inputs += parts.world.files
        self.origin = origin
        self.warnings = warnings
        self.composition = composition
        let scenes = composition.scenes
        var source = FrameSource(
            size: composition.size, rate: composition.rate, frameCount: composition.frameCount,
            scenes: scenes.map(\.frames.lowerBound),
            cuts: scenes.filter { $0.fade > 0 }.map { $0.frames.lowerBound + $0.fade }, images: parts.world,
            list: Self.lists(of: composition, request.quality))
        // A blurred frame shows moments between frames, which these digests do not name.
        if request.quality == .standard { source.inputDigests = { composition.inputDigests(ofFrames: $0) } }
        self.source = source
    }
}

extension Film {
    /// What the frames show.
    private static func lists(
        of composition: Composition, _ quality: FilmRequest.Quality
    ) -> @Sendable (Int) throws -> DisplayList {
        switch quality {
        case .standard: { composition.displayList(atFrame: $0) }
        case .high: { Shutter { composition.displayList(at: $0) }.displayList(atFrame: $0) }
        }
    }
}

/// Where a film comes from, for its manifest.
struct FilmOrigin: Sendable {
    let name: String
    /// What the film is called: its headline, else the template's title.
    let title: String
    let templateDigest: Digest
    let parameters: [(name: String, value: ParameterValue)]
    let orders: OrdersOrigin?
    let keyFingerprint: String
    let seed: UInt64
    let quality: FilmRequest.Quality
    let usesSystemFonts: Bool
    let brand: BrandFile?
    /// The files that it was made from, which no output may overwrite.
    var inputs: [String]

    /// The order data's part.
    struct OrdersOrigin: Sendable {
        let files: [OrderFile]
        let summary: DecodedOrders.Summary
        let isSynthetic: Bool
        let exportedAt: Instant?
        let isSample: Bool
    }
}

/// What resolve needs, decoded.
struct FilmParts {
    let template: Template
    let feed: Feed
    let world: FilmWorld
    let options: ResolveOptions
    let origin: FilmOrigin
    /// Words that texts may not have, but for those of the brand.
    let claims: ClaimList
    /// What is doubtful in the order data.
    let dataWarnings: [String]

    init(_ request: FilmRequest, home: Home, loaded: LoadedFiles = LoadedFiles()) throws(FanpaiError) {
        let folder = try home.folder(ofTemplate: request.template)
        let file = folder + "/template.yaml"
        let bytes = try FileAccess.read(file, limit: 4 << 20)
        do {
            let template = try Template(decoding: bytes, file: file)
            var options = ResolveOptions()
            var parameters = request.isDemo ? template.sampleParameters : [:]
            let brand = try request.brand.map { (path) throws(FanpaiError) in try BrandFile(path) }
            if let brand {
                parameters.merge(try brand.brand.values(for: template)) { $1 }
                (options.source, options.note) = (brand.brand.source, brand.brand.note)
            }
            claims = brand.map { ClaimList.standard.allowing($0.brand.allowed.map(\.word)) } ?? .standard
            let assignments = request.parameters.map { "\($0.name)=\($0.value)" }
            let given = Set(request.parameters.map(\.name))
            for (name, value) in try template.values(assignments: assignments)
            where given.contains(name) || parameters[name] == nil {
                parameters[name] = value
            }
            options.parameters = parameters
            options.size =
                request.size ?? (request.isHalfSize ? template.layouts.first.map { Self.half($0.size) } : nil)
            if let rate = request.rate { options.rate = rate }
            options.duration = request.duration.map { Double($0) / 1e6 }
            options.period = request.period
            options.now = request.now
            if let seed = request.seed { options.seed = seed }
            options.isDemo = request.isDemo

            let key = try OrderImport.key(request)
            let orders = try Self.orders(request, template: template, folder: folder, key: key, loaded: loaded)
            self.template = template
            feed = orders?.decoded.feed ?? Feed()
            world = FilmWorld(folder: folder, home: home, brand: brand, loaded: loaded)
            // What is wrong with a brand is said of the brand, not of the text that shows it.
            if brand?.hasFonts == true { _ = try world.fonts(adding: template.fonts) }
            self.options = options
            dataWarnings = orders?.decoded.warnings ?? []
            origin = FilmOrigin(
                name: FileAccess.name(of: folder), title: Self.title(template, parameters),
                templateDigest: Digest.sha256(of: bytes),
                parameters: template.parameters.map { ($0.name, parameters[$0.name] ?? $0.fallback) },
                orders: orders?.origin, keyFingerprint: key.fingerprint, seed: options.seed, quality: request.quality,
                usesSystemFonts: home.usesSystemFonts,
                brand: brand,
                inputs: Self.inputs(
                    request, template: template, folder: folder, brand: brand, parameters: parameters))
        } catch {
            throw FanpaiError(error)
        }
    }

    private static func title(_ template: Template, _ parameters: [String: ParameterValue]) -> String {
        let fallback = template.parameters.first { $0.name == "headline" }?.fallback
        if case .text(let headline)? = parameters["headline"] ?? fallback, !headline.isEmpty { return headline }
        return template.title.chinese
    }

    private static func inputs(
        _ request: FilmRequest, template: Template, folder: String, brand: BrandFile?,
        parameters: [String: ParameterValue]
    ) -> [String] {
        let others = [request.brand, request.keyFile ?? Home.variable("FANPAI_KEY_FILE")].compactMap { $0 }
        // The sample is the template's, whether this film shows it or not.
        let own = (["template.yaml"] + template.fonts + [template.sampleOrders].compactMap { $0 }).map {
            folder + "/" + $0
        }
        let pictures = parameters.values.compactMap {
            if case .image(let path) = $0, !path.isEmpty { path } else { nil }
        }
        return own + request.orders + others + pictures + (brand?.files ?? [])
    }

    /// Half a size in even pixels, as encoders want them.
    private static func half(_ size: PixelSize) -> PixelSize {
        let width = max(16, (size.width / 2 + 1) & ~1)
        let height = (Double(size.height) * Double(width) / Double(size.width) / 2).rounded() * 2
        return PixelSize(width: width, height: max(16, Int(height)))
    }

    private static func orders(
        _ request: FilmRequest, template: Template, folder: String, key: ProjectKey, loaded: LoadedFiles
    ) throws(FanpaiError) -> (decoded: DecodedOrders, origin: FilmOrigin.OrdersOrigin)? {
        let sample = request.isDemo ? template.sampleOrders.map { [folder + "/" + $0] } ?? [] : []
        let paths = request.orders.isEmpty ? sample : request.orders
        guard !paths.isEmpty
        else {
            guard request.isDemo else {
                throw FanpaiError(
                    .usage, "there is no order data",
                    remedy: "name a file with --orders, or use --demo to show the template's own sample")
            }
            return nil
        }
        let (decoded, files) = try loaded.orders(request, paths: paths, key: key)
        return (
            decoded,
            FilmOrigin.OrdersOrigin(
                files: files, summary: decoded.summary,
                isSynthetic: decoded.feed.isSynthetic, exportedAt: decoded.feed.exportedAt,
                isSample: request.orders.isEmpty)
        )
    }
}

extension Composition {
    /// What the data says that no font can draw; nil when all of it can be drawn.
    var missingGlyphs: Diagnostic? {
        guard facts.missingGlyphs > 0 else { return nil }
        return Diagnostic(
            .glyph,
            facts.missingGlyphs == 1
                ? "1 character of the data is in no font and is shown as 〓"
                : "\(facts.missingGlyphs) characters of the data are in no font and are shown as 〓",
            hint: "give the template or the brand a font that has them, or change the titles", severity: .warning)
    }
}
