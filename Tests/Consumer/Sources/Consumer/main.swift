import Drawing
import Fanpai
import Orders
import Synchronization

// usage: Consumer ORDERS OUT.mp4
let arguments = CommandLine.arguments
var request = FilmRequest(template: "flip-board", orders: arguments[1])
request.parameters = [.init("headline", "双十一账单")]
request.period = try Period("2026-11-11..2026-11-11")
request.size = PixelSize(width: 540, height: 960)
let film = try Film(request, home: Home.find())

// To a file, with a manifest beside it.
let result = try film.render(to: arguments[2])
print("\(result.report.frameCount) frames, film \(result.report.digest)")

// To a function: here it finds the frame that changed most.
let largest = Mutex((frame: 0, pixels: 0))
try film.render { frame in
    let changed = frame.damage.area
    if frame.index > 0 { largest.withLock { if changed > $0.pixels { $0 = (frame.index, changed) } } }
}
print("most changed in frame \(largest.withLock { $0.frame })")
