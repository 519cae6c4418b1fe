import Drawing
import Motion
import Orders
import Testing

@Suite struct TemplateTests {
    private func first(_ elements: String, header: String = "") -> Diagnostic? {
        TestTemplate.problems(TestTemplate.scene(elements, header: header)).first
    }

    @Test func readsTheTemplateOfTheTests() throws {
        let template = try TestTemplate.threeBeats()
        #expect(template.warnings.isEmpty)
        #expect(template.layouts.map(\.name) == ["portrait", "square"])
        #expect(template.parameters.map(\.name) == ["headline", "ending", "accent", "shop", "logo"])
        #expect(template.sampleParameters["shop"] == .text("演示店铺"))
        #expect(template.title == LocalizedText(chinese: "三拍", english: "Three beats"))
    }

    @Test func anUnknownKeyNamesTheNearest() {
        let found = first("- {type: shape, shape: rect, size: [10, 10], fil: \"#fff\"}")
        #expect(found?.code == .unknownKey)
        #expect(found?.hint == "did you mean \"fill\"?")
        #expect(found?.place?.path == "scenes[0].elements[0].fil")
        #expect(found?.place?.line == 8)
        #expect(found?.description.hasPrefix("test.yaml:8:") == true)
    }

    @Test func reportsSeveralErrorsAtOnceInOrder() {
        let found = TestTemplate.problems(
            """
            fanpai: 1
            layouts: {main: {size: [1000, 1000, 3]}}
            parameters: {a: {type: colour, default: x}, b: {type: number, default: 200, maximum: 100}}
            scenes: []
            nonsense: 1
            """)
        #expect(found.map(\.code) == [.range, .type, .range, .unknownKey])
        #expect(found.map { $0.place?.line ?? 0 } == [2, 3, 3, 5])
    }

    @Test func refusesVersionsThatItDoesNotKnow() {
        #expect(TestTemplate.problems("fanpai: 2\nlayouts: {}\n").first?.code == .version)
        #expect(TestTemplate.problems("layouts: {}\n").first?.code == .version)
        #expect(TestTemplate.problems("[1, 2]").first?.code == .type)
    }

    @Test(arguments: [
        ("- {type: shape, shape: rect, size: [10]}", "range"),
        ("- {type: shape, shape: rect, size: ten}", "type"),
        ("- {type: shape, shape: square, size: [1, 1]}", "type"),
        ("- {type: shape, shape: rect, size: [10, 10], fill: red}", "type"),
        ("- {type: shape, shape: rect, size: [10, 10], opacity: 1.5}", "range"),
        ("- {type: shape, shape: rect, size: [10, 10], opacity: \"1\"}", "type"),
        ("- {type: shape, shape: rect, size: [10, 10], start: 2}", "type"),
        ("- {type: shape, shape: rect, size: [10, 10], start: 1s, end: 1s}", "animation"),
        (
            "- {type: shape, shape: rect, size: [10, 10], rotation: {keys: [{at: 1s, value: 0}, {at: 1s, value: 1}]}}",
            "animation"
        ),
        (
            "- {type: shape, shape: rect, size: [10, 10], rotation: {keys: [{at: 1s, value: 0, ease: fast}]}}",
            "unknown-name"
        ),
        ("- {type: shape, shape: path, path: \"L 1 1\"}", "type"),
        ("- {type: shape, shape: path}", "missing-key"),
        ("- {type: sparkle}", "unknown-name"),
        ("- {id: x}", "missing-key"),
        ("- {type: text, text: \"{nothing}\"}", "unknown-name"),
        ("- {type: text, text: \"a } b\"}", "syntax"),
        ("- {type: text, text: \"a { b\"}", "syntax"),
        ("- {type: text, text: x, size: {keys: [{at: 0s, value: [1, 1]}, {at: 1s, value: [2, 2]}]}}", "animation"),
        ("- {type: image, image: ../secret.png}", "file"),
        ("- {type: shape, shape: rect, size: [10, 10], fill: $accent}", "unknown-name"),
        ("- {type: group, elements: [{type: group, elements: 3}]}", "type"),
        ("- {type: text, id: a, text: x}\n- {type: text, id: a, text: y}", "duplicate-name"),
    ]) func refusesBadElements(elements: String, code: String) {
        let found = first(elements)
        #expect(found?.code.rawValue == code, "\(String(describing: found))")
        #expect(found?.place?.line ?? 0 > 0)
    }

