import Glibc

/// Makes a template of the user's own from one that is there, for `fanpai new`.
///
///     let made = try NewTemplate(named: "my-sale", home: Home.find())
///     print(made.text)
public struct NewTemplate: Sendable {
    /// The template that a new one starts from unless another is named.
    public static let starter = "starter"

    /// The folder that was made.
    public let folder: String
    /// The name of the template that it started from.
    public let origin: String
    private let name: String

    /// Copies a template without its golden digests and stills, under a title of its own.
    ///
    /// - Parameters:
    ///   - name: the new folder's name, and the template's title.
    ///   - origin: a template by name or path.
    ///   - parent: the folder to make it in.
    /// - Throws: `FanpaiError` with code `usage` for a name that cannot name a template, `cannotCreate` when there is something of
    ///   that name or the folder cannot be made, `missingInput` when there is no such template. Nothing is left behind then.
    public init(
        named name: String, from origin: String = starter, in parent: String = ".", home: Home
    ) throws(FanpaiError) {
        guard Self.isName(name) else {
            throw FanpaiError(
                .usage, "“\(UserText.short(name))” cannot name a template",
                remedy: "write letters (Chinese ones, too), digits, - and _, at most 60; the first is no -")
        }
        let source = try home.folder(ofTemplate: origin)
        folder = parent == "." ? name : (parent.hasSuffix("/") ? parent : parent + "/") + name
        (self.name, self.origin) = (name, FileAccess.name(of: source))
        var status = stat()
        guard lstat(folder, &status) != 0 else {
            throw FanpaiError(
                .cannotCreate, "is there already", remedy: "choose another name, or another folder with --in",
                location: folder)
        }
        // Made under another name: nobody ever sees half a template.
        let temporary = "\(parent)/.fanpai-\(getpid())-new"
        guard mkdir(temporary, 0o777) == 0 else {
            throw FanpaiError(
                .cannotCreate, "cannot be created", remedy: "make the folder that --in names, or choose another",
                location: folder, cause: String(cString: strerror(errno)))
        }
        do throws(FanpaiError) {
            try Self.copy(source, to: temporary, depth: 0)
            let file = temporary + "/template.yaml"
            let text = try Self.titled(FileAccess.read(source + "/template.yaml", limit: 4 << 20), name)
            unlink(file)
            try FileAccess.write(text, to: file)
            guard rename(temporary, folder) == 0 else {
                throw FanpaiError(
                    .cannotCreate, "cannot be created", remedy: "choose another name", location: folder,
                    cause: String(cString: strerror(errno)))
            }
        } catch {
            Self.remove(temporary)
            throw error
        }
    }

    /// What to do next, for people.
    public var text: String {
        // Of a bare name the template of that name in the templates folder would be taken.
        let path = folder.contains("/") ? folder : "./" + folder
        return """
            made \(path) from \(origin); its template.yaml says how it goes on

              fanpai watch \(path) --demo                       draws \(name).png again whenever you save
              fanpai check \(path)                              errors and warnings, each with its place
              fanpai sheet \(path) --demo -o sheet.png          the film at a glance
              fanpai render \(path) --orders orders.csv -o out.mp4
              fanpai schema                                     every key, for editors that complete

            """
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first != "-", name.unicodeScalars.count <= 60,
            name.utf8.count <= 200
        else { return false }
        return name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_"
        }
    }

    /// A template with another title; the rest stays letter for letter, comments too.
    private static func titled(_ bytes: [UInt8], _ name: String) -> [UInt8] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        for number in lines.indices where lines[number].starts(with: Array("title: {".utf8)) {
            guard lines[number].last == UInt8(ascii: "}") else { continue }
            // A name of digits would else be a number.
            lines[number] = Array("title: {zh: \"\(name)\", en: \"\(name)\"}".utf8)
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Copies plain files and folders. What records how the original looks is not the copy's.
    private static func copy(_ source: String, to target: String, depth: Int) throws(FanpaiError) {
        for name in FileAccess.names(in: source) where depth > 0 || (name != "goldens" && name != "stills") {
            let (from, to) = (source + "/" + name, target + "/" + name)
            switch FileAccess.kind(of: from) {
            case .file: try FileAccess.write(FileAccess.read(from, limit: 1 << 28), to: to)
            case .folder where depth < 8:
                guard mkdir(to, 0o777) == 0 else {
                    throw FanpaiError(
                        .cannotCreate, "cannot be created", remedy: "choose another folder with --in", location: to,
                        cause: String(cString: strerror(errno)))
                }
                try copy(from, to: to, depth: depth + 1)
            default: continue
            }
        }
    }

    private static func remove(_ path: String) {
        if FileAccess.kind(of: path) == .folder {
            for name in FileAccess.names(in: path) { remove(path + "/" + name) }
        }
        if rmdir(path) != 0 { unlink(path) }
    }
}
