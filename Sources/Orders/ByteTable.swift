/// Numbers by byte string: what a cell said once need not be understood again.
///
/// Only for cells that hold nothing personal: it keeps the bytes.
struct ByteTable {
    private struct Entry {
        var offset: Int
        var length: Int
        var hash: UInt64
        var value: UInt32
    }

    private var arena: ContiguousArray<UInt8> = []
    private var entries: ContiguousArray<Entry> = []
    private var slots = ContiguousArray<Int32>(repeating: -1, count: 64)

    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let hash = ByteTable.hash(bytes)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, entry.length == bytes.count, matches(entry, bytes) { return entry.value }
            slot = (slot + 1) & mask
        }
        return nil
    }

    mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, value: UInt32) {
        if entries.count * 2 >= slots.count { grow() }
        let hash = ByteTable.hash(bytes)
        entries.append(Entry(offset: arena.count, length: bytes.count, hash: hash, value: value))
        arena.append(contentsOf: bytes)
        place(Int32(truncatingIfNeeded: entries.count - 1), hash: hash)
    }

    private mutating func place(_ number: Int32, hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = number
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: -1, count: slots.count * 2)
        for (number, entry) in entries.enumerated() { place(Int32(truncatingIfNeeded: number), hash: entry.hash) }
    }

    private func matches(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        arena.withUnsafeBufferPointer { stored in
            for index in 0..<bytes.count where stored[entry.offset + index] != bytes[index] { return false }
            return true
        }
    }

    /// Multiply and fold, eight bytes at a time.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0x9E37_79B9_7F4A_7C15) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        var index = 0
        while index + 8 <= raw.count {
            state = mix(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        return mix(state ^ rest)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xBF58_476D_1CE4_E5B9)
        return product.high ^ product.low &+ 0x94D0_49BB_1331_11EB
    }
}
