import CBenchmarkKernels
import Glibc

/// A program that was run to its end, with what it took.
struct Child {
    let seconds: Double
    /// Processor time of all its threads.
    let processorSeconds: Double
    let peakKibibytes: Int
    /// The most memory that was its own and no file's, as far as looking every few milliseconds shows it.
    let peakAnonymousKibibytes: Int
    /// Resident memory while it ran: seconds since its start, KiB.
    let memory: [(seconds: Double, kibibytes: Int)]
    /// What it wrote to standard error.
    let messages: String

    /// Why a program gave no figure.
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Runs a program without input; its output is thrown away, its messages are kept in a file until it has ended.
    init(_ arguments: [String]) throws {
        let log = "\(Workplace.folder)/messages"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var list = arguments.map { strdup($0) } + [nil]
        defer { for text in list { free(text) } }
        var process: pid_t = 0
        let start = Clock.seconds
        let status = posix_spawnp(&process, arguments.first ?? "", &actions, nil, &list, fanpai_bench_environment())
        guard status == 0 else {
            throw Failure(description: "\(arguments.first ?? ""): \(String(cString: strerror(status)))")
        }
        // The peak in rusage would be the parent's where that is higher, so the kernel's own count is read while there is one.
        var usage = rusage()
        var code: Int32 = 0
        var peak = 0
        var anonymous = 0
        var memory: [(seconds: Double, kibibytes: Int)] = []
        while wait4(process, &code, WNOHANG, &usage) == 0 {
            if let now = Memory(process: process) {
                peak = max(peak, now.peakKibibytes)
                anonymous = max(anonymous, now.anonymousKibibytes)
                memory.append((Clock.seconds - start, now.residentKibibytes))
            }
            usleep(4000)
        }
        seconds = Clock.seconds - start
        processorSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
        }
        peakKibibytes = peak
        peakAnonymousKibibytes = anonymous
        self.memory = memory
        messages = TextFile.read(log)
        guard code == 0 else {
            throw Failure(description: "\(arguments.joined(separator: " ")) failed:\n\(messages.suffix(2000))")
        }
    }

    /// The highest resident memory in a part of the running time, in KiB.
    func residentKibibytes(from: Double, to: Double) -> Int {
        memory.filter { $0.seconds >= seconds * from && $0.seconds <= seconds * to }.map(\.kibibytes).max() ?? 0
    }
}

/// Resident memory of a process, as the kernel counts it.
struct Memory {
    let residentKibibytes: Int
    let peakKibibytes: Int
    /// Of the resident memory what belongs to no file.
    let anonymousKibibytes: Int

    /// Nil when there is no such process any more.
    init?(process: pid_t) {
        let lines = TextFile.read("/proc/\(process)/status").split(separator: "\n")
        func number(_ name: String) -> Int? {
            lines.first { $0.hasPrefix(name) }.flatMap { Int($0.filter { $0.isNumber }) }
        }
        guard let resident = number("VmRSS:"), let peak = number("VmHWM:"), let anonymous = number("RssAnon:") else {
            return nil
        }
        (residentKibibytes, peakKibibytes, anonymousKibibytes) = (resident, peak, anonymous)
    }
}

/// Wall time.
enum Clock {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Whole files.
enum TextFile {
    static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { return bytes }
            bytes += block[..<count]
        }
    }

    static func read(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

    static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "wb") else { throw Child.Failure(description: "cannot create \(path)") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw Child.Failure(description: "cannot write \(path)")
        }
    }

    /// Removes a file if there is one.
    static func remove(_ path: String) { unlink(path) }

    /// Bytes of a file; 0 when there is none.
    static func size(_ path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }
}

/// Where files live that only this run needs.
enum Workplace {
    static let folder: String = {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(base)/fanpai-bench-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { return "\(base)/fanpai-bench" }
        return String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }()

    /// Removes the folder with all that is in it; it is ours alone.
    static func remove() {
        empty(folder + "/frames")
        rmdir(folder + "/frames")
        empty(folder)
        rmdir(folder)
    }

    /// Removes a folder of ours with the folders and files in it.
    static func removeTree(_ folder: String) {
        guard let handle = opendir(folder) else { return }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            if unlink("\(folder)/\(name)") != 0 { removeTree("\(folder)/\(name)") }
        }
        closedir(handle)
        rmdir(folder)
    }

    /// Removes the files in a folder.
    static func empty(_ folder: String) {
        guard let handle = opendir(folder) else { return }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { unlink("\(folder)/\(name)") }
        }
    }
}
