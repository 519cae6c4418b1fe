import Drawing
import Raster

/// Draws with `Raster`.
struct RasterPainter: FramePainter {
    private let renderer: Renderer

    /// Room for what painters of one film share: with two of them and their encoders a film of 1080x1920 stays below 350 MiB.
    static func textures() -> TextureStore { TextureStore(budget: 80 << 20) }

    init(images: any ImageSource, textures: TextureStore = textures()) {
        renderer = Renderer(images: images, textures: textures)
    }

    func paint(_ list: DisplayList, into buffer: PixelBuffer, damage: Damage) throws {
        try renderer.render(list, into: buffer, damage: damage)
    }

    func paint(_ list: DisplayList, damage: Damage, inBands take: (PixelBand) -> Void) throws {
        try renderer.render(list, damage: damage, inBands: take)
    }
}
