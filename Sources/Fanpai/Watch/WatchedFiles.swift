import Glibc

/// The files that a film is made of, and how they looked last.
///
/// They are looked at again and again instead of asking the system for events: a look costs a few microseconds a file, sees what editors
/// that save under another name and rename do as well as what they write in place, and works on network folders, whose events no system tells.
struct WatchedFiles {
    /// Enough for any template; one that is a whole disk by mistake must not be searched ten times a second.
    private static let limit = 2000

    private let folder: String
    /// Written by ourselves.
    private let outputs: Set<String>
    private var others: [String] = []
    private var stamps: [String: [Int]] = [:]

    /// Takes the first look.
    ///
    /// - Parameters:
    ///   - folder: the template's; everything in it counts but hidden files and `outputs`.
    ///   - others: files elsewhere; one that is not there counts when it comes.
    init(folder: String, others: [String], outputs: [String]) {
        self.folder = Self.canonical(folder)
        self.outputs = Set(outputs.map(Self.canonical))
        stamps = look()
        watch(others)
    }

    /// Also looks at these from now on.
    mutating func watch(_ paths: [String]) {
        for path in paths.map(Self.canonical) where !others.contains(path) && stamps[path] == nil {
            others.append(path)
            stamps[path] = FileAccess.stamp(of: path)
        }
    }

    /// Whether anything is not as it was at the last look.
    mutating func haveChanged() -> Bool {
        let now = look()
        defer { stamps = now }
        return now != stamps
    }

    private func look() -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        collect(folder, depth: 0, into: &found)
        for path in others { found[path] = FileAccess.stamp(of: path) }
        return found
    }

    private func collect(_ folder: String, depth: Int, into found: inout [String: [Int]]) {
        for name in FileAccess.names(in: folder) where found.count < Self.limit {
            // What editors put beside a file while it is open.
            if name.hasSuffix("~") || name.hasSuffix(".swp") || name.hasSuffix(".tmp") { continue }
            let path = folder + "/" + name
            if outputs.contains(path) { continue }
            if FileAccess.kind(of: path) == .folder {
                if depth < 8 { collect(path, depth: depth + 1, into: &found) }
            } else {
                found[path] = FileAccess.stamp(of: path)
            }
        }
    }

    /// The path with its folder's links followed, so that equal files have equal paths even before they are there.
    private static func canonical(_ path: String) -> String {
        if FileAccess.kind(of: path) == .folder, let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        guard let real = realpath(FileAccess.folder(of: path), nil) else { return path }
        defer { free(real) }
        return String(cString: real) + "/" + FileAccess.name(of: path)
    }
}
