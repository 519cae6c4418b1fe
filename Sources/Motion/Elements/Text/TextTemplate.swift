package import Orders

/// A text with places for numbers: `今日已售 {sold|wan} 件`. Parameters are already filled in.
package struct TextTemplate: Hashable, Sendable {
    /// A piece of the text.
    package enum Part: Hashable, Sendable {
        /// As it stands.
        case literal(String)
        /// As it stands, in the small size that goes with prices.
        case small(String)
        /// A measure, as it is at the moment.
        case measure(String, NumberFormat)
        /// A piece of an amount of money, as it is at the moment; all but the yuan are small.
        case price(String, PricePiece)
        /// A fact about the data that does not change.
        case fact(Fact, InstantFormat)
        /// Shop time, as it is at the moment.
        case clock(InstantFormat)
        /// Something of the order that a row shows.
        case order(OrderWord)
    }

    /// What a row can say of its order.
    package enum OrderWord: String, Hashable, Sendable, CaseIterable {
        /// `张**`.
        case name
        /// 浙江杭州, or the province alone.
        case place
        /// The product's title; cut where it does not fit.
        case product
        /// `¥1,299.00`.
        case price
        /// How long ago it was paid: `3秒前`.
        case ago
        /// The first letter of the name.
        case initial
        /// Pieces of the product.
        case quantity
        /// The template's words for the orders that are shown by number only; empty for none.
        case more
        /// That number; only in these words.
        case count
        /// When it was paid: `11月11日 20:03`; only on the card of one order.
        case time
        /// When it was shipped, in the same form; only on the card of one order, empty for not yet.
        case shipped

        /// The words of rows.
        package static let row = words(without: [.count, .time, .shipped])
        /// The words of the card of one order, which does not age.
        package static let card = words(without: [.count, .ago, .more])

        private static func words(without others: [OrderWord]) -> [String] {
            allCases.filter { !others.contains($0) }.map(\.rawValue)
        }
    }

    /// A fact about the data.
    package enum Fact: String, Hashable, Sendable, CaseIterable {
        var standardFormat: InstantFormat {
            switch self {
            case .asOf: .dateTime
            case .saleEnd: .deadline
            case .period, .source, .counting: .date
            }
        }

        /// The period that counts.
        case period
        /// Up to when the data is complete.
        case asOf
        /// When the sale ends.
        case saleEnd
        /// Where the data comes from.
        case source
        /// What becomes of refunded orders.
        case counting
    }

    /// How a measure is written.
    package enum NumberFormat: String, Hashable, Sendable, CaseIterable {
        /// `128888`.
        case plain
        /// `128,888`.
        case grouped
        /// `12.8万`, rounded down.
        case wan
        /// `10万+`, the round number below.
        case atLeast
        /// `¥1,299.00`.
        case yuan
        /// `1,299`, fen cut off.
        case wholeYuan
        /// `123.4万`, from fen.
        case wanYuan

        /// True when it takes fen.
        var isMoney: Bool { self == .yuan || self == .wholeYuan || self == .wanYuan }

        /// The number as text.
        package func text(_ value: Int64) -> String {
            switch self {
            case .plain: String(value)
            case .grouped: ChineseNumber.grouped(value)
            case .wan: ChineseNumber.abbreviated(value)
            case .atLeast: ChineseNumber.atLeast(value) ?? String(value)
            case .yuan: ChineseNumber.yuan(fen: value).text
            case .wholeYuan: ChineseNumber.yuan(fen: value, decimals: .none).number
            case .wanYuan: ChineseNumber.abbreviatedYuan(fen: value)
            }
        }
    }

    /// A piece of a price in the retail style: a small ¥, large yuan, small decimals.
    package enum PricePiece: Hashable, Sendable, CaseIterable {
        case sign, yuan, decimals

        /// The piece of an amount; decimals without trailing zeros, empty for whole yuan.
        package func text(fen: Int64) -> String {
            let yuan = ChineseNumber.yuan(fen: fen, decimals: .trimmed)
            return switch self {
            case .sign: yuan.sign + "¥"
            case .yuan: yuan.integer
            case .decimals: yuan.decimals.isEmpty ? "" : "." + yuan.decimals
            }
        }
    }

    /// How a moment is written, in Beijing time.
    package enum InstantFormat: String, Hashable, Sendable, CaseIterable {
        /// `2026年11月11日`.
        case date
        /// `11月11日`.
        case shortDate
        /// `2026-11-11 23:59:59`.
        case dateTime
        /// `23:59`.
        case time
        /// `11月11日20:00`; midnight is the end of the day before, `11月11日24:00`.
        case deadline

        /// The moment as text.
        package func text(_ instant: Instant) -> String {
            let time = instant.calendar
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            switch self {
            case .date: return "\(time.year)年\(time.month)月\(time.day)日"
            case .shortDate: return "\(time.month)月\(time.day)日"
            case .dateTime: return instant.text
            case .time: return "\(two(time.hour)):\(two(time.minute))"
            case .deadline:
                if instant == instant.startOfDay {
                    let day = instant.adding(microseconds: -1).calendar
                    return "\(day.month)月\(day.day)日24:00"
                }
                let seconds = time.second == 0 ? "" : ":\(two(time.second))"
                return "\(time.month)月\(time.day)日\(two(time.hour)):\(two(time.minute))\(seconds)"
            }
        }

        /// A period as text: one date for a day, else both ends; the end is its last second's date.
        package func text(_ period: Period) -> String {
            let (first, last) = (text(period.from), text(period.lastSecond))
            return first == last ? first : "\(first)–\(last)"
        }
    }

    /// The pieces in order.
    package let parts: [Part]

    package init(parts: [Part]) { self.parts = parts }

    /// True when nothing in it changes with time.
    package var isConstant: Bool {
        parts.allSatisfy {
            switch $0 {
            case .literal, .small, .fact: true
            case .measure, .price, .clock, .order: false
            }
        }
    }

    /// The measures that it names.
    package var measures: [String] {
        parts.compactMap { part in
            switch part {
            case .measure(let name, _), .price(let name, _): name
            default: nil
            }
        }
    }

    /// True when it says something of an order.
    package var showsOrder: Bool { parts.contains { if case .order = $0 { true } else { false } } }

    /// True when it says a number that may be longer than its template expects.
    package var showsFigures: Bool {
        parts.contains { part in
            switch part {
            case .measure, .price, .order(.price), .order(.ago), .order(.quantity), .order(.count), .order(.time),
                .order(.shipped):
                true
            case .literal, .small, .fact, .clock, .order: false
            }
        }
    }

    /// True when figures in it change or stand in columns, and so want one width.
    package var wantsTabularFigures: Bool {
        parts.contains { part in
            switch part {
            case .measure, .price, .order(.price), .order(.ago), .order(.more), .order(.count), .order(.time),
                .order(.shipped):
                true
            case .literal, .small, .fact, .clock, .order: false
            }
        }
    }

    /// Names that are no measure's and no parameter's.
    package static let reserved: [String] = Fact.allCases.map(\.rawValue) + ["clock"]
}

