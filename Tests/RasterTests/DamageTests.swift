import Drawing
import Raster
import Testing

/// Same inputs, same pixels: whatever the damage, the order of frames and the state of the cache.
@Suite("Damage") struct DamageTests {
    @Test("A damaged redraw equals a full one", arguments: 0..<120)
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
            for y in 0..<list.size.height {
                for x in 0..<list.size.width {
                    let isInside = damage.intersects(PixelRect(x: x, y: y, width: 1, height: 1))
                    #expect(buffer[x, y] == (isInside ? whole : before)[x, y], "(\(x), \(y)) inside \(isInside)")
                }
            }
        }
    }

    @Test("Every kind of processor draws the same bytes", arguments: 0..<40)
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
        for y in 0..<picture.size.height {
            for x in 0..<picture.size.width {
                let color = picture[x, y]
                #expect(max(color.red, color.green, color.blue) <= color.alpha, "(\(x), \(y)): \(color)")
            }
        }
    }
}
