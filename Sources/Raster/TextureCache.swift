import Drawing

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

/// Textures by key, up to a number of bytes.
///
/// What was never asked for again goes first (a group whose inside changes every frame makes such textures all the time),
/// then what was not used for longest.
final class TextureCache {
    private struct Entry {
        let texture: Texture?
        var lastUse: UInt64
        var isProven: Bool
    }

    private var entries: [TextureKey: Entry] = [:]
    private var bytes = 0
    private var clock: UInt64 = 0
    private let budget: Int
    /// Bytes of the budget that something else uses.
    var reserved = 0

    init(budget: Int) { self.budget = max(0, budget) }

    /// The texture of a key (an inner nil is a content without pixels), or nil when it is not known.
    func texture(for key: TextureKey) -> Texture?? {
        guard let index = entries.index(forKey: key) else { return nil }
        clock += 1
        entries.values[index].lastUse = clock
        entries.values[index].isProven = true
        return .some(entries.values[index].texture)
    }

    /// Keeps a texture, and lets others go until all fit.
    func insert(_ texture: Texture?, for key: TextureKey) {
        let size = Self.cost(texture)
        guard size <= budget - reserved else { return }
        while bytes + size > budget - reserved, removeOne() {}
        clock += 1
        bytes += size
        entries[key] = Entry(texture: texture, lastUse: clock, isProven: false)
    }

    private func removeOne() -> Bool {
        var victim: (index: Dictionary<TextureKey, Entry>.Index, isProven: Bool, lastUse: UInt64)?
        var index = entries.startIndex
        while index != entries.endIndex {
            let (isProven, lastUse) = (entries.values[index].isProven, entries.values[index].lastUse)
            let isOlder = victim.map { (isProven ? 1 : 0, lastUse) < ($0.isProven ? 1 : 0, $0.lastUse) } ?? true
            if isOlder { victim = (index, isProven, lastUse) }
            entries.formIndex(after: &index)
        }
        guard let victim else { return false }
        bytes -= Self.cost(entries.remove(at: victim.index).value.texture)
        return true
    }

    private static func cost(_ texture: Texture?) -> Int { 256 + (texture?.byteCount ?? 0) }
}
