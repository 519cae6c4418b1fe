import Drawing
import Media
import Motion
import Orders

/// The sidecar of an output: what it was made of, and what it says. Nothing in it is personal.
enum Manifest {
    /// The version of the document's form.
    static let version: Int64 = 1

    /// What is known of the output itself.
    struct Output {
        let destination: String
        let profile: String
        let frames: Range<Int>
        let report: RenderReport
        /// Its bytes; nil for a stream.
        let file: OutputIdentity?
        let warnings: [String]
    }

    static func document(_ film: Film, _ output: Output) -> OrderedJSON {
        let composition = film.composition
        let origin = film.origin
        return .object([
            "manifest": .integer(version),
            "output": outputPart(film, output),
            "template": .object([
                "name": .text(origin.name), "format": .integer(Int64(Template.version)),
                "sha256": .text(origin.templateDigest.description), "layout": .text(composition.layout),
            ]),
            "parameters": .object(
                origin.parameters.map { OrderedJSON.Member(key: $0.name, value: value($0.value)) }),
            "seed": .text("\(origin.seed)"),
            "quality": .text(origin.quality.rawValue),
            "brand": origin.brand.map(\.json),
            "orders": origin.orders.map { ordersPart($0, key: origin.keyFingerprint) },
            "data": dataPart(composition.facts),
            "markers": markersPart(composition.markers),
            "warnings": .array(output.warnings.map { .text($0) }),
            "missingGlyphs": .integer(Int64(composition.facts.missingGlyphs)),
            "systemFonts": .bool(origin.usesSystemFonts),
            "versions": LibraryVersions.json,
            "trace": output.file.map { _ in TraceRecord(composition.trace(ofFrames: output.frames)).json },
        ])
    }

    private static func outputPart(_ film: Film, _ output: Output) -> OrderedJSON {
        let rate = film.composition.rate
        return .object([
            "name": output.file == nil ? nil : .text(FileAccess.name(of: output.destination)),
            "title": .text(film.origin.title),
            "sha256": output.file.map { .text($0.digest.description) },
            "bytes": output.file.map { .integer(Int64($0.bytes)) },
            "files": output.file?.files.map { .integer(Int64($0)) },
            "profile": .text(output.profile),
            "width": .integer(Int64(film.composition.size.width)),
            "height": .integer(Int64(film.composition.size.height)),
            "rate": .text(rate.description),
            "frames": .integer(Int64(output.report.frameCount)),
            "firstFrame": .integer(Int64(output.frames.lowerBound)),
            "microseconds": .integer(FrameTime(frame: output.report.frameCount).microseconds(at: rate)),
            "segments": .integer(Int64(output.report.segmentCount)),
            "displayListsSHA256": .text(output.report.digest),
            "alpha": output.report.alpha.map(alphaPart),
        ])
    }

    /// Errors in 1/255; a ratio that is missing means that nothing differs, or that nothing was measured.
    private static func alphaPart(_ figures: AlphaFigures) -> OrderedJSON {
        .object([
            "worstAlpha": .integer(Int64(figures.worstAlpha)),
            "over": .array(
                figures.grounds.map { ground in
                    .object([
                        "ground": .text(ground.name), "worst": .number(hundredths(ground.worst)),
                        "psnr": ratio(ground.psnr), "brightnessPSNR": ratio(ground.brightnessPSNR),
                        "softPSNR": ratio(ground.softPSNR),
                    ])
                }),
        ])
    }

    private static func ratio(_ decibels: Double?) -> OrderedJSON? {
        decibels.flatMap { $0.isFinite ? .number(hundredths($0)) : nil }
    }

    private static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static func ordersPart(_ orders: FilmOrigin.OrdersOrigin, key: String) -> OrderedJSON {
        let summary = orders.summary
        return .object([
            "files": .array(orders.files.map(\.json)), "templateSample": .bool(orders.isSample),
            "shop": summary.shop.map { .text($0) },
            "encoding": .text(summary.encoding.rawValue), "rowsStandFor": .text(summary.dimension.rawValue),
            "rows": .integer(Int64(summary.rows)), "skippedRows": .integer(Int64(summary.skippedRows)),
            "synthetic": .bool(orders.isSynthetic), "exportedAt": orders.exportedAt.map { .text($0.isoText) },
            "keyFingerprint": .text(key),
        ])
    }

    private static func dataPart(_ facts: FeedFacts) -> OrderedJSON {
        .object([
            "period": facts.period.map {
                .object([
                    "from": .text($0.from.isoText), "to": .text($0.to.isoText),
                    "derived": .bool(facts.isPeriodDerived),
                ])
            },
            "asOf": facts.asOf.map {
                .object([
                    "now": .text($0.now.isoText), "rule": .text($0.rule.rawValue),
                    "dataUntil": .text($0.dataUntil.isoText),
                ])
            },
            "measures": .array(
                facts.figures.map {
                    .object([
                        "name": .text($0.name), "measure": .text($0.measure.rawValue),
                        "counting": .text($0.counting.rawValue), "value": .integer($0.value),
                        "unit": .text($0.measure.isMoney ? "fen" : "pieces"),
                    ])
                }),
            "payments": .integer(Int64(facts.payments)),
            "disclosure": .text(facts.disclosure),
            "demo": .bool(facts.isDemo), "replay": .bool(facts.isReplay),
            "simulatedStock": .bool(facts.isStockSimulated),
        ])
    }

    /// The most passes of a marker that are listed.
    private static let passLimit = 1000

    private static func markersPart(_ markers: [Composition.Marker]) -> OrderedJSON {
        .array(
            markers.map { marker in
                .object([
                    "name": .text(marker.name), "count": .integer(Int64(marker.passes.count)),
                    "passes": .array(
                        marker.passes.prefix(passLimit).map {
                            .object([
                                "frame": .integer(Int64($0.frame)), "ticks": .integer(Int64($0.time.ticks)),
                                "value": $0.value.map { .integer($0) },
                            ])
                        }),
                ])
            })
    }

    private static func value(_ value: ParameterValue) -> OrderedJSON {
        switch value {
        case .text(let text): .text(text)
        // A path may name a user; what it holds is in the display lists.
        case .image(let path): .text(FileAccess.name(of: path))
        case .number(let number): .number(number)
        case .color(let color): .text(color.hex)
        case .boolean(let flag): .bool(flag)
        }
    }
}