extension TextTemplate {
    /// Text in which `{name}` and `{name|format}` stand for values; `{{` and `}}` are braces.
    package static func type(maximum: Int = 1000) -> ValueType<TextTemplate> {
        let text = ValueType<String>.text(maximum: maximum)
        return ValueType(.text(maximum: maximum)) { value, context in
            guard let source = text.read(value, context) else { return nil }
            // What came through `$name` is a user's text, not a template's: its braces are braces.
            if value.isParameter { return TextTemplate(parts: [.literal(source)]) }
            var reader = Reader(source: Array(source.unicodeScalars), value: value, context: context)
            return reader.read()
        }
    }

    private struct Reader {
        let source: [Unicode.Scalar]
        let value: YAMLValue
        let context: DecodeContext
        var parts: [Part] = []
        var literal = String.UnicodeScalarView()
        var isValid = true

        init(source: [Unicode.Scalar], value: YAMLValue, context: DecodeContext) {
            (self.source, self.value, self.context) = (source, value, context)
        }

        mutating func read() -> TextTemplate? {
            var index = 0
            while index < source.count {
                let scalar = source[index]
                let next = index + 1 < source.count ? source[index + 1] : nil
                if scalar == "{" || scalar == "}", next == scalar {
                    literal.append(scalar)
                    index += 2
                } else if scalar == "{" {
                    guard let end = source[index...].firstIndex(of: "}") else {
                        fail(.syntax, "a brace is not closed", "write {name}, or {{ for a brace")
                        return nil
                    }
                    var name = String.UnicodeScalarView()
                    name.append(contentsOf: source[index + 1..<end])
                    add(String(name))
                    index = end + 1
                } else if scalar == "}" {
                    fail(.syntax, "a closing brace has no opening one", "write }} for a brace")
                    return nil
                } else {
                    literal.append(scalar)
                    index += 1
                }
            }
            flush()
            return isValid ? TextTemplate(parts: parts) : nil
        }

        private mutating func flush() {
            guard !literal.isEmpty else { return }
            parts.append(.literal(String(literal)))
            literal = String.UnicodeScalarView()
        }

