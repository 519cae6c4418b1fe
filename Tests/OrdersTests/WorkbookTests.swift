import Orders
import Testing

@Suite struct WorkbookTests {
    private static let styles = """
        <styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.00&quot;day&quot;"/>\
        <numFmt numFmtId="171" formatCode="[$-804]yyyy\\-mm\\-dd"/><numFmt numFmtId="172" formatCode="[Red]0.00;[Blue]\\-0.00"/>\
        <numFmt numFmtId="173" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
        <cellXfs><xf/><xf numFmtId="22"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="31"/>\
        <xf numFmtId="173"/></cellXfs></styleSheet>
        """

    private func row(
        id: String = "990000001", amount: String = "1.00", paid: String = "2026-11-11 12:00:00", product: String = "p"
    ) -> [String] {
        [id, "<c/>", product, "1", amount, paid, "已发货", "-"]
    }

    private func paid(_ bytes: [UInt8]) throws -> OrderEvent {
        let feed = try decoder.decode(bytes: bytes).feed
        return try #require((0..<feed.count).map { feed[$0] }.first { $0.kind == .paid })
    }

    @Test(arguments: [
        ("<c s=\"1\"><v>46337.833368055554</v></c>", "", "2026-11-11 20:00:03"),
        ("<c s=\"3\"><v>46337.999999</v></c>", "", "2026-11-12 00:00:00"),
        ("<c s=\"5\"><v>46337.5</v></c>", "", "2026-11-11 12:00:00"),
        ("<c s=\"1\"><v>4.63375E4</v></c>", "", "2026-11-11 12:00:00"),
        ("<c s=\"1\"><v>44875.5</v></c>", "<workbookPr date1904=\"1\"/>", "2026-11-11 12:00:00"),
        ("<c><v>44875.5</v></c>", "<workbookPr date1904=\"1\"/>", "2026-11-11 12:00:00"),
        ("<c><v>46337.5</v></c>", "", "2026-11-11 12:00:00"),
        ("<c t=\"d\"><v>2026-11-11T20:00:03</v></c>", "", "2026-11-11 20:00:03"),
        ("<c t=\"str\"><f>NOW()</f><v>2026-11-11 20:00:03</v></c>", "", "2026-11-11 20:00:03"),
    ])
    func moments(_ cell: String, _ properties: String, _ text: String) throws {
        let event = try paid(workbook([row(paid: cell)], styles: Self.styles, properties: properties))
        #expect(event.at.text == text)
    }

    @Test(arguments: [
        ("<c><v>28.899999999999999</v></c>", 2890), ("<c s=\"4\"><v>28.9</v></c>", 2890),
        ("<c s=\"2\"><v>3</v></c>", 300),
        ("<c><v>1.1000000000000001</v></c>", 110), ("<c><v>1.5E-1</v></c>", 15), ("<c><v>0</v></c>", 0),
        ("<c><v>1299</v></c>", 129_900), ("<c><v>1.299E3</v></c>", 129_900), ("<c t=\"n\"><v>0.1</v></c>", 10),
    ])
    func amounts(_ cell: String, _ fen: Int64) throws {
        #expect(try paid(workbook([row(amount: cell)], styles: Self.styles)).amount == fen)
    }

    @Test func idsStoredAsNumbers() throws {
        let good = try decoder.decode(bytes: workbook([row(id: "<c><v>123456789012345</v></c>")]))
        let text = try decoder.decode(bytes: workbook([row(id: "123456789012345")]))
        #expect(good.feed[0].order == text.feed[0].order)
        for id in ["6.917926768823643E+18", "6917926768823643751", "6917926768823640000", "1.2345678901E10"] {
            let error = try #require(failure(workbook([row(), row(id: "<c><v>\(id)</v></c>")])))
            let problem = try #require(error.problems.first)
            #expect(problem.row == 3 && problem.column == "主订单编号" && problem.source == "sheet “订单”", "\(problem)")
            #expect(problem.shape.contains("scientific") && problem.hint.contains("Excel"), "\(id): \(problem)")
        }
    }

