import Fanpai
import Glibc
import Motion
import Testing

/// README's architecture table, Package.swift and the imports of every file say the same.
@Suite struct ArchitectureTests {
    static let root: String = {
        var folder = #filePath
        for _ in 0..<3 { folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]) }
        return folder
    }()

    /// What every Swift program has.
    static let standardModules: Set<String> = [
        "Glibc", "Synchronization", "FoundationEssentials", "Foundation", "Testing", "PackageDescription",
    ]

    struct Target: Hashable {
        let name: String
        let dependencies: Set<String>
    }

    @Test func readmeNamesEveryElement() {
        let table =
            Self.read("README.md").split(separator: "## Templates\n").last?.split(separator: "\n## ").first ?? ""
        for kind in ElementRegistry.all { #expect(table.contains("`\(kind.name)`"), "\(kind.name)") }
    }

    /// The table of codes is the list of codes, in its order and its words.
    @Test func readmeListsEveryCodeOfCheck() {
        let rows = CheckFindings.codes.map { "| `\($0.code)` | \($0.meaning) |" }.joined(separator: "\n")
        #expect(Self.read("README.md").contains("| code | meaning |\n|---|---|\n\(rows)\n\n"))
    }

    /// The targets of Package.swift that are neither tests nor plugins, with the names under which they are imported.
    static func manifestTargets() throws -> [Target] {
        let text = read("Package.swift")
        var shortcuts: [String: String] = [:]
        for match in text.matches(of: /let (\w+): Target\.Dependency = \.product\(name: "(\w+)"/) {
            shortcuts[String(match.1)] = String(match.2)
        }
        var targets: [Target] = []
        // Entries are cut at the next one: none of them holds another.
        let marker = /\.(target|executableTarget|systemLibrary|testTarget|plugin)\(\s*name: "(\w+)"/
        let starts = Array(text.matches(of: marker))
        for (index, start) in starts.enumerated() where start.1 != "testTarget" && start.1 != "plugin" {
            let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : text.endIndex
            let entry = text[start.range.upperBound..<end]
            var dependencies: Set<String> = []
            if let list = entry.firstMatch(of: /dependencies: \[([^\]]*)\]/) {
                for item in list.1.split(separator: ",") {
                    let word = item.filter { !$0.isWhitespace }
                    if word.isEmpty { continue }
                    dependencies.insert(
                        word.hasPrefix("\"") ? String(word.dropFirst().dropLast()) : shortcuts[word] ?? word)
                }
            }
            targets.append(Target(name: String(start.2), dependencies: dependencies))
        }
        return targets
    }

    /// The rows of README's table: `| `Name` | sentence | `A`, `B` |`.
    static func tableTargets() throws -> [Target] {
        let text = read("README.md")
        let section = try #require(
            text.firstRange(of: "## Architecture")?.upperBound, "README has no section Architecture")
        var targets: [Target] = []
        for line in text[section...].split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") { break }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.filter { $0 != "`" } }
            guard line.hasPrefix("| `"), cells.count >= 5 else { continue }
            for name in cells[1].split(separator: " ") {
                let imports = cells[3].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
                targets.append(
                    Target(name: String(name), dependencies: Set(imports.filter { $0 != "-" && !$0.isEmpty })))
            }
        }
        return targets
    }

    @Test func readmeTableIsPackageManifest() throws {
        let manifest = try Self.manifestTargets()
        let table = try Self.tableTargets()
        #expect(manifest.count > 8)
        #expect(Set(table.map(\.name)) == Set(manifest.map(\.name)))
        for target in manifest {
            let row = table.first { $0.name == target.name }
            #expect(row?.dependencies == target.dependencies, "README's row of \(target.name)")
        }
    }

    @Test func filesImportOnlyWhatTheirTargetDeclares() throws {
        for target in try Self.manifestTargets() {
            for file in Self.swiftFiles("Sources/\(target.name)") {
                for match in Self.read(file).matches(
                    of: /(?m)^(?:@\w+ )?(?:public |package |internal |private )?import (\w+)/)
                {
                    let module = String(match.1)
                    #expect(
                        Self.standardModules.contains(module) || target.dependencies.contains(module),
                        "\(file) imports \(module)")
                }
            }
        }
    }

    @Test func everySystemLibraryHasOneImporter() throws {
        let targets = try Self.manifestTargets()
        for library in targets where PlainFiles.exists("\(Self.root)/Sources/\(library.name)/module.modulemap") {
            // Helpers in C belong to the Swift target that they help.
            let importers = targets.filter { !$0.name.hasPrefix("C") && $0.dependencies.contains(library.name) }
            #expect(importers.count == 1, "\(library.name)")
        }
    }

    @Test func nothingImportsUpwards() throws {
        let targets = try Self.manifestTargets()
        let order = ["Drawing", "Orders", "Typesetting", "Motion", "Raster", "Media", "Fanpai", "FanpaiCLI"]
        for target in targets {
            guard let place = order.firstIndex(of: target.name) else { continue }
            for dependency in target.dependencies {
                if let other = order.firstIndex(of: dependency) { #expect(other < place) }
            }
        }
        let raster = targets.first { $0.name == "Raster" }
        let media = targets.first { $0.name == "Media" }
        #expect(raster?.dependencies.contains("Media") == false && media?.dependencies.contains("Raster") == false)
    }

    @Test func readmeShowsTheConsumer() {
        let program = Self.read("Tests/Consumer/Sources/Consumer/main.swift")
        #expect(program.count > 300)
        #expect(Self.read("README.md").contains(program))
        #expect(program.split(separator: "\n").count <= 32)
    }

    /// Names of this kind must not be written down anywhere: they only hold on one machine.
    @Test func nothingCommittedNamesAWorkplace() {
        for file in ["Makefile", "README.md", "Package.swift", ".ci/run"] + Self.files("Scripts") {
            let text = Self.read(file)
            for word in [Self.root + "/", "/home/"] { #expect(!text.contains(word), "\(file): \(word)") }
        }
    }

    static func read(_ path: String) -> String {
        PlainFiles.read("\(root)/\(path)")
    }

    static func files(_ folder: String) -> [String] {
        PlainFiles.names("\(root)/\(folder)").flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            return PlainFiles.names("\(root)/\(path)").isEmpty ? [path] : files(path)
        }
    }

    static func swiftFiles(_ folder: String) -> [String] { files(folder).filter { $0.hasSuffix(".swift") } }
}

/// The few file functions that these tests need.
enum PlainFiles {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func names(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func read(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

    static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { return bytes }
            bytes += block[..<count]
        }
    }
}
