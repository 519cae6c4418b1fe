import Glibc

/// Finds font files.
enum FontDirectory {
    /// The font files in a folder and its subfolders, by path.
    static func files(in directory: String) throws(TypesettingError) -> [String] {
        var found: [String] = []
        guard collect(directory, depth: 0, into: &found) else {
            throw TypesettingError(
                .fontDirectory, "cannot be read: \(String(cString: strerror(errno)))",
                hint: "give a folder with .otf, .ttf or .ttc files", file: directory)
        }
        // By bytes: the order of strings is that of their Unicode normal form, which is the same here but not for sure.
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The font files of the machine.
    static func systemFiles() -> [String] {
        var roots = ["/usr/share/fonts", "/usr/local/share/fonts"]
        if let home = getenv("HOME") {
            roots += [".local/share/fonts", ".fonts"].map { String(cString: home) + "/" + $0 }
        }
        return roots.flatMap { (try? files(in: $0)) ?? [] }
    }

    private static func collect(_ directory: String, depth: Int, into found: inout [String]) -> Bool {
        guard let stream = opendir(directory) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
            let lower = name.lowercased()
            if [".otf", ".ttf", ".ttc", ".otc"].contains(where: lower.hasSuffix) {
                found.append(path)
            } else if depth < 8, isDirectory(path) {
                _ = collect(path, depth: depth + 1, into: &found)
            }
        }
        return true
    }

    private static func isDirectory(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }
}
