import Drawing
import Raster

/// Draws with `Raster`.
struct RasterPainter: FramePainter {
    private let renderer: Renderer

    init(images: any ImageSource) { renderer = Renderer(images: images) }

    func paint(_ list: DisplayList, into buffer: PixelBuffer, damage: Damage) throws {
        try renderer.render(list, into: buffer, damage: damage)
    }
}