    @Test func texts() throws {
        var maker = WorkbookMaker()
        let rows = WorkbookMaker.table([
            orderHeader,
            row(product: "<c t=\"s\"><v>1</v></c>"),
            row(
                id: "990000002",
                product:
                    "<c t=\"inlineStr\"><is><r><t xml:space=\"preserve\">a </t></r><rPh><t>no</t></rPh><r><t>&#x4E2D;&#25991;&amp;<![CDATA[<b>]]></t></r></is></c>"
            ),
            row(id: "990000003", product: "<c t=\"b\"><v>1</v></c>"),
        ])
        maker.sheets = [("订单", "", WorkbookMaker.sheet(rows))]
        maker.strings =
            "<sst><si><t/></si><si><t>x</t><phoneticPr/><rPh><t>no</t></rPh><r><t>y_x000A_z_x005F_</t></r></si></sst>"
        // Shared strings may lie before or behind the sheets that use them.
        for isFirst in [false, true] {
            maker.stringsFirst = isFirst
            let feed = try decoder.decode(bytes: zip(maker.files)).feed
            #expect((0..<feed.count).compactMap { feed[$0].product }.sorted() == ["TRUE", "a 中文&<b>", "xy\nz_"])
        }
    }

    @Test func sparseRowsAndTitles() throws {
        var maker = WorkbookMaker()
        let header = orderHeader.enumerated().map {
            "<c r=\"\("BCDEFGHI".dropFirst($0).first ?? "B")7\" t=\"str\"><v>\($1)</v></c>"
        }
        let rows =
            "<row r=\"2\"><c r=\"B2\" t=\"str\"><v>标题</v></c><c r=\"C2\"/></row><row r=\"7\">" + header.joined()
            + "</row>"
            + "<row r=\"1048576\"><c r=\"B1048576\" t=\"str\"><v>990000001</v></c><c r=\"F1048576\"><v>1</v></c>"
            + "<c r=\"G1048576\" t=\"str\"><v>2026-11-11 12:00:00</v></c><c r=\"E1048576\"><v>1</v></c></row>"
        maker.sheets = [("订单", "", WorkbookMaker.sheet(rows))]
        #expect(failure(zip(maker.files))?.what.contains("out of order") == true)
        maker.sheets[0].xml = WorkbookMaker.sheet(
            rows.replacing("<c r=\"E1048576\"><v>1</v></c>", with: "").replacing(
                "<c r=\"F10", with: "<c r=\"E1048576\"><v>1</v></c><c r=\"F10"))
        #expect(try decoder.decode(bytes: zip(maker.files)).summary.orders == 1)
        // Prefixes, as some libraries write them.
        maker.sheets[0].xml = maker.sheets[0].xml.replacing("</", with: "</x:").replacing("<", with: "<x:")
            .replacing("<x:/x:", with: "</x:").replacing("<x:?xml", with: "<?xml")
        #expect(try decoder.decode(bytes: zip(maker.files)).summary.orders == 1)
    }

    @Test func sheets() throws {
        let table = WorkbookMaker.sheet(WorkbookMaker.table([orderHeader, row()]))
        let notes = WorkbookMaker.sheet(WorkbookMaker.table([["说明", "x"]]))
        var maker = WorkbookMaker()
        maker.sheets = [("旧", "state=\"hidden\"", table), ("说明", "", notes), ("订单", "", table), ("订单2", "", table)]
        let orders = try decoder.decode(bytes: zip(maker.files))
        #expect(orders.summary.orders == 1 && orders.warnings == ["sheet “订单2” has orders too and was not read"])
        maker.sheets.removeLast(2)
        #expect(failure(zip(maker.files))?.what.hasSuffix("its sheets are “说明”") == true)
        let missing = WorkbookMaker.sheet(WorkbookMaker.table([["订单号", "x", "实付款", "数量"], ["1", "2", "3", "4"]]))
        maker.sheets.append(("订单", "", missing))
        let error = try #require(failure(zip(maker.files)))
        #expect(error.what.contains("支付完成时间") && error.place == "sheet “订单”", "\(error)")
        maker.sheets = [("订单", "state=\"veryHidden\"", table)]
        #expect(failure(zip(maker.files))?.what.contains("all hidden") == true)
    }

