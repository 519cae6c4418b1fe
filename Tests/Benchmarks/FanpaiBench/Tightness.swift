import Drawing
import Fanpai
import Motion
import Raster

/// How much more than what changed is drawn, converted and encoded again.
struct Tightness {
    /// Damaged pixels and pixels that differ, and the same in blocks of an encoder.
    private var damaged = 0, changed = 0, damagedBlocks = 0, changedBlocks = 0
    private var pixels = 0, blocks = 0
    private static let block = 16

    /// Goes over a film, comparing every frame with the one before it.
    mutating func measure(_ composition: Composition, _ images: some ImageSource) throws {
        let size = composition.size
        let (across, down) = ((size.width + 15) / Self.block, (size.height + 15) / Self.block)
        let renderer = Renderer(images: images)
        var (now, before) = (PixelBuffer(size: size), PixelBuffer(size: size))
        var shown: DisplayList?
        for index in 0..<composition.frameCount {
            let list = composition.displayList(atFrame: index)
            let damage = shown.map { list.damage(since: $0) } ?? Damage(size.bounds)
            defer { shown = list }
            now.withMutableBytes { target in before.withBytes { target.copyMemory(from: $0) } }
            try renderer.render(list, into: now, damage: damage)
            swap(&now, &before)
            guard shown != nil else { continue }
            (pixels, blocks) = (pixels + size.width * size.height, blocks + across * down)
            var isDamaged = [Bool](repeating: false, count: across * down)
            var isChanged = isDamaged
            for rect in damage.rects {
                damaged += rect.area
                // `before` is this frame now.
                before.withBytes { new in
                    now.withBytes { old in
                        for y in rect.y..<rect.maxY {
                            let row = y / Self.block * across
                            for x in rect.x..<rect.maxX {
                                isDamaged[row + x / Self.block] = true
                                let at = y * now.stride + x * 4
                                let isEqual =
                                    new.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                                    == old.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                                if isEqual { continue }
                                changed += 1
                                isChanged[row + x / Self.block] = true
                            }
                        }
                    }
                }
            }
            damagedBlocks += isDamaged.count { $0 }
            changedBlocks += isChanged.count { $0 }
        }
    }

    func figures(_ template: String) -> [Figure] {
        [
            ("damaged pixels", damaged, pixels), ("changed pixels", changed, pixels),
            ("damaged blocks", damagedBlocks, blocks), ("changed blocks", changedBlocks, blocks),
        ].map {
            Figure(template: template, name: $0.0, value: Double($0.1) / Double(max(1, $0.2)) * 100, unit: "%")
        }
    }
}
