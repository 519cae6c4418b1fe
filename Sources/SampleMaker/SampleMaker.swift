internal import Glibc

/// `SampleMaker [FOLDER]` writes the sample files into a folder, `Samples` by default.
///
/// `SampleMaker --large ORDERS FILE` writes one long export, for measuring.
@main
enum SampleMaker {
    private static func complain(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    static func main() {
        let arguments = CommandLine.arguments
        if arguments.count == 4, arguments[1] == "--large", let orders = Int(arguments[2]), orders > 1 {
            save(Samples.large(orders: orders), to: arguments[3])
            return
        }
        let folder = CommandLine.arguments.dropFirst().first ?? "Samples"
        guard let files = Samples.make() else {
            complain("SampleMaker: this system cannot encode GB18030")
            exit(69)
        }
        for file in files {
            save(file.bytes, to: folder + "/" + file.name)
        }
    }

    private static func save(_ bytes: [UInt8], to path: String) {
        guard let stream = fopen(path, "wb") else {
            complain("SampleMaker: cannot create \(path): \(String(cString: strerror(errno)))")
            exit(73)
        }
        let written = fwrite(bytes, 1, bytes.count, stream)
        guard fclose(stream) == 0, written == bytes.count else {
            complain("SampleMaker: cannot write \(path)")
            exit(74)
        }
        print("\(path): \(bytes.count) bytes")
    }
}
