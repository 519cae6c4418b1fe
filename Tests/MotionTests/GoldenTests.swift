import Drawing
import Glibc
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
        let path = "Templates/three-beats/goldens/\(name).txt"
        if getenv("FANPAI_RECORD") != nil {
            let file = fopen(Checkout.path + "/" + path, "wb")
            let bytes = Array(text.utf8)
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            fclose(file)
            return
        }
        let golden = String(decoding: try TestTemplate.bytes(of: path), as: UTF8.self).split(separator: "\n")
        let lines = text.split(separator: "\n")
        #expect(golden.count == lines.count)
        for (number, pair) in zip(golden, lines).enumerated() where pair.0 != pair.1 {
            Issue.record("\(path):\(number + 1): recorded \(pair.0), now \(pair.1)")
            break
        }
    }
}
