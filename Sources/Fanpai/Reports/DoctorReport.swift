import Media
import Typesetting

/// What `fanpai doctor` finds on a machine.
public struct DoctorReport: Sendable {
    private var rows: [(name: String, state: String, isGood: Bool)] = []
    /// The first thing that stops films from being made; nil when there is none.
    public private(set) var problem: FanpaiError?

    /// Looks at libraries, profiles, fonts and templates.
    public init(templates: String?, fonts: String?, usesSystemFonts: Bool) {
        for (name, version) in LibraryVersions.all { rows.append((name, version, true)) }
        rows.append(("processors", "\(processorCount())", true))
        for profile in Profile.all {
            let missing = MediaCapabilities.missing(for: profile).map(\.description)
            let state = missing.isEmpty ? "ready" : "lacks \(missing.joined(separator: ", "))"
            rows.append(("profile \(profile.name)", state, missing.isEmpty))
            if !missing.isEmpty {
                note(
                    FanpaiError(
                        .capability, "profile \(profile.name) \(state)",
                        remedy: "install FFmpeg's libraries from Debian: libavcodec, libavformat"))
            }
        }
        let reading = MediaCapabilities.reading.filter { !$0.isAvailable }.map(\.description)
        rows.append(
            (
                "reading pictures", reading.isEmpty ? "ready" : "lacks \(reading.joined(separator: ", "))",
                reading.isEmpty
            ))
        do {
            var home = try Home.find(templates: templates, fonts: fonts)
            home.usesSystemFonts = usesSystemFonts
            let faces = try home.fontLibrary().faces
            rows.append(("fonts", "\(faces.count) faces in \(home.fonts)", true))
            let list = try TemplateList(home: home)
            rows.append(("templates", "\(home.templateNames.count) in \(home.templates)", !home.templateNames.isEmpty))
            for (name, error) in list.broken {
                rows.append(("template \(name)", "\(error)", false))
                note(error)
            }
        } catch {
            rows.append(("fonts and templates", "\(error)", false))
            note(error)
        }
    }

    private mutating func note(_ error: FanpaiError) { problem = problem ?? error }

    /// The findings for people.
    public var text: String { TextTable.aligned(rows.map { [$0.isGood ? "ok" : "NO", $0.name, $0.state] }) }

    /// The findings for programs.
    public var json: OrderedJSON {
        .object([
            "ready": .bool(problem == nil),
            "findings": .array(
                rows.map { .object(["name": .text($0.name), "state": .text($0.state), "ok": .bool($0.isGood)]) }),
        ])
    }
}
