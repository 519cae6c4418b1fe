import Glibc

/// Where templates and fonts are: two plain folders, `Templates/` and `Fonts/`.
public struct Home: Hashable, Sendable {
    /// The folder of the templates.
    public let templates: String
    /// The folder of the fonts.
    public let fonts: String
    /// Whether fonts of this machine may be used beside the bundled ones; pictures then differ from machine to machine.
    public var usesSystemFonts = false

    /// Makes a home from two folders, without looking whether they exist.
    public init(templates: String, fonts: String) { (self.templates, self.fonts) = (templates, fonts) }

    /// Finds the folders: those that are named, else those in `$FANPAI_HOME`, else those beside the executable or in a
    /// folder above it, else those of the checkout that this library was built from.
    ///
    /// - Throws: `FanpaiError` with code `missingInput` when a named folder is not there or none is found.
    public static func find(templates: String? = nil, fonts: String? = nil) throws(FanpaiError) -> Home {
        for (path, flag) in [(templates, "--templates"), (fonts, "--fonts")] {
            if let path, FileAccess.kind(of: path) != .folder {
                throw FanpaiError(
                    .missingInput, "is not a folder", remedy: "check what \(flag) names", location: path)
            }
        }
        if let templates, let fonts { return Home(templates: templates, fonts: fonts) }
        if let home = variable("FANPAI_HOME") {
            guard isHome(home) else {
                throw FanpaiError(
                    .missingInput, "holds no Templates and Fonts", remedy: "correct or unset FANPAI_HOME",
                    location: home)
            }
            return Home(templates: templates ?? home + "/Templates", fonts: fonts ?? home + "/Fonts")
        }
        for start in [executable.map(FileAccess.folder(of:)), FileAccess.folder(of: #filePath)] {
            var folder = start ?? "/"
            while folder != "/" && folder != "." {
                for candidate in [folder, folder + "/share/fanpai"] where isHome(candidate) {
                    return Home(templates: templates ?? candidate + "/Templates", fonts: fonts ?? candidate + "/Fonts")
                }
                folder = FileAccess.folder(of: folder)
            }
        }
        throw FanpaiError(
            .missingInput, "there are no folders Templates and Fonts beside this program",
            remedy: "set FANPAI_HOME to the folder that holds them, or use --templates and --fonts")
    }

    private static func isHome(_ folder: String) -> Bool {
        FileAccess.kind(of: folder + "/Templates") == .folder && FileAccess.kind(of: folder + "/Fonts") == .folder
    }

    private static var executable: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// An environment variable that is set and not empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The template's folder for a name in `templates` or a path to a folder or its `template.yaml`.
    ///
    /// - Throws: `FanpaiError` with code `missingInput` when there is none, with the names that come close.
    public func folder(ofTemplate name: String) throws(FanpaiError) -> String {
        let named = templates + "/" + name
        if !name.isEmpty, !name.contains("/"), FileAccess.kind(of: named + "/template.yaml") == .file { return named }
        if FileAccess.kind(of: name) == .folder {
            if FileAccess.kind(of: name + "/template.yaml") == .file { return name }
            throw FanpaiError(
                .missingInput, "holds no template.yaml", remedy: "name the folder of a template", location: name)
        }
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json"),
            FileAccess.kind(of: name) == .file
        {
            return FileAccess.folder(of: name)
        }
        let known = templateNames
        throw FanpaiError(
            .missingInput, "there is no template “\(name)”",
            remedy: known.isEmpty
                ? "\(templates) is empty; use --templates or name the path of a template's folder"
                : "choose one of \(known.joined(separator: ", ")), or name the path of a template's folder")
    }

    /// The name of a template that is given by name or path: that of its folder.
    ///
    /// - Throws: `FanpaiError` with code `missingInput` when there is none.
    public func name(ofTemplate name: String) throws(FanpaiError) -> String {
        let folder = try folder(ofTemplate: name)
        guard let path = realpath(folder, nil) else { return FileAccess.name(of: folder) }
        defer { free(path) }
        return FileAccess.name(of: String(cString: path))
    }

    /// The names of all templates, sorted.
    public var templateNames: [String] {
        FileAccess.names(in: templates).filter { FileAccess.kind(of: "\(templates)/\($0)/template.yaml") == .file }
    }
}
