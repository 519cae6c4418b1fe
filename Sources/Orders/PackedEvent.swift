/// An event as the feed stores it: 48 bytes, all texts and ids by number.
struct PackedEvent: BitwiseCopyable, Sendable {
    static let none = UInt32.max
    static let allRows = UInt16.max

    var at: Int64
    /// Fen, or pieces left for stock events.
    var amount: Int64
    /// Session frame, or -1.
    var seen: Int32 = -1
    var order: UInt32 = none
    /// The event of the same order that was appended before this one.
    var previous: UInt32 = none
    var product: UInt32 = none
    var place: UInt32 = none
    var buyer: UInt32 = none
    var quantity: Int32 = 1
    var row: UInt16 = allRows
    var kindByte: UInt8
    /// Bit 0 gift, bit 1 order-level amount, bits 2–4 channel (0 none).
    var flags: UInt8 = 0

    init(kind: OrderEvent.Kind, at: Int64, amount: Int64 = 0) {
        kindByte = kind.rawValue
        self.at = at
        self.amount = amount
    }

    var kind: OrderEvent.Kind { OrderEvent.Kind(rawValue: kindByte) ?? .stock }

    var isGift: Bool {
        get { flags & 1 != 0 }
        set { flags = newValue ? flags | 1 : flags & ~1 }
    }

    var isOrderAmount: Bool {
        get { flags & 2 != 0 }
        set { flags = newValue ? flags | 2 : flags & ~2 }
    }

    /// 0 for no channel, 1 to 4 for the channels.
    var channelCode: Int { Int(min(flags >> 2 & 7, 4)) }

    var channel: Channel? {
        get {
            switch channelCode {
            case 1: .live
            case 2: .video
            case 3: .card
            case 4: .other
            default: nil
            }
        }
        set { flags = flags & 3 | UInt8(PackedEvent.code(of: newValue)) << 2 }
    }

    static func code(of channel: Channel?) -> Int {
        switch channel {
        case .live: 1
        case .video: 2
        case .card: 3
        case .other: 4
        case nil: 0
        }
    }

    /// Whether the event takes the row off the count for good.
    var isRemoval: Bool {
        kindByte == OrderEvent.Kind.refunded.rawValue || kindByte == OrderEvent.Kind.closed.rawValue
    }
}
