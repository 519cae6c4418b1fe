import Drawing
import Fanpai
import Glibc
import Motion
import Orders
import Testing

/// Contrast as `check` measures it on the pixels: each with a template that breaks the rule and one that does not.
@Suite struct ContrastTests {
    /// The findings of a template with these elements on a small canvas: code, first and last frame.
    private func check(_ elements: String, background: String? = "\"#202020\"") throws -> [String] {
        let template = """
            fanpai: 1
            layouts: {main: {size: [270, 480]}}
            \(background.map { "background: \($0)" } ?? "")
            scenes:
              - id: main
                duration: 2s
                elements:
            \(elements.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
            """
        let folder = "/tmp/fanpai-contrast-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        mkdir(folder, 0o755)
        defer {
            unlink(folder + "/template.yaml")
            rmdir(folder)
        }
        let file = fopen(folder + "/template.yaml", "wb")
        let bytes = Array(template.utf8)
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        var request = FilmRequest(template: folder, orders: [])
        request.isDemo = true
        let document = try Film.check(request, home: FilmTests.home).json.document
        let pattern = /"code": "([a-z-]+)"(?:[^}]*"firstFrame": (\d+),\s*"lastFrame": (\d+))?/
        return document.matches(of: pattern).map { "\($0.1) \($0.2 ?? "-") \($0.3 ?? "-")" }
    }

    private func text(_ color: String, _ keys: String = "", size: Int = 20) -> String {
        "- {type: text, text: 今天爆单, fontSize: \(size), weight: 700, color: \"\(color)\", position: [130, 240]\(keys.isEmpty ? "" : ", " + keys)}\n"
    }

    @Test func textsStandOutOrAreFound() throws {
        #expect(try check(text("#ffffff")).isEmpty)
        #expect(try check(text("#3a3a3a")) == ["contrast 0 59"])
        // 4.0:1 is enough for large letters alone.
        #expect(try check(text("#808080"), background: "\"#ffffff\"").isEmpty)
        #expect(try check(text("#808080", size: 10), background: "\"#ffffff\"") == ["contrast 0 59"])
    }

    @Test func whatIsAroundLettersCounts() throws {
        #expect(try check(text("#3a3a3a", "outline: {width: 2, color: \"#ffffff\"}")).isEmpty)
        let panel = "- {type: shape, shape: rect, fill: \"#e0e0e0\", position: [130, 240], size: [200, 60]}\n"
        #expect(try check(panel + text("#3a3a3a")).isEmpty)
        #expect(try check(panel + text("#f0f0f0")) == ["contrast 0 59"])
        // A gradient over which the letters fade.
        let slope =
            "- {type: shape, shape: rect, fill: {linear: [\"#202020\", \"#ffffff\"], angle: 90}, position: [130, 240], size: [110, 60]}\n"
        #expect(try check(slope + text("#ffffff")) == ["contrast 0 59"])
    }

    @Test func overAPictureThatNobodyKnowsLettersCarryTheirOwn() throws {
        #expect(try check(text("#ffffff"), background: nil) == ["contrast 0 59"])
        #expect(try check(text("#000000"), background: nil) == ["contrast 0 59"])
        #expect(try check(text("#ffffff", "outline: {width: 2, color: \"#202020\"}"), background: nil).isEmpty)
        let panel = "- {type: shape, shape: rect, fill: \"#202020f0\", position: [130, 240], size: [200, 60]}\n"
        #expect(try check(panel + text("#ffffff"), background: nil).isEmpty)
    }

    @Test func whatHidesATextIsFound() throws {
        func plate(_ fill: String, _ keys: String = "") -> String {
            "- {type: shape, shape: ellipse, fill: \"\(fill)\", position: [130, 240], size: [120, 80]\(keys)}\n"
        }
        #expect(try check(text("#ffffff") + plate("#c02020")) == ["overlap 0 59"])
        #expect(try check(text("#ffffff") + plate("#c0202010")).isEmpty)
        #expect(try check(plate("#c02020") + text("#ffffff")).isEmpty)
        // Only while it is there, to the frame.
        #expect(try check(text("#ffffff") + plate("#c02020", ", start: 0.9s, end: 1.7s")) == ["overlap 27 50"])
        // A note: a panel with words of its own takes the place of a text for a while, but not for ever.
        func note(_ times: String, words: Bool = true) -> String {
            "- {type: shape, shape: rect, fill: \"#c02020\", position: [130, 240], size: [200, 60]\(times)}\n"
                + (words ? text("#ffffff", "size: [190, 40]\(times)") : "")
        }
        let brief = ", start: 0.9s, end: 1.7s"
        #expect(try check(text("#ffffff") + note(brief)).isEmpty)
        #expect(try check(text("#ffffff") + note(brief, words: false)) == ["overlap 27 50"])
        let always = try check(text("#ffffff") + note(""))
        #expect(always == ["overlap 0 59"])
        // What passes in a moment is no fault.
        #expect(try check(text("#ffffff") + plate("#c02020", ", start: 1s, end: 1.1s")).isEmpty)
    }

    @Test func faintTextsAreFoundAndFadingOnesAreNot() throws {
        #expect(try check(text("#ffffff", "opacity: 0.15")) == ["contrast 0 59"])
        #expect(
            try check(text("#ffffff", "enter: {preset: fade, duration: 0.8s}, exit: {preset: fade, duration: 0.8s}"))
                .isEmpty)
        let keys = "{keys: [{at: 0s, value: 0}, {at: 0.9s, value: 0.1}, {at: 1.2s, value: 1}]}"
        #expect(try check(text("#ffffff", "opacity: \(keys)")).isEmpty)
    }
}
