internal import Drawing
public import Orders

/// Finds everything that is wrong or doubtful in a template with its data: what `fanpai check` prints.
public enum TemplateCheck {
    /// All errors and warnings for one layout, those of the document first.
    ///
    /// What resolving finds (fonts, glyphs, disclosure, data) comes first, then texts that are cut, too small or make claims, then elements
    /// that leave the frame or the safe area at any of up to 24 moments of their scene.
    public static func diagnostics(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions = ResolveOptions(),
        claims: ClaimList = .standard
    ) -> [Diagnostic] {
        do throws(MotionError) {
            return try look(template, feed: feed, world: world, options: options, claims: claims).diagnostics
        } catch {
            return template.warnings + error.diagnostics
        }
    }

    /// Resolves a template for pictures: what `diagnostics` would list as an error keeps them from being made.
    ///
    /// - Returns: the composition, and the warnings.
    /// - Throws: `MotionError` with every error.
    public static func compose(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions = ResolveOptions(),
        claims: ClaimList = .standard
    ) throws(MotionError) -> (composition: Composition, warnings: [Diagnostic]) {
        let (composition, diagnostics, kind) = try look(
            template, feed: feed, world: world, options: options, claims: claims)
        let errors = diagnostics.filter { $0.severity == .error }
        guard let composition, errors.isEmpty else { throw MotionError(kind, errors) }
        return (composition, diagnostics)
    }

    private static func look(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions, claims: ClaimList
    ) throws(MotionError) -> (composition: Composition?, diagnostics: [Diagnostic], kind: MotionError.Kind) {
        var resolver = Resolver(template: template, feed: feed, world: world, options: options)
        let composition = try resolver.run()
        var found = template.warnings
        func add(_ diagnostic: Diagnostic) { if !found.contains(diagnostic) { found.append(diagnostic) } }
        for diagnostic in resolver.diagnostics { add(diagnostic) }
        guard let composition else { return (nil, found, resolver.kind) }
        for text in resolver.texts { check(text, canvas: composition.size, claims: claims, add: add) }
        GeometryCheck(composition: composition, layout: resolver.layout).run(add: add)
        return (composition, found, resolver.kind)
    }

    private static func check(
        _ text: TextFact, canvas: PixelSize, claims: ClaimList, add: (Diagnostic) -> Void
    ) {
        let shown = "\"\(text.text.prefix(24))\(text.text.count > 24 ? "…" : "")\""
        func warn(_ code: Diagnostic.Code, _ message: String, _ hint: String) {
            add(Diagnostic(code, message, hint: hint, place: text.place, severity: .warning))
        }
        if text.isTruncated {
            warn(.overflow, "the text \(shown) does not fit and is cut", "give it more room or fewer words")
        } else if text.overflows {
            warn(.overflow, "the text \(shown) is larger than its box", "give it more room or a smaller fontSize")
        } else if text.size < text.wantedSize * 0.75 {
            warn(
                .overflow,
                "the text \(shown) is shrunk to \(Legibility.shown(text.size / text.wantedSize * 100)) % to fit",
                "give it more room or fewer words")
        }
        let minimum = Legibility.minimum(canvas: canvas)
        if text.size < minimum - 0.01, !text.text.isEmpty {
            warn(
                .tooSmall, "the text \(shown) is \(Legibility.shown(text.size)) px high, too small for a telephone",
                "use at least \(Legibility.shown(minimum)) px at this size")
        }
        for finding in claims.findings(in: text.text) {
            add(
                Diagnostic(
                    .claim, "the text \(shown) has \"\(finding.word)\"",
                    hint: finding.hint,
                    place: text.place, severity: finding.severity))
        }
    }
}
