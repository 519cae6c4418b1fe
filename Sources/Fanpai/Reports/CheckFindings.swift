import Motion
import Orders

/// Everything that is wrong or doubtful in a template with its data, for `fanpai check`.
public struct CheckFindings: Sendable {
    private let findings: [(layout: String?, diagnostic: Diagnostic)]
    private let notes: [String]

    /// How many findings keep pictures from being made.
    public var errorCount: Int { findings.filter { $0.diagnostic.severity == .error }.count }

    /// Every code with what it says, for documentation.
    public static var codes: [(code: String, meaning: String)] {
        Diagnostic.Code.allCases.map { ($0.rawValue, $0.summary) }
    }

    init(_ request: FilmRequest, home: Home) throws(FanpaiError) {
        let parts: FilmParts
        do throws(FanpaiError) {
            parts = try FilmParts(request, home: home)
        } catch {
            // A document that cannot be decoded is a finding, or several, like any other; a wrong option or a missing file is none.
            guard error.code == .data, !error.diagnostics.isEmpty else { throw error }
            self.findings = error.diagnostics.map { (layout: nil, diagnostic: $0) }
            notes = []
            return
        }
        var findings: [(layout: String?, diagnostic: Diagnostic)] = []
        // Without a size every layout is looked at: what one of them cuts off, another may show.
        let layouts = request.size == nil ? parts.template.layouts : []
        for number in 0..<max(1, layouts.count) {
            let layout = number < layouts.count ? layouts[number] : nil
            var options = parts.options
            if let layout { options.size = layout.size }
            let examined = TemplateCheck.examine(
                parts.template, feed: parts.feed, world: parts.world, options: options, claims: parts.claims)
            var found = examined.diagnostics
            if let composition = examined.composition {
                try ContrastCheck(composition, images: parts.world).run { found.append($0) }
                if let missing = composition.missingGlyphs { found.append(missing) }
            }
            for diagnostic in found where !findings.contains(where: { $0.diagnostic == diagnostic }) {
                findings.append((layouts.count > 1 ? layout?.name : nil, diagnostic))
            }
        }
        self.findings = findings
        // The template's own warnings are among the findings.
        notes = parts.dataWarnings
    }

    /// The findings for people: one line each, place first, then severity and code, as compilers write them.
    public var text: String {
        var text = ""
        for (layout, diagnostic) in findings {
            text += diagnostic.line + (layout.map { " [\($0)]" } ?? "") + "\n"
        }
        for note in notes { text += "warning[\(Diagnostic.Code.data.rawValue)]: \(note)\n" }
        let warnings = findings.count - errorCount + notes.count
        return text + "\(errorCount) errors, \(warnings) warnings\n"
    }

    /// The findings for programs.
    public var json: OrderedJSON {
        .object([
            "errors": .integer(Int64(errorCount)),
            "findings": .array(
                findings.map { layout, diagnostic in
                    .object([
                        "severity": .text(diagnostic.severity.rawValue), "code": .text(diagnostic.code.rawValue),
                        "message": .text(diagnostic.message), "hint": .text(diagnostic.hint),
                        "file": diagnostic.place.map { .text($0.file) },
                        "line": diagnostic.place.flatMap { $0.line > 0 ? .integer(Int64($0.line)) : nil },
                        "column": diagnostic.place.flatMap { $0.column > 0 ? .integer(Int64($0.column)) : nil },
                        "path": diagnostic.place.map { .text($0.path) }, "layout": layout.map { .text($0) },
                        "firstFrame": diagnostic.frames.map { .integer(Int64($0.lowerBound)) },
                        "lastFrame": diagnostic.frames.map { .integer(Int64($0.upperBound)) },
                    ])
                }
                    + notes.map {
                        .object([
                            "severity": .text("warning"), "code": .text(Diagnostic.Code.data.rawValue),
                            "message": .text($0),
                        ])
                    }),
        ])
    }
}

extension Film {
    /// Checks a template with data, in every layout unless the request names a size.
    ///
    /// - Throws: `FanpaiError` when a file cannot be read, order data are wrong or the request cannot be meant; what is wrong in a
    ///   template or a brand is in the findings.
    public static func check(_ request: FilmRequest, home: Home) throws(FanpaiError) -> CheckFindings {
        try CheckFindings(request, home: home)
    }
}

/// The JSON Schema of `template.yaml`.
public func templateSchema() -> String { TemplateSchema.text }
