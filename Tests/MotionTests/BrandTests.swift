import Drawing
import Motion
import Testing

@Suite struct BrandTests {
    private static let text = """
        brand: 1
        shop: 星河旗舰店
        colors: {accent: "#ff5000", nobody: "#123456"}
        parameters: {ending: 谢谢}
        source: 抖音小店后台订单
        note: 范围：本店全部商品
        claims: {allow: [{word: 顶级玩家, reason: 注册商标}]}
        """

    private func brand(_ text: String = text) throws -> Brand {
        try Brand(decoding: Array(text.utf8), file: "shops/brand.yaml")
    }

    @Test func aTemplateTakesWhatItHasAParameterFor() throws {
        let values = try brand().values(for: TestTemplate.threeBeats())
        #expect(
            values == [
                "shop": .text("星河旗舰店"), "accent": .color(Color(red: 255, green: 80, blue: 0)), "ending": .text("谢谢"),
            ])
    }

    @Test func theLogoLiesBesideTheBrand() throws {
        #expect(try brand("brand: 1\nlogo: a/logo.png").logo?.path == "shops/a/logo.png")
        #expect(throws: MotionError.self) { try self.brand("brand: 1\nlogo: ../logo.png") }
    }

    @Test func aLogoIsThereWhenABrandHasOne() throws {
        let text = """
            fanpai: 1
            layouts: {a: {size: [400, 200]}}
            parameters: {logo: {type: image, default: ""}}
            scenes:
              - id: main
                duration: 1s
                elements:
                  - {type: shape, id: plate, shape: rect, visible: $logo, fill: "#ffffff", position: [200, 100], size: [100, 100]}
                  - {type: image, id: logo, image: $logo, fit: contain, position: [200, 100], size: [80, 80]}
            """
        let template = try Template(decoding: Array(text.utf8), file: "t")
        func nodes(_ values: [String: ParameterValue]) throws -> Int {
            var options = ResolveOptions()
            options.parameters = values
            return try Composition.resolve(template, feed: TestFeed.feed([]), world: TestWorld(), options: options)
                .displayList(atFrame: 0).nodes.count
        }
        #expect(try nodes([:]) == 0)
        #expect(try nodes(brand("brand: 1\nlogo: logo.png").values(for: template)) == 2)
        #expect(throws: MotionError.self) {
            try Template(decoding: Array(text.replacing("image: $logo", with: "image: \"\"").utf8), file: "t")
        }
    }

    @Test func fontsStandInByRoleOrFamily() throws {
        let fonts = try brand("brand: 1\nfonts: {headline: Star Sans, DIN: Star Sans}").fonts
        #expect(fonts.map(\.replaced) == ["Smiley Sans", "DIN"])
        #expect(fonts.map(\.place.line) == [2, 2] && fonts[0].place.column == 19)
    }

    @Test func aColourIsForAColour() throws {
        let wrong = try brand("brand: 1\ncolors:\n  ending: \"#ffffff\"")
        do {
            _ = try wrong.values(for: TestTemplate.threeBeats())
            Issue.record("taken")
        } catch let error as MotionError {
            #expect(error.description.contains("shops/brand.yaml:3:11"), "\(error)")
        }
    }

    @Test func theDisclosureHasItsWords() throws {
        var options = ResolveOptions()
        options.period = .day
        (options.source, options.note) = (try brand().source, try brand().note)
        let composition = try Composition.resolve(
            TestTemplate.threeBeats(), feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(),
            options: options)
        #expect(composition.facts.disclosure.contains("数据来源：抖音小店后台订单；范围：本店全部商品"))
    }

    @Test(arguments: [
        ("", "template"), ("shop: x", "brand"), ("brand: 2", "brand"), ("brand: 1\ncolour: x", "colour"),
        ("brand: 1\ncolors: {accent: red}", "colors.accent"),
        ("brand: 1\nclaims: {allow: [{word: 顶级}]}", "reason"),
        ("brand: 1\nlogo: ../logo.png", "brand.yaml:2:7"), ("brand: 1\nfontFiles: a.otf", "brand.yaml:2:12"),
        ("brand: 1\nfonts: {headline: A, Smiley Sans: B}", "same font"),
        ("brand: 1\nfonts:\n  headline: [A]", "brand.yaml:3:13"), ("brand: 1\n  \nfonst: {}", "brand.yaml:3:1"),
        ("brand: 1\nclaims: {allow: [{word: 顶级, reason: \"\"}]}", "reason"), ("brand: [", "brand.yaml"),
    ])
    func whatIsWrongIsSaidWithItsPlace(text: String, word: String) throws {
        do {
            _ = try brand(text)
            Issue.record("taken: \(text)")
        } catch let error as MotionError {
            #expect(error.kind == .badData && !error.diagnostics.isEmpty)
            #expect(word == "template" || error.description.contains(word), "\(error)")
        }
    }

    @Test func valuesAreCheckedAgainstTheTemplate() throws {
        let long = try brand("brand: 1\nparameters: {ending: 一二三四五六七八九十一二三四}")
        #expect(throws: MotionError.self) { try long.values(for: TestTemplate.threeBeats()) }
    }
}
