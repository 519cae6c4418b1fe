extension Diagnostic {
    /// What is wrong, as a stable word for programs: one never changes its meaning, and none is used again for another.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case syntax
        case version
        case unknownKey = "unknown-key"
        case duplicateKey = "duplicate-key"
        case missingKey = "missing-key"
        case type
        case range
        case unknownName = "unknown-name"
        case duplicateName = "duplicate-name"
        case size
        case file
        case font
        case glyph
        case period
        case noOrders = "no-orders"
        case data
        case overflow
        case overlap
        case outsideFrame = "outside-frame"
        case outsideSafeArea = "outside-safe-area"
        case outsideCrop = "outside-crop"
        case contrast
        case tooSmall = "too-small"
        case tooBrief = "too-brief"
        case disclosure
        case caption
        case claim
        case lookAhead = "look-ahead"
        case animation

        /// What it says, in one line: the documentation of the code.
        public var summary: String {
            switch self {
            case .syntax: "not YAML, not UTF-8, empty, too large or too deep"
            case .version: "a format version that this program does not read"
            case .unknownKey: "a key that the place does not have"
            case .duplicateKey: "the same key twice"
            case .missingKey: "a required key is missing"
            case .type: "a value of the wrong type"
            case .range: "a value out of its range, or too long"
            case .unknownName: "a parameter, measure, style, layout or element that is not there"
            case .duplicateName: "the same name twice"
            case .size: "no layout has the ratio of the size asked for"
            case .file: "a file that the template names is missing or unreadable"
            case .font: "a font that is not there"
            case .glyph: "a character that no font has"
            case .period: "a period, or the end of a countdown, that cannot be"
            case .noOrders: "no order lies in the period, or none counts"
            case .data: "something doubtful in the order data"
            case .overflow: "a text does not fit its box: cut, shrunk or larger"
            case .overlap: "a text lies on another one, or below something that hides it"
            case .outsideFrame: "an element lies, or reaches, out of the frame"
            case .outsideSafeArea: "an element lies where the platform has its own buttons"
            case .outsideCrop: "large letters of a cover that the grid of a profile page cuts off"
            case .contrast: "a text that stands out too little from what is around it"
            case .tooSmall: "a text smaller than a telephone can show"
            case .tooBrief: "a text is not at rest long enough to be read"
            case .disclosure: "numbers, or words of the present, without a disclosure that can be read"
            case .caption: "a disclosure that lacks source, period, as-of or replay"
            case .claim: "words that advertising law forbids or questions, or a rival's name"
            case .lookAhead: "a look ahead that was not declared"
            case .animation: "an animation that cannot be drawn as it is written"
            }
        }
    }
}
