internal import Drawing
public import Orders

/// Finds everything that is wrong or doubtful in a template with its data: what `fanpai check` prints.
public enum TemplateCheck {
    /// All errors and warnings for one layout, those of the document first.
    ///
    /// What resolving finds (fonts, glyphs, disclosure, data) comes first, then texts that are cut, too small or make claims, then what is
    /// so in some frames: elements out of the frame or the safe area, texts on one another, texts that nobody has the time to read.
    public static func diagnostics(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions = ResolveOptions(),
        claims: ClaimList = .standard
    ) -> [Diagnostic] {
        examine(template, feed: feed, world: world, options: options, claims: claims).diagnostics
    }

    /// The same, and the composition that was looked at: for checks of its pixels. Nil when errors leave none.
    package static func examine(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions, claims: ClaimList
    ) -> (composition: Composition?, diagnostics: [Diagnostic]) {
        do throws(MotionError) {
            let (composition, resolver, found) = try look(
                template, feed: feed, world: world, options: options, claims: claims)
            guard let composition else { return (nil, found) }
            let texts = resolver.texts
            var diagnostics = found
            checkTitles(resolver.titledOrders?.productTitles ?? [], template: template, claims: claims) {
                diagnostics.append($0)
            }
            SightCheck(composition: composition, texts: texts).run { diagnostics.append($0) }
            ReadingCheck(composition: composition, texts: texts).run { diagnostics.append($0) }
            return (composition, diagnostics)
        } catch {
            return (nil, template.warnings + error.diagnostics)
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
        let (composition, resolver, diagnostics) = try look(
            template, feed: feed, world: world, options: options, claims: claims)
        let errors = diagnostics.filter { $0.severity == .error }
        guard let composition, errors.isEmpty else { throw MotionError(resolver.kind, errors) }
        return (composition, diagnostics)
    }

    private static func look(
        _ template: Template, feed: consuming Feed, world: any World, options: ResolveOptions, claims: ClaimList
    ) throws(MotionError) -> (composition: Composition?, resolver: Resolver, diagnostics: [Diagnostic]) {
        var resolver = Resolver(template: template, feed: feed, world: world, options: options)
        let composition = try resolver.run()
        var found = template.warnings
        func add(_ diagnostic: Diagnostic) { if !found.contains(diagnostic) { found.append(diagnostic) } }
        for diagnostic in resolver.diagnostics { add(diagnostic) }
        guard let composition else { return (nil, resolver, found) }
        for text in resolver.texts {
            check(text, in: composition, claims: claims, add: add)
            if text.isDisclosure { checkCaptions(text, in: composition, add: add) }
        }
        GeometryCheck(composition: composition, layout: resolver.layout).run(add: add)
        return (composition, resolver, found)
    }

    /// Products have the names that they have; a film that shows them makes their claims.
    private static func checkTitles(
        _ titles: [String], template: Template, claims: ClaimList, add: (Diagnostic) -> Void
    ) {
        var words: [String] = []
        var found: [String: (count: Int, title: String)] = [:]
        for title in titles {
            for finding in claims.findings(in: title) {
                if found[finding.word] == nil { words.append(finding.word) }
                found[finding.word, default: (0, title)].count += 1
            }
        }
        for word in words {
            guard let (count, title) = found[word] else { continue }
            // A long number in a title is no part of a name.
            let shown = title.prefix(24).replacing(/[0-9]{6,}/, with: "…") + (title.count > 24 ? "…" : "")
            add(
                Diagnostic(
                    .claim,
                    (count == 1 ? "a product that is shown has" : "\(count) products that are shown have")
                        + " \"\(word)\" in the title: \"\(shown)\"",
                    hint: "if it is part of a registered name, allow it in the brand's file with the reason",
                    place: Diagnostic.Place(file: template.file, path: "data"), severity: .warning))
        }
    }

    /// What a disclosure must say (FeedFacts fills it in; the source comes from the template or the brand).
    private static func checkCaptions(_ text: TextFact, in composition: Composition, add: (Diagnostic) -> Void) {
        let facts = composition.facts
        let said = text.text.filter { !$0.isWhitespace }
        func need(_ isNeeded: Bool, _ caption: String, _ what: String, _ hint: String) {
            guard isNeeded, !said.contains(caption.filter { !$0.isWhitespace }) else { return }
            add(
                Diagnostic(
                    .caption, "the disclosure does not say \(what)", hint: hint, place: text.place,
                    frames: composition.frames(of: text), severity: .warning))
        }
        need(
            true, "数据来源：", "where the data comes from",
            "write source: 抖音小店后台「…」订单 under data, or in the brand's file")
        need(facts.period != nil, "统计周期：", "the period", "name it with --period, or under data")
        need(
            facts.asOf != nil && !(facts.isSession && facts.period == nil), "数据截至", "as of when the data is",
            "name the moment with --now")
        need(facts.isReplay && !facts.isSession, "历史订单回放", "that it is a replay", "leave its sentences as they are")
    }

    private static func check(
        _ text: TextFact, in composition: Composition, claims: ClaimList, add: (Diagnostic) -> Void
    ) {
        let shown = "\"\(text.text.prefix(24))\(text.text.count > 24 ? "…" : "")\""
        func warn(_ code: Diagnostic.Code, _ message: String, _ hint: String) {
            add(
                Diagnostic(
                    code, message, hint: hint, place: text.place, frames: composition.frames(of: text),
                    severity: .warning))
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
        let minimum = Legibility.minimum(canvas: composition.size)
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
                    place: text.place, frames: composition.frames(of: text), severity: finding.severity))
        }
    }
}
