import Glibc
import Testing

/// Runs the built `fanpai` as its users do.
struct CommandLineTool {
    /// What a run left.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
        /// Seconds it took.
        let seconds: Double
    }

    /// Where standard output goes.
    enum Output {
        case captured
        case file(String)
        /// A pipe whose reader is gone.
        case closedPipe
    }

    /// The program beside the test bundle.
    static let program: String = {
        guard let path = realpath("/proc/self/exe", nil) else { return "fanpai" }
        defer { free(path) }
        let bundle = String(cString: path)
        return bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)] + "/fanpai"
    }()

    /// The folder that holds Package.swift.
    static let root: String = {
        var folder = #filePath
        for _ in 0..<3 { folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]) }
        return folder
    }()

    /// An order export of the samples.
    static let orders = root + "/Samples/douyin-1111.csv"

    /// Runs the program in `folder` and waits for it.
    static func run(
        _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
        output: Output = .captured, interruptAfter: Double? = nil, signal number: Int32 = SIGINT,
        usesCache: Bool = false
    ) throws -> Outcome {
        let (outputPath, errorPath) = (folder.hidden("stdout"), folder.hidden("stderr"))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        var pipes: [Int32] = [-1, -1]
        switch output {
        case .captured: posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o600)
        case .file(let path): posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path, O_WRONLY, 0)
        case .closedPipe:
            pipe(&pipes)
            close(pipes[0])
            posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO)
        }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child must not inherit what the test runner blocks.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var variables = ["PATH": "/usr/bin:/bin", "HOME": folder.hiddenPath, "LANG": "C.UTF-8"]
        // What one run of a test keeps must not spare the next one its work, unless that is the test.
        if !usesCache { variables["FANPAI_CACHE"] = "" }
        variables.merge(environment) { $1 }
        // A shell changes the folder and becomes the program: spawning has no portable way to do that.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path, program]
        let argumentPointers = (shell + arguments).map { strdup($0) } + [nil]
        let variablePointers = variables.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argumentPointers + variablePointers { free(pointer) } }
        var process = pid_t()
        let start = seconds()
        let spawned = posix_spawn(&process, shell[0], &actions, &attributes, argumentPointers, variablePointers)
        if pipes[1] >= 0 { close(pipes[1]) }
        try #require(spawned == 0, "cannot start \(program): \(String(cString: strerror(spawned)))")

        var signalled = start
        if let interruptAfter {
            usleep(UInt32(interruptAfter * 1e6))
            signalled = seconds()
            kill(process, number)
        }
        var status: Int32 = 0
        // A run that hangs must fail the test, not stop it.
        while waitpid(process, &status, WNOHANG) == 0 {
            if seconds() - start > 120 { kill(process, SIGKILL) }
            usleep(2000)
        }
        let code = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
        return Outcome(
            status: code, output: TemporaryFolder.read(outputPath), errors: TemporaryFolder.read(errorPath),
            seconds: seconds() - (interruptAfter == nil ? start : signalled))
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A folder for one test, removed with everything in it.
final class TemporaryFolder {
    let path: String
    /// A folder for what the test itself needs.
    let hiddenPath: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/fanpai-test-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) } }
        try #require(made.flatMap { $0 } != nil, "no temporary folder")
        path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        hiddenPath = path + "-test"
        mkdir(hiddenPath, 0o700)
    }

    deinit {
        for folder in [path, hiddenPath] { Self.remove(folder) }
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
    func hidden(_ name: String) -> String { "\(hiddenPath)/\(name)" }

    /// Writes a file for the program to read, outside of the folder whose contents are compared.
    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = hidden(name)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            try #require(count > 0)
            done += count
        }
        return path
    }

    func write(_ text: String, _ name: String) throws -> String { try write(Array(text.utf8), name) }

    /// Everything in the folder, with subfolders, sorted; hidden files too.
    var contents: [String] { Self.names(in: path).sorted() }

    static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    static func remove(_ path: String) {
        for name in names(in: path) { remove(path + "/" + name) }
        if rmdir(path) != 0 { unlink(path) }
    }

    static func bytes(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &block, block.count)
            if count <= 0 { return bytes }
            bytes += block[..<count]
        }
    }

    static func read(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }
}