        private mutating func fail(_ code: Diagnostic.Code, _ message: String, _ hint: String) {
            context.report(code, message, hint: hint, at: value)
            isValid = false
        }

        private mutating func add(_ placeholder: String) {
            let halves = placeholder.split(separator: "|", omittingEmptySubsequences: false).map(Self.trimmed)
            let name = halves[0]
            let format = halves.count == 2 ? halves[1] : nil
            guard halves.count <= 2 else {
                return fail(.syntax, "\"{\(placeholder.prefix(40))}\" has more than one format", "write {name|format}")
            }
            let environment = context.environment
            if environment.orderWords.contains(name), let word = OrderWord(rawValue: name) {
                guard format == nil else {
                    return fail(.unknownName, "\"\(name)\" takes no format", "write {\(name)}")
                }
                append(.order(word))
            } else if name == "clock", !environment.orderWords.isEmpty {
                fail(.unknownName, "a row does not show the time", "show it beside the rows, or write {ago}")
            } else if let parameter = environment.parameters[name] {
                if format == "retail" { return addPrice(name, parameter) }
                guard format == nil else {
                    return fail(
                        .unknownName, "a parameter takes no format but retail", "write {\(name)} or {\(name)|retail}")
                }
                literal.append(contentsOf: (YAMLValue(parameter.content).text ?? "").unicodeScalars)
            } else if environment.measures.contains(name) || environment.markerNumbers[name] != nil {
                addMeasure(name, format)
            } else if name == "clock" {
                guard let format = instantFormat(format, standard: .time) else { return }
                append(.clock(format))
            } else if let fact = Fact(rawValue: name) {
                guard let format = instantFormat(format, standard: fact.standardFormat) else { return }
                append(.fact(fact, format))
            } else {
                let names =
                    environment.orderWords + environment.measures + environment.markerNumbers.keys.sorted()
                    + environment.parameters.keys.sorted()
                    + TextTemplate.reserved
                fail(
                    .unknownName, "there is no measure or parameter \"\(name.prefix(40))\"",
                    Suggestion.hint(for: name, among: names))
            }
        }

        /// A number of the user's as a price in yuan.
        private mutating func addPrice(_ name: String, _ parameter: ParameterValue) {
            guard case .number(let yuan) = parameter, abs(yuan) <= 1e12 else {
                return fail(
                    .type, "parameter \"\(name)\" is no number, which a price has to be", "give it the type number")
            }
            let fen = Int64((yuan * 100).rounded())
            append(.small(PricePiece.sign.text(fen: fen)))
            append(.literal(PricePiece.yuan.text(fen: fen)))
            let decimals = PricePiece.decimals.text(fen: fen)
            if !decimals.isEmpty { append(.small(decimals)) }
        }

        private mutating func append(_ part: Part) {
            flush()
            parts.append(part)
        }

        private mutating func addMeasure(_ name: String, _ format: String?) {
            let isMoney = environmentIsMoney(name)
            guard let format else { return append(.measure(name, isMoney ? .yuan : .grouped)) }
            if format == "retail", isMoney {
                for piece in PricePiece.allCases { append(.price(name, piece)) }
                return
            }
            guard let found = NumberFormat(rawValue: format) else {
                return fail(
                    .unknownName, "there is no format \"\(format.prefix(40))\"",
                    Suggestion.hint(for: format, among: NumberFormat.allCases.map(\.rawValue) + ["retail"]))
            }
            guard found.isMoney == isMoney else {
                return fail(
                    .type, "\"\(name)\" is \(isMoney ? "money in fen" : "a count"), which \"\(format)\" does not write",
                    "choose one of "
                        + NumberFormat.allCases.filter { $0.isMoney == isMoney }.map(\.rawValue).joined(separator: ", ")
                        + (isMoney ? ", retail" : "")
                )
            }
            append(.measure(name, found))
        }

        private func environmentIsMoney(_ name: String) -> Bool {
            context.environment.markerNumbers[name] ?? context.environment.moneyMeasures.contains(name)
        }

        private mutating func instantFormat(_ format: String?, standard: InstantFormat) -> InstantFormat? {
            guard let format else { return standard }
            if let found = InstantFormat(rawValue: format) { return found }
            fail(
                .unknownName, "there is no format \"\(format.prefix(40))\" for a moment",
                Suggestion.hint(for: format, among: InstantFormat.allCases.map(\.rawValue)))
            return nil
        }

        private static func trimmed(_ text: Substring) -> String {
            let isSpace: (Character) -> Bool = { $0 == " " }
            return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        }
    }
}
