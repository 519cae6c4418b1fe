import ArgumentParser
import Fanpai

/// `fanpai templates`.
struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates", abstract: "Lists the templates with their layouts and parameters.")

    @OptionGroup var homeOptions: HomeOptions
    @Flag(help: "Prints the list as JSON.") var json = false

    mutating func run() throws {
        let list = try TemplateList(home: homeOptions.home())
        try StandardStreams.print(json ? list.json.document : list.text)
    }
}

/// `fanpai profiles`.
struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "Lists the ways out with their codecs, alpha convention and limits.")

    @Flag(help: "Prints the list as JSON.") var json = false

    mutating func run() throws {
        let list = ProfileList()
        try StandardStreams.print(json ? list.json.document : list.text)
    }
}

/// `fanpai fonts`.
struct FontsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fonts", abstract: "Lists the fonts that templates may use.")

    @OptionGroup var homeOptions: HomeOptions
    @Flag(help: "Prints the list as JSON.") var json = false

    mutating func run() throws {
        let list = try FontList(home: homeOptions.home())
        try StandardStreams.print(json ? list.json.document : list.text)
    }
}

/// `fanpai schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of template.yaml, of brand.yaml, or of what a command prints with --json.",
        discussion: """
            EXAMPLES
              fanpai schema
              fanpai schema brand
              fanpai schema stats
            """)

    @Argument(help: "What the schema is of.")
    var subject: Subject = .template

    /// What there are schemas of.
    enum Subject: String, ExpressibleByArgument, CaseIterable { case template, brand, stats }

    mutating func run() throws {
        switch subject {
        case .template: try StandardStreams.print(templateSchema())
        case .brand: try StandardStreams.print(brandSchema())
        case .stats: try StandardStreams.print(statsSchema())
        }
    }
}

/// `fanpai doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks at this machine: versions, capabilities, fonts, templates, and what is missing.")

    @OptionGroup var homeOptions: HomeOptions
    @Flag(help: "Prints the findings as JSON.") var json = false

    mutating func run() throws {
        let report = DoctorReport(
            templates: homeOptions.templates, fonts: homeOptions.fonts, usesSystemFonts: homeOptions.systemFonts)
        try StandardStreams.print(json ? report.json.document : report.text)
        if let problem = report.problem { throw problem }
    }
}