    @Test func measuresKnowTheirFormats() {
        let header = "data: {measures: {sold: {of: orders}, income: revenue}}"
        func code(_ text: String) -> Diagnostic.Code? {
            first("- {type: text, text: \"\(text)\"}", header: header)?.code
        }
        #expect(code("{sold} {sold|wan} {income|yuan} {income} {{sold}} {period|shortDate} {asOf}") == nil)
        #expect(code("{sold|yuan}") == .type)
        #expect(code("{income|wan}") == .type)
        #expect(code("{sold|wann}") == .unknownName)
        #expect(code("{sold|wan|yuan}") == .syntax)
        #expect(code("{period|wan}") == .unknownName)
    }

    @Test func theMappingOfTimeMayNotRunBack() {
        let found = TestTemplate.problems(
            TestTemplate.scene("- {type: text, text: x}", header: "data: {map: {start: 0s, end: 1s, ease: out-back}}"))
        #expect(found.first?.code == .animation)
        #expect(
            TestTemplate.problems(
                TestTemplate.scene("- {type: text, text: x}", header: "data: {period: 2026-11-12..2026-11-11}")
            ).first?.code == .period)
    }

    @Test func parametersAreTyped() throws {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                "- {type: text, text: $title}",
                header: """
                    parameters:
                      title: {type: text, default: 标题, length: 4}
                      count: {type: number, default: 3, minimum: 1, maximum: 5}
                      tint: {type: color, default: "#ff0000"}
                      mode: {type: choice, default: day, choices: [day, night]}
                      loud: {type: boolean, default: false}
                    """))
        let values = try template.values(assignments: [
            "title=a=b", "count=4.5", "tint=#0f0", "mode=night", "loud=true",
        ])
        #expect(values["title"] == .text("a=b"))
        #expect(values["count"] == .number(4.5))
        #expect(values["tint"] == .color(Color(red: 0, green: 255, blue: 0)))
        #expect(values["loud"] == .boolean(true))
        do {
            _ = try template.values(assignments: [
                "titel=x", "count=9", "tint=red", "mode=dusk", "loud=maybe", "title=五个字符了", "x",
            ])
            Issue.record("wrong values were taken")
        } catch {
            #expect(error.kind == .usage && error.kind.exitCode == 64)
            #expect(error.diagnostics.map(\.code) == [.unknownName, .range, .type, .type, .type, .range, .syntax])
            #expect(error.diagnostics[0].hint == "did you mean \"title\"?")
        }
    }

    @Test func aLayoutIsChosenByRatio() throws {
        let template = try TestTemplate.threeBeats()
        #expect(try template.layout(for: nil).layout.name == "portrait")
        let half = try template.layout(for: PixelSize(width: 540, height: 960))
        #expect(half.layout.name == "portrait" && half.scale == 0.5)
        #expect(try template.layout(for: PixelSize(width: 720, height: 720)).layout.name == "square")
        do {
            _ = try template.layout(for: PixelSize(width: 1920, height: 1080))
            Issue.record("a layout was found for 16:9")
        } catch {
            #expect(error.kind.exitCode == 64 && error.diagnostics.first?.code == .size)
        }
    }

    @Test func aParametersBracesAreBraces() throws {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                "- {type: text, text: $title}\n- {type: text, text: \"<{title}>\"}",
                header: "parameters: {title: {type: text, default: \"{sold} $x\"}}"))
        let composition = try Composition.resolve(template, feed: Feed(), world: TestWorld())
        let dump = composition.displayList(atFrame: 0).dump
        #expect(dump.contains("\"{sold} $x\"") && dump.contains("\"<{sold} $x>\""))
    }

    @Test func valuesMayDifferByLayout() {
        let bad = TestTemplate.problems(
            """
            fanpai: 1
            layouts: {a: {size: [100, 100]}, b: {size: [200, 100]}}
            scenes: [{id: s, duration: 1s, elements: [{type: text, text: x, position: {a: [1, 2]}}]}]
            """)
        #expect(bad.first?.code == .missingKey)
        #expect(bad.first?.message.contains("\"b\"") == true)
    }

    @Test func namesTheNearest() {
        #expect(Suggestion.nearest(to: "colour", among: ["color", "column"]) == "color")
        #expect(Suggestion.nearest(to: "xyz", among: ["color"]) == nil)
        #expect(Suggestion.hint(for: "xyz", among: ["a", "b"]) == "write one of a, b")
    }
}
