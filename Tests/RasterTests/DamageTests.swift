import Drawing
import Raster
import Testing

/// Same inputs, same pixels: whatever the damage, the order of frames and the state of the cache.
@Suite("Damage") struct DamageTests {
    @Test("A damaged redraw equals a full one", arguments: [73, 114] + Array(0..<50))
    // 73 and 114 once failed: nested reach, and a group that became flat.
    func repairs(seed: Int) throws {
        var scenes = RandomScenes(seed: UInt64(seed))
        let frames = scenes.frames(7)
        let whole = try frames.map { try drawn($0) }
        for budget in [0, 60_000, 96 << 20] {
            let renderer = Renderer(images: NoImages(), cacheBudget: budget)
            let buffer = PixelBuffer(size: RandomScenes.size)
            var shown: Int?
            // Forward, then anywhere.
            for index in [0, 1, 2, 3, 4, 5, 6, 2, 5, 0, 6] {
                let damage = shown.map { frames[index].damage(since: frames[$0]) } ?? Damage(frames[index].size.bounds)
                try renderer.render(frames[index], into: buffer, damage: damage)
                #expect(difference(buffer, whole[index]) == nil, "frame \(index) after \(shown ?? -1), cache \(budget)")
                shown = index
            }
        }
    }

    @Test("Nothing outside the damage is touched, all inside is", arguments: 0..<30)
    func keepsTheRest(seed: Int) throws {
        var scenes = RandomScenes(seed: 1000 + UInt64(seed))
        let list = scenes.frames(1)[0]
        let whole = try drawn(list)
        let renderer = Renderer(images: NoImages(), cacheBudget: 100_000)
        for _ in 0..<4 {
            let damage = scenes.damage()
            let buffer = PixelBuffer(size: list.size)
            buffer.withMutableBytes { bytes in for index in bytes.indices { bytes[index] = UInt8(index % 251) } }
            let before = PixelBuffer(size: list.size)
            buffer.withBytes { from in before.withMutableBytes { $0.copyMemory(from: from) } }
            try renderer.render(list, into: buffer, damage: damage)
            let wanted = PixelBuffer(size: list.size)
            let stride = wanted.stride
            wanted.withMutableBytes { wanted in
                before.withBytes { wanted.copyMemory(from: $0) }
                whole.withBytes { whole in
                    for rect in damage.clipped(to: list.size.bounds).rects {
                        for y in rect.y..<rect.maxY {
                            let row = y * stride
                            for at in row + rect.x * 4..<row + rect.maxX * 4 { wanted[at] = whole[at] }
                        }
                    }
                }
            }
            #expect(areEqual(buffer, wanted), "\(difference(buffer, wanted) ?? "beyond the rows")")
        }
    }

    @Test("Bands hold what a whole picture holds", arguments: 0..<30)
    func bands(seed: Int) throws {
        var scenes = RandomScenes(seed: 5000 + UInt64(seed))
        // Sizes with and without columns beyond the last whole block; wide ones make several bands of the scene.
        let size = PixelSize(width: [150, 144, 2250, 46][seed % 4], height: 130)
        let frames = scenes.frames(3).map { DisplayList(size: size, nodes: $0.nodes) }
        let renderer = Renderer(images: NoImages(), cacheBudget: 16 << 20)
        // Some frames are the same, so that the lowest instructions are kept as a picture.
        for index in [0, 0, 0, 0, 0, 1, 1, 2, 0] {
            let list = frames[index]
            let whole = try drawn(list)
            var damage = scenes.damage()
            if seed % 3 == 0 { damage = Damage(size.bounds) }
            var covered: Set<Int> = []
            var wrong = 0
            try renderer.render(list, damage: damage) { band in
                let rect = band.rect
                #expect(rect.x % 16 == 0 && (rect.maxX % 16 == 0 || rect.maxX == size.width))
                #expect(rect.y % 2 == 0 && (rect.maxY % 2 == 0 || rect.maxY == size.height))
                #expect(band.stride % 32 == 0 && UInt(bitPattern: band.origin + 4 * rect.x) % 32 == 0)
                for y in rect.y..<rect.maxY {
                    let row = band.origin + y * band.stride
                    for x in max(0, rect.x - 1)..<rect.maxX {
                        let pixel = UnsafeRawPointer(row + 4 * x).loadUnaligned(as: UInt32.self)
                        if pixel != whole.word(x, y) { wrong += 1 }
                        if x >= rect.x { covered.insert(y * 4096 + x) }
                    }
                }
            }
            #expect(wrong == 0, "frame \(index)")
            let missing = damage.clipped(to: size.bounds).rects.reduce(0) { sum, rect in
                sum
                    + (rect.y..<rect.maxY).reduce(0) { sum, y in
                        // A pixel changes the chroma of the one on its right.
                        sum + (rect.x..<min(rect.maxX + 1, size.width)).count { !covered.contains(y * 4096 + $0) }
                    }
            }
            #expect(missing == 0, "frame \(index)")
        }
    }

