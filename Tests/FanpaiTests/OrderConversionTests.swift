import Drawing
import Fanpai
import Orders
import Testing

/// Order data to an order log, from a program.
@Suite struct OrderConversionTests {
    @Test func aCancelledConversionLeavesWhatWasThere() throws {
        let folder = try Folder()
        let conversion = try OrderConversion(FilmTests.request(), to: folder("out.jsonl"))
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: FanpaiError.cancelled) { try conversion.write(cancellation: cancellation) }
        #expect(folder.contents.isEmpty)
        try conversion.write()
        #expect(folder.contents == ["out.jsonl"])
        let before = PlainFiles.read(folder("out.jsonl"))
        #expect(throws: FanpaiError.cancelled) { try conversion.write(cancellation: cancellation) }
        #expect(folder.contents == ["out.jsonl"] && PlainFiles.read(folder("out.jsonl")) == before)
    }

    @Test func theLogMakesTheSameFilm() throws {
        let folder = try Folder()
        let request = FilmTests.request()
        let log = folder("out.jsonl")
        try OrderConversion(request, to: log).write()
        var again = request
        again.orders = [log]
        let film = try Film(request, home: FilmTests.home)
        let replay = try Film(again, home: FilmTests.home)
        for frame in [0, 29, 45, 59] {
            #expect(try film.source.list(frame).digest == replay.source.list(frame).digest, "frame \(frame)")
        }
    }
}
