public import Drawing
public import Orders

/// What a film is to be made of: a template, order data, and what the user wants different.
///
///     var request = FilmRequest(template: "flip-board", orders: "orders.csv")
///     request.parameters = [.init("headline", "双十一战报")]
///     request.size = PixelSize(width: 1080, height: 1080)
public struct FilmRequest: Sendable {
    /// A parameter of the template and the value it gets, as the user writes it.
    public struct Parameter: Hashable, Sendable {
        /// The parameter's name in the template.
        public let name: String
        /// Its value as text.
        public let value: String

        /// Makes a setting.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// How much work a frame is worth.
    public enum Quality: String, Hashable, Sendable, CaseIterable {
        /// Every frame is one moment.
        case standard
        /// What moves is blurred by its motion, as a shutter that is open for half of every frame sees it.
        case high
    }

    /// A name in the templates folder, or the path of a template's folder.
    public var template: String
    /// The paths of the order data: one file, or several that make one feed, such as Taobao's two. Empty only with `isDemo`.
    public var orders: [String]
    /// Parameters that differ from the template's; of two for the same name the later one counts.
    public var parameters: [Parameter] = []
    /// A brand: name, logo, colours, wording and registered names; what `parameters` say goes before it.
    public var brand: String?
    /// The canvas; nil is the template's first layout as it stands.
    public var size: PixelSize?
    /// Whether the canvas is half the template's first layout when no size is given.
    var isHalfSize = false
    /// Frames per second; nil is the template's.
    public var rate: FrameRate?
    /// The length in microseconds; nil is the template's.
    public var duration: Int64?
    /// The shop time whose orders count; nil is the template's, or all.
    public var period: Period?
    /// The moment that countdowns and relative times go by; nil follows the rule of the design.
    public var now: Instant?
    /// The seed of everything random; nil is the template's.
    public var seed: UInt64?
    /// Whether what moves is blurred; `standard` is not.
    public var quality = Quality.standard
    /// Whether the film is a demonstration: it is marked, and without `orders` it shows the template's own sample.
    public var isDemo = false
    /// Whether rows of the order data that cannot be read are left out and counted.
    public var skipsBadRows = false
    /// Columns of the order data under names of their own.
    public var columns: [OrderField: String] = [:]
    /// Whose export it is, one of `OrderDecoder.shops`; nil: its header tells.
    public var shop: String?
    /// What comes first in dates such as 11/12/2026; nil: the file tells.
    public var dateOrder: DateOrder?
    /// Minutes east of UTC of times without a zone; nil is Beijing's.
    public var zoneMinutes: Int?
    /// The currency of data that does not name one.
    public var currency: String?
    /// Yuan for one unit of other currencies.
    public var rates: [String: ExchangeRate] = [:]
    /// A file with the project key; nil is the one in the environment or the user's configuration folder.
    public var keyFile: String?

    /// Makes a request that changes nothing of the template.
    public init(template: String, orders: String? = nil) {
        (self.template, self.orders) = (template, orders.map { [$0] } ?? [])
    }

    /// Makes a request for several files that make one feed.
    public init(template: String, orders: [String]) { (self.template, self.orders) = (template, orders) }
}

extension FilmRequest {
    /// The parts of a request that a user writes as text.
    public enum Option: String, Hashable, Sendable, CaseIterable {
        /// `KEY=VALUE`.
        case set
        /// `FIELD=列名`.
        case map
        /// `WIDTHxHEIGHT`.
        case size
        /// `N` or `N/D`.
        case fps
        /// `12s`, `1500ms`.
        case duration
        /// `FROM..TO`.
        case period
        /// An instant.
        case now
        /// A whole number.
        case seed
        /// A shop's name.
        case shop
        /// `dmy` or `mdy`.
        case dateOrder
        /// `+08:00`.
        case zone
        /// `CNY`.
        case currency
        /// `USD=7.12`.
        case rate
    }

    /// Takes one part over from text, as command lines and batch tables have it.
    ///
    /// - Throws: `FanpaiError` with code `usage` that names the option, the text and what to write.
    public mutating func apply(_ option: Option, _ text: String) throws(FanpaiError) {
        switch option {
        case .set:
            let (name, value) = try UserText.pair(text, "--set", "headline=双十一战报")
            parameters.append(Parameter(name, value))
        case .map:
            let (name, column) = try UserText.pair(text, "--map", "amount=实付款")
            guard let field = OrderField(rawValue: name) else {
                throw FanpaiError(
                    .usage, "--map: there is no field “\(UserText.short(name))”",
                    remedy: "choose one of \(OrderField.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            columns[field] = column
        case .size: size = try UserText.size(text)
        case .fps:
            do { rate = try FrameRate(parsing: text) } catch {
                throw FanpaiError(.usage, "--fps: \(error.message)", remedy: error.hint)
            }
        case .duration: duration = try UserText.microseconds(text, "--duration", isZeroAllowed: false)
        case .period:
            do { period = try Period(text) } catch {
                throw FanpaiError(.usage, "--period: \(error.what)", remedy: error.remedy)
            }
        case .now:
            guard let instant = Instant(text) else {
                throw FanpaiError(
                    .usage, "--now: “\(UserText.short(text))” is not an instant",
                    remedy: "write for example 2026-11-11T20:00:00+08:00, or \"2026-11-11 20:00\" in Beijing time")
            }
            now = instant
        case .seed:
            guard let number = UInt64(text) else {
                throw FanpaiError(
                    .usage, "--seed: “\(UserText.short(text))” is not a whole number",
                    remedy: "write a number from 0 to \(UInt64.max)")
            }
            seed = number
        case .shop:
            guard OrderDecoder.shops.contains(text) else {
                throw FanpaiError(
                    .usage, "--shop: “\(UserText.short(text))” is no shop that fanpai knows",
                    remedy: "choose one of \(OrderDecoder.shops.joined(separator: ", "))")
            }
            shop = text
        case .dateOrder:
            guard let order = DateOrder(rawValue: text) else {
                throw FanpaiError(
                    .usage, "--date-order: “\(UserText.short(text))” is no order of dates",
                    remedy: "write dmy where the day comes first, mdy where the month does")
            }
            dateOrder = order
        case .zone: zoneMinutes = try UserText.zone(text)
        case .currency: currency = try UserText.currency(text, "--currency")
        case .rate:
            let (name, value) = try UserText.pair(text, "--rate", "USD=7.12")
            let currency = try UserText.currency(name, "--rate")
            guard let rate = ExchangeRate(value) else {
                throw FanpaiError(
                    .usage, "--rate: “\(UserText.short(value))” is no rate",
                    remedy: "write the yuan for one \(currency), with at most six decimals, for example USD=7.12")
            }
            rates[currency] = rate
        }
    }
}
