import Motion
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) throws -> YAMLValue {
        try Array(text.utf8).withUnsafeBytes { try YAMLReader.read($0, file: "t.yaml") }
    }

    private func problem(_ bytes: [UInt8]) -> Diagnostic? {
        do {
            _ = try bytes.withUnsafeBytes { try YAMLReader.read($0, file: "t.yaml") }
            return nil
        } catch {
            return (error as? MotionError)?.diagnostics.first
        }
    }

    private func problem(_ text: String) -> Diagnostic? { problem(Array(text.utf8)) }

    @Test func keepsPlacesAndQuotes() throws {
        let value = try read("a: 1\nb:\n  - \"x\"\n  - y\n")
        #expect(value["a"]?.content == .scalar("1", isQuoted: false))
        let list = try #require(value["b"]?.elements)
        #expect(list[0].content == .scalar("x", isQuoted: true))
        #expect((list[1].line, list[1].column) == (4, 5))
    }

    @Test func readsJSONAndAByteOrderMark() throws {
        #expect(try read("\u{FEFF}{\"a\": [1, 2]}")["a"]?.elements?.count == 2)
    }

    @Test func refusesWhatIsNoDocument() {
        #expect(problem("")?.code == .syntax)
        #expect(problem("# nothing\n")?.code == .syntax)
        #expect(problem([0xFF, 0xFE, 0x00])?.message.contains("UTF-8") == true)
        #expect(problem("a: [1, 2")?.code == .syntax)
        #expect(problem("a: \"b")?.place?.line != nil)
        #expect(problem("a: 1\n---\nb: 2\n")?.code == .syntax)
        #expect(problem("\tb: 1")?.code == .syntax)
        #expect(problem("a: \u{1}")?.code == .syntax)
        #expect(problem(Array(repeating: UInt8(ascii: "a"), count: 2_000_000))?.message.contains("bytes") == true)
    }

    @Test func refusesAKeyTwice() {
        let found = problem("a: 1\nb: 2\na: 3\n")
        #expect(found?.code == .duplicateKey)
        #expect(found?.message.contains("\"a\"") == true)
    }

    @Test func refusesBombs() {
        var bomb = "a0: &a0 [x, x]\n"
        for level in 1...30 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n" }
        #expect(problem(bomb)?.message.contains("aliases") == true)
        #expect(problem("base: &base {x: 1}\nuse: {<<: *base}\n") != nil)
        #expect(problem("x: {<<: {a: 1}}")?.message.contains("merge") == true)
        #expect(problem("x: &anchor 1")?.message.contains("anchors") == true)
    }

    @Test func refusesDepth() {
        let flow = String(repeating: "[", count: 100_000)
        #expect(problem(flow)?.message.contains("nested") == true)
        #expect(problem(String(repeating: "- ", count: 100_000) + "x")?.message.contains("nested") == true)
        var block = ""
        for level in 0..<200 { block += String(repeating: " ", count: level) + "a:\n" }
        #expect(problem(block + String(repeating: " ", count: 200) + "b")?.message.contains("nested") == true)
        #expect(problem("{a: {b: [{c: 1}]}}") == nil)
    }

    @Test func textsWithStarsAndAmpersandsAreNoAnchors() {
        #expect(problem("a: 买一送一 & 包邮\nb: \"*仅限今日\"\n") == nil)
    }
}
