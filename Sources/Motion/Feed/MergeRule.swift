package import Drawing
internal import Orders

/// What becomes of orders that arrive faster than they can be read.
package struct MergeRule: Hashable, Sendable {
    /// The most orders that begin to show in a second.
    package let perSecond: Double
    /// How many orders may wait before they are merged.
    package let patience: Int
    /// The words for those that are shown by number only.
    package let text: TextTemplate

    /// Faster than this nobody reads.
    private static let rates = 0.1...6.0
    private static let perSecond = Field(
        "perSecond", ValueType<Double>.number(rates), "The most orders that begin to show in a second; 2 can be read.")
    private static let after = Field(
        "after", ValueType<Int>.whole(1...20), "How many orders may wait before they are merged.")
    private static let text = Field(
        "text", TextTemplate.type(maximum: 60), "The words for orders shown by number only, with {count}.")
    private static let fields = [perSecond.schema, after.schema, text.schema]

    /// The rule `merge: {perSecond: 2, after: 3, text: "另有 {count} 笔"}`; nil for what a template leaves out.
    package static func type(perSecond rate: Double, after patience: Int, text words: String) -> ValueType<MergeRule> {
        ValueType<MergeRule>.object(fields) { fields in
            let given = fields.context.withOrderWords(["count"]) { fields.optional(text) }
            if let given, !given.parts.contains(.order(.count)) {
                fields.report(
                    .missingKey, "the words do not say how many orders", hint: "write {count} into them", at: text)
            }
            return MergeRule(
                perSecond: fields.value(perSecond, default: rate), patience: fields.value(after, default: patience),
                text: given ?? standard(words))
        }
    }

    /// The rule without any key.
    package static func standard(perSecond: Double, after patience: Int, text words: String) -> MergeRule {
        MergeRule(perSecond: perSecond, patience: patience, text: standard(words))
    }

    /// For what is no stream of orders: nothing is merged.
    static let none = MergeRule(perSecond: 1, patience: 1, text: TextTemplate(parts: []))

    private static func standard(_ words: String) -> TextTemplate {
        let halves = words.split(separator: "#", omittingEmptySubsequences: false).map {
            TextTemplate.Part.literal(String($0))
        }
        return TextTemplate(parts: halves.count == 2 ? [halves[0], .order(.count), halves[1]] : halves)
    }

    /// The words for a number of orders; empty for none.
    package func words(for count: Int) -> String {
        guard count > 0 else { return "" }
        var result = ""
        for part in text.parts {
            switch part {
            case .literal(let text), .small(let text): result += text
            case .order: result += ChineseNumber.grouped(Int64(count))
            case .measure, .price, .fact, .clock: break
            }
        }
        return result
    }

    /// Ticks between two orders.
    package func interval(at rate: FrameRate) -> Int64 {
        Int64(FrameTime(seconds: 1 / perSecond, rate: rate).ticks)
    }
}
