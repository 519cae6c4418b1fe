import Glibc

/// The names of the files of a sequence.
package struct SequenceNames: Hashable, Sendable {
    /// Where they are.
    package let folder: String
    /// Whether the folder is one that the user named for the sequence, and so may be made.
    let mayMakeFolder: Bool
    private let prefix: String
    private let suffix: String
    private let digits: Int

    /// - Throws: `MediaError` with exit 64 for a pattern that is not one `%0Nd` in the file name.
    package init(_ path: String) throws(MediaError) {
        var trimmed = path
        while trimmed.count > 1 && trimmed.hasSuffix("/") { trimmed.removeLast() }
        let (parent, name) = OutputFile.split(trimmed)
        guard !name.isEmpty, name != ".", name != "..", !parent.contains("%") else {
            throw Self.bad(path)
        }
        if name.contains("%") {
            let parts = name.split(separator: "%", omittingEmptySubsequences: false)
            guard parts.count == 2, let end = parts[1].firstIndex(of: "d"),
                let digits = Int(parts[1][..<end]), (1...9).contains(digits), parts[1].hasPrefix("0")
            else { throw Self.bad(path) }
            (folder, mayMakeFolder, self.digits) = (parent, false, digits)
            (prefix, suffix) = (String(parts[0]), String(parts[1][parts[1].index(after: end)...]))
        } else if name.lowercased().hasSuffix(".png") && !path.hasSuffix("/") {
            (folder, mayMakeFolder, digits) = (parent, false, 6)
            (prefix, suffix) = (String(name.dropLast(4)) + "-", ".png")
        } else {
            (folder, mayMakeFolder, digits) = (trimmed, true, 6)
            (prefix, suffix) = (name + "-", ".png")
        }
    }

    private static func bad(_ path: String) -> MediaError {
        MediaError(
            .destination, "\"\(path)\" names no sequence",
            hint: "give a folder (frames/), a name (frame.png) or a pattern (frame-%06d.png)", exit: .usage)
    }

    /// The number of a frame whose file has this name; nil for other files.
    func number(of name: String) -> Int? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix), name.utf8.count > prefix.utf8.count + suffix.utf8.count
        else { return nil }
        let number = name.dropFirst(prefix.count).dropLast(suffix.count)
        guard number.utf8.count >= digits, number.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(number)
    }

    /// A file that whoever opens the sequence takes for one more of its frames, such as one of an older, longer sequence; nil when
    /// there is none, or no folder.
    package func surplus(of count: Int) -> String? {
        guard let handle = opendir(folder) else { return nil }
        defer { closedir(handle) }
        var found: String?
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = number(of: name), number >= count { found = min(found ?? name, name) }
        }
        return found
    }

    /// The file of a frame.
    package func name(_ index: Int) -> String {
        let number = String(index)
        return prefix + String(repeating: "0", count: max(0, digits - number.utf8.count)) + number + suffix
    }
}
