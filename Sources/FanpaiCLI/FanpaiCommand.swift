import ArgumentParser
import Fanpai

/// The root of the command line.
struct FanpaiCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fanpai",
        abstract: "Turns order data into short videos and overlays.",
        discussion: """
            EXAMPLES
              fanpai render flip-board --orders Samples/douyin-1111.csv -o out.mp4
              fanpai render flip-board --orders orders.csv --size 1080x1080
              fanpai still flip-board --demo --at 3.2s -o frame.png
              fanpai sheet out.mp4 -o sheet.png
              fanpai new my-sale
              fanpai watch my-sale --at 3.2s
              fanpai verify out.mp4
              fanpai trace out.mp4 --at 3.2s
              fanpai stats orders.csv --period 2026-11-11..2026-11-11
              fanpai orders convert orders.csv -o orders.jsonl

            EXIT CODES
               0 done                  64 wrong usage      65 bad data or template
              66 input missing         69 capability missing
              70 internal fault        73 cannot create output
              74 reading or writing failed                 130 cancelled
            """,
        version: fanpaiVersion,
        groupedSubcommands: [
            CommandGroup(name: "Picture", subcommands: [RenderCommand.self, StillCommand.self, SheetCommand.self]),
            CommandGroup(name: "Author", subcommands: [NewCommand.self, WatchCommand.self]),
            CommandGroup(
                name: "Check",
                subcommands: [CheckCommand.self, DigestCommand.self, VerifyCommand.self, TraceCommand.self]),
            CommandGroup(name: "Order data", subcommands: [StatsCommand.self, OrdersCommand.self]),
            CommandGroup(
                name: "List",
                subcommands: [
                    TemplatesCommand.self, ProfilesCommand.self, FontsCommand.self, SchemaCommand.self,
                    DoctorCommand.self, BenchCommand.self, CacheCommand.self,
                ]),
        ])
}