    @Test func sheetsThatAreCalledByANumberAreNotNamed() throws {
        let bad = WorkbookMaker.sheet(WorkbookMaker.table([orderHeader, row(id: "x")]))
        let good = WorkbookMaker.sheet(WorkbookMaker.table([orderHeader, row()]))
        var maker = WorkbookMaker()
        maker.sheets = [("说明", "", WorkbookMaker.sheet("")), ("客户13800000000", "", bad)]
        let error = try #require(failure(zip(maker.files)))
        #expect(error.problems.first?.source == "sheet 2" && !error.description.contains("1380"), "\(error)")
        maker.sheets = [("订单20261", "", good), ("１３８００００００００", "", good)]
        #expect(try decoder.decode(bytes: zip(maker.files)).warnings == ["sheet 2 has orders too and was not read"])
        maker.sheets = [("订单202611", "", WorkbookMaker.sheet("")), ("13800000000", "", WorkbookMaker.sheet(""))]
        #expect(failure(zip(maker.files))?.what.hasSuffix("its sheets are “订单202611”, sheet 2") == true)
    }

    @Test func cellErrors() throws {
        let error = try #require(failure(workbook([row(amount: "<c t=\"e\"><v>#N/A</v></c>"), row(id: "x")])))
        #expect(error.problems.map(\.row) == [2, 3])
        #expect(error.problems.first?.shape.contains("error value such as #N/A in column E") == true)
        let orders = try OrderDecoder(options: .init(key: .demo, skipBadRows: true)).decode(
            bytes: workbook([row(amount: "<c t=\"e\"><v>#N/A</v></c>"), row()]))
        #expect(orders.summary.skippedRows == 1 && orders.summary.orders == 1)
        // In a column that nobody reads it does no harm.
        let rows = [orderHeader + ["利润"], row() + ["<c t=\"e\"><v>#DIV/0!</v></c>"]]
        var maker = WorkbookMaker()
        maker.sheets = [("订单", "", WorkbookMaker.sheet(WorkbookMaker.table(rows)))]
        #expect(try decoder.decode(bytes: zip(maker.files)).summary.orders == 1)
    }