    @Test("Keeping what stands still changes no pixel", arguments: 0..<40)
    func backdrop(seed: Int) throws {
        var scenes = RandomScenes(seed: 4000 + UInt64(seed))
        let all = scenes.frames(3)
        // Lists that share their lowest instructions for a while, and then no more.
        var frames: [DisplayList] = []
        for base in all {
            for _ in 0..<4 {
                let top = Array(scenes.frames(1)[0].nodes.suffix(2))
                frames.append(DisplayList(size: RandomScenes.size, nodes: base.nodes.dropLast() + top))
            }
        }
        let whole = try frames.map { try drawn($0) }
        for patience in 1...3 {
            guard
                let renderer = Renderer(
                    images: NoImages(), processor: seed % 2 == 0 ? "baseline" : best, patience: patience)
            else { continue }
            let buffer = PixelBuffer(size: RandomScenes.size)
            var shown: Int?
            for index in Array(frames.indices) + [3, 2, 1, 1, 1, 7, 7, 7, 6, 0, 0, 11, 10] {
                let damage = shown.map { frames[index].damage(since: frames[$0]) } ?? Damage(frames[index].size.bounds)
                try renderer.render(frames[index], into: buffer, damage: damage)
                #expect(
                    difference(buffer, whole[index]) == nil,
                    "frame \(index) after \(shown ?? -1), patience \(patience)")
                shown = index
            }
        }
    }

    /// The kernels that this processor runs best.
    private var best: String { Renderer(images: NoImages()).processor }

    @Test("Every kind of processor draws the same bytes", arguments: 0..<30)
    func processors(seed: Int) throws {
        var scenes = RandomScenes(seed: 2000 + UInt64(seed))
        let list = scenes.frames(1)[0]
        let baseline = try #require(Renderer(images: NoImages(), processor: "baseline"))
        guard let fast = Renderer(images: NoImages(), processor: "avx2") else { return }
        let (a, b) = (PixelBuffer(size: list.size), PixelBuffer(size: list.size))
        try baseline.render(list, into: a, damage: Damage(list.size.bounds))
        try fast.render(list, into: b, damage: Damage(list.size.bounds))
        #expect(difference(a, b) == nil)
    }

    @Test("No pixel has a colour beyond its alpha", arguments: 0..<20)
    func premultiplied(seed: Int) throws {
        var scenes = RandomScenes(seed: 3000 + UInt64(seed))
        let picture = try drawn(scenes.frames(1)[0])
        var wrong = 0
        picture.withBytes { bytes in
            for at in stride(from: 0, to: bytes.count, by: 4) {
                let alpha = bytes[at + 3]
                if bytes[at] > alpha || bytes[at + 1] > alpha || bytes[at + 2] > alpha { wrong += 1 }
            }
        }
        #expect(wrong == 0)
    }
}

extension PixelBuffer {
    /// A pixel as a little-endian word.
    fileprivate func word(_ x: Int, _ y: Int) -> UInt32 {
        withBytes { $0.loadUnaligned(fromByteOffset: y * stride + 4 * x, as: UInt32.self) }
    }
}
