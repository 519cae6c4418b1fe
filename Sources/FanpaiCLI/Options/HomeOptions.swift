import ArgumentParser
import Fanpai

/// Where templates and fonts are.
struct HomeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the templates.",
            discussion: "Default: $FANPAI_HOME/Templates, else Templates beside the program or in a folder above it.",
            valueName: "folder"))
    var templates: String?

    @Option(help: ArgumentHelp("The folder of the fonts; found like the templates.", valueName: "folder"))
    var fonts: String?

    @Flag(help: "Also use fonts of this machine; pictures then differ from machine to machine.")
    var systemFonts = false

    /// The folders that these options and the environment name.
    func home() throws -> Home {
        var home = try Home.find(templates: templates, fonts: fonts)
        home.usesSystemFonts = systemFonts
        return home
    }
}
