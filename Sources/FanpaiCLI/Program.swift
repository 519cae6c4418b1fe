import ArgumentParser
import Fanpai

/// Parses the command line, runs the command, and turns whatever it throws into one message and an exit code.
enum Program {
    static func run(_ arguments: [String]) -> ExitStatus {
        do {
            var command = try FanpaiCommand.parseAsRoot(arguments)
            try command.run()
            return .success
        } catch is StandardStreams.OutputClosed {
            return .inputOutput
        } catch is CheckFailed {
            return .data
        } catch let error as FanpaiError {
            // A film on standard output leaves no room for a document.
            return report(error, asJSON: arguments.contains("--json") && !arguments.contains("-"))
        } catch {
            return report(parsing: error, asJSON: arguments.contains("--json"))
        }
    }

    private static func report(_ error: FanpaiError, asJSON: Bool) -> ExitStatus {
        StandardStreams.note("fanpai: \(error)\n")
        if asJSON {
            // Standard output stays one JSON document, so that a program need not look at two streams.
            let document = OrderedJSON.object([
                "error": .object([
                    "code": .text(error.code.rawValue),
                    "message": .text(error.message),
                    "remedy": .text(error.remedy),
                    "location": error.location.map { .text($0) },
                    "details": error.details.isEmpty ? nil : .array(error.details.map { .text($0) }),
                ])
            ])
            try? StandardStreams.print(document.document)
        }
        return ExitStatus(error.code)
    }

    /// What the argument parser throws: help and versions are results, the rest is wrong usage.
    private static func report(parsing error: any Error, asJSON: Bool) -> ExitStatus {
        let text = FanpaiCommand.fullMessage(for: error)
        if FanpaiCommand.exitCode(for: error) == .success {
            try? StandardStreams.print(text + "\n")
            return .success
        }
        StandardStreams.note(text + "\n")
        if asJSON {
            let lines = text.split(separator: "\n", maxSplits: 1)
            let document = OrderedJSON.object([
                "error": .object([
                    "code": .text(FanpaiError.Code.usage.rawValue),
                    "message": .text(lines.first.map(String.init) ?? ""),
                    "remedy": .text("see fanpai --help"),
                ])
            ])
            try? StandardStreams.print(document.document)
        }
        return .usage
    }
}
