import ArgumentParser
import Fanpai

/// `fanpai still`: one frame.
struct StillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "still",
        abstract: "Renders one frame to a PNG with straight alpha.",
        discussion: """
            EXAMPLES
              fanpai still flip-board --orders orders.csv --at 3.2s -o frame.png
            """)

    @OptionGroup var film: FilmOptions

    @OptionGroup var qualityOptions: QualityOptions

    @Option(help: ArgumentHelp("The moment of the film, for example 3.2s.", valueName: "time"))
    var at = "0s"

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The PNG file, or - for standard output.", valueName: "file"))
    var output: String

    mutating func run() throws {
        let moment = try UserText.microseconds(at, "--at")
        try film.film(qualityOptions).writeStill(at: moment, to: output)
    }
}

/// `fanpai sheet`: a contact sheet.
struct SheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet",
        abstract: "Puts evenly spaced frames of a film or of a finished video on one PNG, each with its time.",
        discussion: """
            EXAMPLES
              fanpai sheet flip-board --demo -o sheet.png
              fanpai sheet out.mp4 -o sheet.png --count 20 --columns 5
            """)

    @OptionGroup var film: FilmOptions

    @OptionGroup var qualityOptions: QualityOptions

    @Option(help: ArgumentHelp("How many frames.", valueName: "number"))
    var count = 12

    @Option(help: ArgumentHelp("How many of them side by side.", valueName: "number"))
    var columns = 4

    @Option(help: ArgumentHelp("How wide a frame is on the sheet, in pixels.", valueName: "pixels"))
    var width = 360

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The PNG file, or - for standard output.", valueName: "file"))
    var output: String

    mutating func run() throws {
        let sheet = try ContactSheet(count: count, columns: columns, frameWidth: width)
        let home = try film.homeOptions.home()
        if ContactSheet.isVideo(film.template) {
            if let option = film.firstUsed ?? (qualityOptions.quality == .high ? "--quality" : nil) {
                throw FanpaiError(
                    .usage, "\(option) says how to make a film, and \(film.template) is a finished one",
                    remedy: "leave it out, or name a template")
            }
            try sheet.write(video: film.template, home: home, to: output)
        } else {
            try sheet.write(film.film(qualityOptions), home: home, to: output)
        }
    }
}
