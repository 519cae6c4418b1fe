import Drawing
import Synchronization

/// What a texture shows; equal keys have equal pixels.
enum TextureKey: Hashable {
    /// A content with its filters and mask, at a scale.
    case content(content: Digest, scale: RasterScale, effects: [Effect], mask: Mask?)
    /// One instruction on the canvas, in the pixels of its content, inside a rectangle.
    case node(Node, cut: PixelRect)

    func hash(into hasher: inout Hasher) {
        switch self {
        case .content(let content, let scale, let effects, let mask):
            hasher.combine(content)
            hasher.combine(scale.step)
            hasher.combine(effects.count)
            hasher.combine(mask == nil)
        case .node(let node, let cut):
            hasher.combine(node)
            hasher.combine(cut)
        }
    }
}

/// Textures by key, up to a number of bytes, for any number of threads.
///
/// What was never asked for again goes first (a group whose inside changes every frame makes such textures all the time),
/// then what was not used for longest.
final class TextureCache: Sendable {
    fileprivate struct Entry {
        let texture: Texture?
        var lastUse: UInt64
        var isProven: Bool
    }

    fileprivate struct State {
        var entries: [TextureKey: Entry] = [:]
        var bytes = 0
        var clock: UInt64 = 0
        /// Bytes of the budget that something else uses.
        var reserved = 0
    }

    private let state = Mutex(State())
    private let budget: Int

    init(budget: Int) { self.budget = max(0, budget) }

    /// The texture of a key (an inner nil is a content without pixels), or nil when it is not known.
    func texture(for key: TextureKey) -> Texture?? {
        state.withLock { state in
            guard let index = state.entries.index(forKey: key) else { return nil }
            state.clock += 1
            state.entries.values[index].lastUse = state.clock
            state.entries.values[index].isProven = true
            return .some(state.entries.values[index].texture)
        }
    }

    /// Keeps a finished texture, and lets others go until all fit.
    func insert(_ texture: Texture?, for key: TextureKey) {
        let size = Self.cost(texture)
        // Textures that go are let go of outside the lock: returning their memory takes another.
        var gone: [Texture?] = []
        state.withLock { state in
            guard size <= budget - state.reserved else { return }
            // Two threads may have made the same.
            if let old = state.entries.removeValue(forKey: key) {
                state.bytes -= Self.cost(old.texture)
                gone.append(old.texture)
            }
            while state.bytes + size > budget - state.reserved, let old = state.removeOne() {
                state.bytes -= Self.cost(old)
                gone.append(old)
            }
            state.clock += 1
            state.bytes += size
            state.entries[key] = Entry(texture: texture, lastUse: state.clock, isProven: false)
        }
    }

    /// Takes bytes from the budget for something else, or gives them back.
    func reserve(_ bytes: Int) { state.withLock { $0.reserved += bytes } }

    private static func cost(_ texture: Texture?) -> Int { 256 + (texture?.byteCount ?? 0) }
}

extension TextureCache.State {
    /// Takes out what should go first; nil when nothing is left.
    fileprivate mutating func removeOne() -> Texture?? {
        var victim: (index: Dictionary<TextureKey, TextureCache.Entry>.Index, isProven: Bool, lastUse: UInt64)?
        var index = entries.startIndex
        while index != entries.endIndex {
            let (isProven, lastUse) = (entries.values[index].isProven, entries.values[index].lastUse)
            let isOlder = victim.map { (isProven ? 1 : 0, lastUse) < ($0.isProven ? 1 : 0, $0.lastUse) } ?? true
            if isOlder { victim = (index, isProven, lastUse) }
            entries.formIndex(after: &index)
        }
        return victim.map { entries.remove(at: $0.index).value.texture }
    }
}

/// The memory of renderers that draw frames of one film on several threads: what one has rasterised the others take.
public final class TextureStore: Sendable {
    let cache: TextureCache
    let pool: TexturePool
    /// Bytes of rasterised contents that are kept.
    let budget: Int

    /// Keeps up to `budget` bytes of rasterised contents between frames.
    public init(budget: Int = 96 << 20) {
        self.budget = budget
        cache = TextureCache(budget: budget)
        pool = TexturePool(limit: max(8 << 20, budget / 4))
    }
}
