/// Every order's pseudonym, its newest event, and the way from pseudonym to number.
///
/// The index is 4096 small open-addressed tables rather than one: the worst insertion then rehashes some hundred entries,
/// not a million.
struct OrderTable: Sendable {
    private static let shardBits = 12

    private var ids = ChunkedArray<OrderID>()
    private var newest = ChunkedArray<UInt32>()
    private var eventCounts = ChunkedArray<UInt16>()
    /// Pseudonyms of buyers, 0 for none; as long as the last order that has one needs, so that data without them pays nothing.
    private var buyers = ChunkedArray<UInt64>()
    private var shards = [ContiguousArray<UInt32>](repeating: [], count: 1 << shardBits)
    private var shardCounts = ContiguousArray<UInt32>(repeating: 0, count: 1 << shardBits)

    var count: Int { ids.count }

    func id(of number: UInt32) -> OrderID { ids[Int(number)] }

    /// Index of the newest event of an order, or `PackedEvent.none`.
    func newestEvent(of number: UInt32) -> UInt32 { newest[Int(number)] }

    func eventCount(of number: UInt32) -> Int { Int(eventCounts[Int(number)]) }

    /// The pseudonym of an order's buyer, nil where the data tells no buyer from another.
    func buyer(of number: UInt32) -> BuyerPseudonym? {
        guard Int(number) < buyers.count, buyers[Int(number)] != 0 else { return nil }
        return BuyerPseudonym(value: buyers[Int(number)])
    }

    /// Remembers who bought; the first that is said of an order stays.
    mutating func setBuyer(_ buyer: BuyerPseudonym, of number: UInt32) {
        while buyers.count <= Int(number) { buyers.append(0) }
        if buyers[Int(number)] == 0 { buyers.replace(at: Int(number), with: buyer.value) }
    }

    mutating func link(event: UInt32, to number: UInt32) {
        newest.replace(at: Int(number), with: event)
        eventCounts.replace(at: Int(number), with: eventCounts[Int(number)] + 1)
    }

    func find(_ id: OrderID) -> UInt32? {
        let hash = id.stableHash
        let shard = shards[Int(hash & UInt64((1 << OrderTable.shardBits) - 1))]
        guard !shard.isEmpty else { return nil }
        let mask = shard.count - 1
        var slot = Int(truncatingIfNeeded: hash >> UInt64(OrderTable.shardBits)) & mask
        while shard[slot] != PackedEvent.none {
            if ids[Int(shard[slot])] == id { return shard[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The order's number, a new one if it was not known.
    mutating func number(of id: OrderID) -> UInt32 {
        if let known = find(id) { return known }
        let number = UInt32(truncatingIfNeeded: ids.count)
        ids.append(id)
        newest.append(PackedEvent.none)
        eventCounts.append(0)
        insert(number, hash: id.stableHash)
        return number
    }

    private mutating func insert(_ number: UInt32, hash: UInt64) {
        let index = Int(hash & UInt64((1 << OrderTable.shardBits) - 1))
        let filled = Int(shardCounts[index])
        if (filled + 1) * 4 > shards[index].count * 3 { grow(index) }
        shardCounts[index] += 1
        place(number, hash: hash, in: index)
    }

    private mutating func place(_ number: UInt32, hash: UInt64, in index: Int) {
        let mask = shards[index].count - 1
        var slot = Int(truncatingIfNeeded: hash >> UInt64(OrderTable.shardBits)) & mask
        while shards[index][slot] != PackedEvent.none { slot = (slot + 1) & mask }
        shards[index][slot] = number
    }

    private mutating func grow(_ index: Int) {
        let old = shards[index]
        shards[index] = ContiguousArray(repeating: PackedEvent.none, count: max(4, old.count * 2))
        for number in old where number != PackedEvent.none {
            place(number, hash: ids[Int(number)].stableHash, in: index)
        }
    }
}
