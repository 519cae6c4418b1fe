import Drawing
import Motion
import Testing

/// Display lists as text; `FANPAI_RECORD=1` writes them anew.
@Suite struct GoldenTests {
    @Test(arguments: [("portrait", 1080, 1920), ("square", 1080, 1080)])
    func threeBeats(name: String, width: Int, height: Int) throws {
        let composition = try CompositionTests.composition(
            size: PixelSize(width: width, height: height), orders: 400)
        var text = ""
        for frame in [0, 20, 59, 63, 90, 179, 185, 239] {
            text += "frame \(frame)\n" + composition.displayList(atFrame: frame).dump
        }
        try Golden.check(text, "Templates/three-beats/goldens/\(name).txt")
    }
}
