/// A set of rows of one order.
struct RowSet {
    // 512 bits on the stack: an array would be an allocation for every event.
    private var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
    private var hasAll = false

    func contains(_ row: UInt16) -> Bool {
        if hasAll { return true }
        let bit: UInt64 = 1 << UInt64(row & 63)
        switch row >> 6 {
        case 0: return words.0 & bit != 0
        case 1: return words.1 & bit != 0
        case 2: return words.2 & bit != 0
        case 3: return words.3 & bit != 0
        case 4: return words.4 & bit != 0
        case 5: return words.5 & bit != 0
        case 6: return words.6 & bit != 0
        default: return words.7 & bit != 0
        }
    }

    mutating func insert(_ row: UInt16) {
        if row == PackedEvent.allRows {
            hasAll = true
            return
        }
        let bit: UInt64 = 1 << UInt64(row & 63)
        switch row >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        case 3: words.3 |= bit
        case 4: words.4 |= bit
        case 5: words.5 |= bit
        case 6: words.6 |= bit
        default: words.7 |= bit
        }
    }
}
