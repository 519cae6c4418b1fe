internal import Glibc

/// `SampleMaker [FOLDER]` writes the sample files into a folder, `Samples` by default.
@main
enum SampleMaker {
    private static func complain(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    static func main() {
        let folder = CommandLine.arguments.dropFirst().first ?? "Samples"
        guard let files = Samples.make() else {
            complain("SampleMaker: this system cannot encode GB18030")
            exit(69)
        }
        for file in files {
            let path = folder + "/" + file.name
            guard let stream = fopen(path, "wb") else {
                complain("SampleMaker: cannot create \(path): \(String(cString: strerror(errno)))")
                exit(73)
            }
            let written = fwrite(file.bytes, 1, file.bytes.count, stream)
            guard fclose(stream) == 0, written == file.bytes.count else {
                complain("SampleMaker: cannot write \(path)")
                exit(74)
            }
            print("\(path): \(file.bytes.count) bytes")
        }
    }
}
