public import Orders

/// What the numbers of a composition are about: for disclosures and manifests.
public struct FeedFacts: Hashable, Sendable {
    /// A measure and the number that it ends with.
    public struct Figure: Hashable, Sendable {
        /// Its name in the template.
        public let name: String
        /// What it measures.
        public let measure: Measure
        /// What becomes of refunded orders.
        public let counting: Counting
        /// The number at the last frame; fen for money.
        public let value: Int64
    }

    /// The period that counts; nil: all of a session.
    public var period: Period?
    /// True when nobody named the period: it goes from the first to the last event.
    public var isPeriodDerived = false
    /// "Now", which rule gave it, and up to when the data is complete; nil without any data.
    public var asOf: AsOf?
    /// Where the data comes from, as the template says.
    public var source = ""
    /// A sentence of the shop's own.
    public var note = ""
    /// The measures in order of declaration, with the numbers that they end with.
    public var figures: [Figure] = []
    /// When the sale ends; nil when nobody said so.
    public var saleEnd: Instant?
    /// What becomes of refunded orders among those that are shown one by one; nil when none are.
    public var orderCounting: Counting?
    /// The order that the film tells of.
    package internal(set) var toldOrder: ToldOrder?
    /// Payments in the period, refunded or not.
    public var payments = 0
    /// Whether the frames carry the mark 演示数据.
    public var isDemo = false
    /// Whether the frames must say that a file is no live show.
    public var isReplay = false
    /// Whether the data tells refunded orders from others.
    public var knowsRefunds = true
    /// Whether the data tells closed orders from others.
    public var knowsClosures = true
    /// Whether a stock is shown that the template made up.
    public var isStockSimulated = false
    /// When the session began that the data comes from, live or replayed; nil for other data.
    public var sessionStart: Instant?
    /// Whether the data comes from a session.
    public var isSession: Bool { sessionStart != nil }
    /// The text of the disclosure; empty when no measure is shown.
    public var disclosure = ""
    /// Characters of feed texts that no font has and that became 〓.
    public var missingGlyphs = 0

    /// Nothing.
    public init() {}

    /// Takes in an event that the feed gained.
    mutating func notePayment(_ event: OrderEvent) {
        if event.kind == .paid, period?.contains(event.at) ?? true { payments += 1 }
    }

    /// The countings of all measures, each once, in the words of the disclosure.
    package var countingText: String {
        var countings: [Counting] = []
        for figure in figures where !countings.contains(figure.counting) && figure.measure != .stockLeft {
            countings.append(figure.counting)
        }
        if let orderCounting, !countings.contains(orderCounting) { countings.append(orderCounting) }
        return countings.map { $0.caption(knowsRefunds: knowsRefunds, knowsClosures: knowsClosures) }
            .joined(separator: "；")
    }

    /// Whether a condition of the template holds.
    package func meets(_ condition: Placement.Condition) -> Bool {
        switch condition {
        case .always: true
        case .saleEnd: saleEnd != nil
        case .noSaleEnd: saleEnd == nil
        case .shipped: toldOrder?.shippedAt != nil
        case .notShipped: toldOrder?.shippedAt == nil
        }
    }

    /// A fact as text.
    package func text(_ fact: TextTemplate.Fact, _ format: TextTemplate.InstantFormat) -> String {
        switch fact {
        case .period: period.map { format.text($0) } ?? sessionStart.map { format.text($0) } ?? ""
        case .asOf: asOf.map { format.text($0.dataUntil) } ?? ""
        case .saleEnd: saleEnd.map { format.text($0) } ?? ""
        case .source: source
        case .counting: countingText
        }
    }

    /// The sentences of the disclosure: source, period, counting, and up to when the data is complete.
    package var disclosureText: String { disclosureSentences.joined(separator: "；") }

    /// The sentences one by one; the mark of demonstrations belongs to the first.
    package var disclosureSentences: [String] {
        var sentences: [String] = []
        if isDemo { sentences.append("演示数据") }
        if !source.isEmpty { sentences.append("数据来源：\(source)") }
        if !note.isEmpty { sentences.append(note) }
        if let period { sentences.append("统计周期：\(Self.text(period))") }
        if !countingText.isEmpty { sentences.append("统计口径：\(countingText)") }
        if let sessionStart, period == nil {
            let start = sessionStart.text.dropLast(3)
            sentences.append(isReplay ? "直播记录自 \(start) 起（北京时间）" : "数据随直播实时更新（北京时间）")
        } else if let asOf {
            sentences.append("数据截至 \(asOf.dataUntil.text)（北京时间）")
        }
        if isStockSimulated { sentences.append("模拟库存，非真实库存") }
        if isReplay { sentences.append("历史订单回放，非实时") }
        if isDemo, sentences.count > 1 { sentences[1] = "演示数据；" + sentences[1] }
        return isDemo && sentences.count > 1 ? Array(sentences.dropFirst()) : sentences
    }

    /// `2026年11月1日20:00–11月11日24:00`: whole minutes, the end of a day as 24:00; `2026年11月1日–11月11日` for whole days.
    private static func text(_ period: Period) -> String {
        let (from, last) = (period.from.calendar, period.lastSecond.calendar)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func clock(_ instant: Instant) -> String {
            let time = instant.calendar
            return two(time.hour) + ":" + two(time.minute) + (time.second == 0 ? "" : ":" + two(time.second))
        }
        let isMidnight = period.to == period.to.startOfDay
        let end = isMidnight ? "24:00" : clock(period.to)
        let date = "\(from.year)年\(from.month)月\(from.day)日"
        if (from.year, from.month, from.day) == (last.year, last.month, last.day) {
            return "\(date)\(clock(period.from))–\(end)"
        }
        let year = from.year == last.year ? "" : "\(last.year)年"
        if isMidnight, period.from == period.from.startOfDay { return "\(date)–\(year)\(last.month)月\(last.day)日" }
        return "\(date)\(clock(period.from))–\(year)\(last.month)月\(last.day)日\(end)"
    }
}
