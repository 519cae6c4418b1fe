import Synchronization

/// Memory for textures, kept for the next one instead of being returned to the system page by page.
final class TexturePool: Sendable {
    // Safe: whoever took a block is the only one to know it.
    struct Block: @unchecked Sendable {
        let bytes: UnsafeMutableRawPointer
        let count: Int
    }

    private struct State {
        var free: [Block] = []
        var bytes = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// Keeps at most `limit` unused bytes.
    init(limit: Int) { self.limit = limit }

    deinit { for block in state.withLock({ $0.free }) { block.bytes.deallocate() } }

    /// At least `count` bytes with any content.
    func take(_ count: Int) -> Block {
        let known: Block? = state.withLock { state in
            var best: Int?
            for (index, block) in state.free.enumerated() where block.count >= count && block.count <= count * 2 + 65536
            {
                if let known = best, state.free[known].count <= block.count { continue }
                best = index
            }
            guard let best else { return nil }
            let block = state.free.remove(at: best)
            state.bytes -= block.count
            return block
        }
        if let known { return known }
        let rounded = (count + 16383) & ~16383
        return Block(bytes: .allocate(byteCount: rounded, alignment: 64), count: rounded)
    }

    func giveBack(_ block: Block) {
        guard block.count <= limit else { return block.bytes.deallocate() }
        state.withLock { state in
            while state.bytes + block.count > limit, !state.free.isEmpty {
                let oldest = state.free.removeFirst()
                state.bytes -= oldest.count
                oldest.bytes.deallocate()
            }
            state.free.append(block)
            state.bytes += block.count
        }
    }
}