    @Test func cellsWithADateFormatHaveLostTheTime() throws {
        let rows = (1...3).map { row(id: "99000000\($0)", paid: "<c s=\"5\"><v>4633\($0)</v></c>") }
        #expect(
            try decoder.decode(bytes: workbook(rows, styles: Self.styles)).warnings.contains { $0.contains("midnight") }
        )
        let two = try decoder.decode(bytes: workbook(Array(rows.dropLast()), styles: Self.styles))
        #expect(!two.warnings.contains { $0.contains("midnight") })
    }

    @Test func totalsBelowAColumnWithoutAField() throws {
        let total = ["合计", "<c/>", "<c/>", "<c/>", "1", "1.00", "<c/>", "<c/>", "<c/>"]
        var maker = WorkbookMaker()
        let rows = [["利润"] + orderHeader, ["<c t=\"e\"><v>#N/A</v></c>"] + row(), total]
        maker.sheets = [("订单", "", WorkbookMaker.sheet(WorkbookMaker.table(rows)))]
        let orders = try decoder.decode(bytes: zip(maker.files))
        #expect(orders.summary.rows == 1 && orders.warnings == ["1 row of totals was left out"])
    }

    @Test(arguments: [
        ("<!DOCTYPE w [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>", "document type"),
        ("<worksheet><sheetData><row r=\"1\"><c><v>&a;</v></c></row></sheetData></worksheet>", "entity"),
        ("<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>", "1048576"),
        (
            "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\" t=\"str\"><v>a</v></c></row></sheetData></worksheet>",
            "1024 columns"
        ),
        ("<worksheet><sheetData><row r=\"1\"><c r=\"XFE1\"/></row></sheetData></worksheet>", "16384 columns"),
        ("<worksheet><sheetData><row r=\"1\"><c r=\"A2\"/></row></sheetData></worksheet>", "out of order"),
        ("<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>", "out of order"),
        ("<worksheet><sheetData><row r=\"1\"><c t=\"s\"><v>5</v></c></row></sheetData></worksheet>", "does not have"),
        ("<worksheet><sheetData><row r=\"1\"><c t=\"q\"><v>5</v></c></row></sheetData></worksheet>", "of a kind"),
        ("<worksheet><sheetData><row r=\"1\"><c><v>5,0</v></c></row></sheetData></worksheet>", "a number that is none"),
        ("<worksheet><sheetData><row r=\"1\"><c></row></sheetData></worksheet>", "another name"),
        ("<worksheet><sheetData>", "cut off"), ("<worksheet a='1' a='2'/>", "twice"), ("<a/>", "no sheet"),
        ("<?>", "cut off"),
        ("<worksheet/><worksheet/>", "second document"),
        ("<?xml version=\"1.0\" encoding=\"GBK\"?><worksheet/>", "encoding"),
        (String(repeating: "<x>", count: 70), "no sheet"), ("<worksheet>\u{1}</worksheet>", "forbids"),
        ("<worksheet>" + String(repeating: "<x>", count: 70), "inside more than"),
    ])
    func badSheets(_ xml: String, _ what: String) throws {
        var maker = WorkbookMaker()
        maker.sheets = [("订单", "", xml)]
        let error = try #require(failure(zip(maker.files)))
        #expect(error.what.contains(what) && error.kind == .badData && !error.remedy.isEmpty, "\(error)")
        #expect(error.place == "sheet “订单”")
    }

    @Test func damagedPackages() throws {
        let whole = WorkbookMaker(
            sheets: [("订单", "", WorkbookMaker.sheet(WorkbookMaker.table([orderHeader, row()])))], strings: "<sst/>",
            styles: Self.styles
        ).files
        for index in whole.indices {
            var files = whole
            files.remove(at: index)
            let error = try #require(failure(zip(files)), "without \(whole[index].0)")
            #expect(error.kind == .badData)
        }
        #expect(failure(zip(whole + [("XL/workbook.xml", [])]))?.what.contains("two parts") == true)
        #expect(failure(workbook([]))?.what.contains("no orders") == true)
    }

    @Test func longAndManyTexts() throws {
        // Ciphertext is not kept; a remark of a megabyte does no harm; blocks of strings end where they must.
        var maker = WorkbookMaker()
        let texts = (0..<9000).map {
            "<si><t>\($0 % 3 == 0 ? "##" : "t")\(String(repeating: "x", count: $0 % 500))\($0)</t></si>"
        }
        maker.strings =
            "<sst>" + texts.joined() + "<si><t>" + String(repeating: "长", count: 300_000) + "</t></si></sst>"
        let rows = (0..<9000).map {
            ["990\($0 + 1000)", "<c t=\"s\"><v>9000</v></c>", "<c t=\"s\"><v>\($0)</v></c>"] + row()[3...]
        }
        let used = rows.map { [$0[0], "<c/>"] + $0[2...] }
        maker.sheets = [("订单", "", WorkbookMaker.sheet(WorkbookMaker.table([orderHeader] + used)))]
        let feed = try decoder.decode(bytes: zip(maker.files)).feed
        let products = Dictionary(
            (0..<feed.count).map { (feed[$0].order, feed[$0].product) }, uniquingKeysWith: { first, _ in first })
        #expect(products.count == 9000)
        #expect(products.values.filter { $0 == nil }.count == 3000)
        #expect(products.values.contains("t" + String(repeating: "x", count: 499) + "8999"))
    }
}
