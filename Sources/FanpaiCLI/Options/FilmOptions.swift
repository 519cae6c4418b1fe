import ArgumentParser
import Fanpai

/// What a film is made of.
struct FilmOptions: ParsableArguments {
    @Argument(help: "A template by name, or the path of its folder.")
    var template: String

    @Option(
        help: ArgumentHelp(
            "The order data: a shop's export as it is (CSV, XLSX, ZIP, JSON), or an order log. Repeated for exports that belong together.",
            valueName: "file"))
    var orders: [String] = []

    @Option(
        help: ArgumentHelp(
            "The shop's name, logo, colours, fonts, wording and registered names, for every template.",
            valueName: "file"))
    var brand: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Gives a parameter of the template a value. May be repeated.", valueName: "key=value"))
    var settings: [String] = []

    @Option(
        help: ArgumentHelp(
            "The canvas in pixels; picks the layout of the same ratio. Default: the template's first layout.",
            valueName: "WxH"))
    var size: String?

    @Option(help: ArgumentHelp("Frames per second, for example 30 or 30000/1001.", valueName: "N[/D]"))
    var fps: String?

    @Option(help: ArgumentHelp("The length of the film, for example 12s.", valueName: "time"))
    var duration: String?

    @Option(
        help: ArgumentHelp(
            "The moment that countdowns go by. Default: the end of the period, else of the data.",
            valueName: "instant"))
    var now: String?

    @Option(help: ArgumentHelp("The seed of everything random in the template.", valueName: "number"))
    var seed: String?

    @Flag(help: "Marks the film 演示数据; without --orders it shows the template's own sample.")
    var demo = false

    @OptionGroup(title: "Order data") var orderOptions: OrderOptions
    @OptionGroup(title: "Order data") var keyOptions: KeyOptions
    @OptionGroup(title: "Folders") var homeOptions: HomeOptions

    /// The request that these options spell.
    func request() throws -> FilmRequest {
        var request = FilmRequest(template: template, orders: orders)
        request.brand = brand
        for text in settings { try request.apply(.set, text) }
        if let size { try request.apply(.size, size) }
        if let fps { try request.apply(.fps, fps) }
        if let duration { try request.apply(.duration, duration) }
        if let now { try request.apply(.now, now) }
        if let seed { try request.apply(.seed, seed) }
        request.isDemo = demo
        try orderOptions.apply(to: &request)
        request.keyFile = keyOptions.key
        return request
    }

    /// The first of these options that was given, for verbs that have no use for them.
    var firstUsed: String? {
        let given: [(String, Bool)] = [
            ("--orders", !orders.isEmpty), ("--set", !settings.isEmpty), ("--brand", brand != nil),
            ("--size", size != nil), ("--fps", fps != nil),
            ("--duration", duration != nil), ("--now", now != nil), ("--seed", seed != nil), ("--demo", demo),
            ("--map", !orderOptions.map.isEmpty), ("--shop", orderOptions.shop != nil),
            ("--date-order", orderOptions.dateOrder != nil), ("--zone", orderOptions.zone != nil),
            ("--currency", orderOptions.currency != nil), ("--rate", !orderOptions.rate.isEmpty),
            ("--key", keyOptions.key != nil),
            ("--period", orderOptions.period != nil), ("--skip-bad-rows", orderOptions.skipBadRows),
        ]
        return given.first(where: \.1)?.0
    }

    /// Where a film is to go.
    struct WayOut {
        let profile: String?
        let destination: String?
    }

    /// The resolved film; its warnings go to standard error.
    func film(_ quality: QualityOptions, for way: WayOut? = nil) throws -> Film {
        var request = try self.request()
        if let way, request.rate == nil { try request.takeRate(profile: way.profile, destination: way.destination) }
        request.quality = quality.quality.quality
        let film = try Film(request, home: homeOptions.home(), cancellation: Interrupts.cancellation)
        for warning in film.warnings { StandardStreams.note("fanpai: warning: \(warning)\n") }
        return film
    }
}

/// How much work a frame is worth.
struct QualityOptions: ParsableArguments {
    @Option(help: ArgumentHelp("high blurs what moves, as a camera does.", valueName: "quality"))
    var quality: Quality = .standard

    /// The qualities as the argument parser knows them.
    enum Quality: String, ExpressibleByArgument, CaseIterable {
        case standard, high

        var quality: FilmRequest.Quality {
            switch self {
            case .standard: .standard
            case .high: .high
            }
        }
    }
}

/// How many threads work.
struct WorkerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The most worker threads. Default: one for every processor.", valueName: "number"))
    var jobs: Int?

    /// The number of workers.
    func workers() throws -> Int {
        let count = jobs ?? processorCount()
        guard (1...256).contains(count) else {
            throw FanpaiError(
                .usage, "--jobs: \(count) threads cannot work", remedy: "write a number from 1 to 256")
        }
        return count
    }
}
