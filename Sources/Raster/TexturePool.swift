/// Memory for textures, kept for the next one instead of being returned to the system page by page.
final class TexturePool {
    struct Block {
        let bytes: UnsafeMutableRawPointer
        let count: Int
    }

    private var free: [Block] = []
    private var freeBytes = 0
    private let limit: Int

    /// Keeps at most `limit` unused bytes.
    init(limit: Int) { self.limit = limit }

    deinit { for block in free { block.bytes.deallocate() } }

    /// At least `count` bytes with any content.
    func take(_ count: Int) -> Block {
        var best: Int?
        for (index, block) in free.enumerated() where block.count >= count && block.count <= count * 2 + 65536 {
            if let known = best, free[known].count <= block.count { continue }
            best = index
        }
        if let best {
            let block = free.remove(at: best)
            freeBytes -= block.count
            return block
        }
        let rounded = (count + 16383) & ~16383
        return Block(bytes: .allocate(byteCount: rounded, alignment: 64), count: rounded)
    }

    func giveBack(_ block: Block) {
        guard block.count <= limit else { return block.bytes.deallocate() }
        while freeBytes + block.count > limit, !free.isEmpty {
            let oldest = free.removeFirst()
            freeBytes -= oldest.count
            oldest.bytes.deallocate()
        }
        free.append(block)
        freeBytes += block.count
    }
}
