public import Drawing
internal import Orders
internal import Typesetting

extension Composition {
    /// More orders than these are not looked through: their frames are faster drawn.
    private static let mostArrivals = 20_000

    /// For each run of frames a digest of all that its frames depend on, without evaluating any: equal digests, equal display
    /// lists, layer by layer with equal ids.
    ///
    /// The digest holds the scene of the run (its part of the template with the parameters that it names, its pictures), what
    /// all scenes share (layout, data, styles, fonts, period and the other facts), and of the feed what is visible up to the
    /// run's end: with that, what changes in another scene, or later in the feed of a known period, does not change it. It says nothing of
    /// the version of the program, which its user must add.
    ///
    /// - Parameter runs: ranges of frames of the composition, in order.
    /// - Returns: as many digests, or nil when that would take longer than evaluating: the first call reads all fonts, those
    ///   of the machine are never read.
    public func inputDigests(ofFrames runs: [Range<Int>]) -> [Digest]? {
        guard !inputs.fonts.faces.contains(where: { $0.origin == .system }) else { return nil }
        let ends = runs.map { inputs.looksAhead ? Int64.max : Int64($0.upperBound + 1) * 64 }
        guard zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }), let slices = feedDigests(before: ends) else {
            return nil
        }
        var shared = CanonicalEncoder(tag: 0xC0)
        shared.add(size.width)
        shared.add(size.height)
        shared.add(rate.numerator)
        shared.add(rate.denominator)
        shared.add(frameCount)
        // Times may count from any scene's beginning.
        for scene in resolvedScenes { shared.add(scene.frames.lowerBound) }
        inputs.addShared(to: &shared, facts: facts)
        let common = shared.finish()
        let scenes = resolvedScenes.indices.map { ordinal in
            var encoder = CanonicalEncoder(tag: 0xC1)
            encoder.add(common)
            encoder.add(resolvedScenes[ordinal].frames.lowerBound)
            encoder.add(resolvedScenes[ordinal].frames.upperBound)
            inputs.addScene(ordinal, to: &encoder)
            return encoder.finish()
        }
        return zip(runs, slices).map { run, slice in
            var encoder = CanonicalEncoder(tag: 0xC2)
            encoder.add(run.lowerBound)
            encoder.add(run.upperBound)
            encoder.add(slice)
            for ordinal in resolvedScenes.indices where isSeen(ordinal, in: run) { encoder.add(scenes[ordinal]) }
            return encoder.finish()
        }
    }

    /// Whether a scene is on, or still seen in the fade to the next one.
    private func isSeen(_ ordinal: Int, in run: Range<Int>) -> Bool {
        if resolvedScenes[ordinal].frames.overlaps(run) { return true }
        guard ordinal + 1 < resolvedScenes.count, case .fade(let length) = resolvedScenes[ordinal + 1].transition else {
            return false
        }
        let next = resolvedScenes[ordinal + 1].frames
        return next.overlaps(run) && run.lowerBound - next.lowerBound <= length.ticks / FrameTime.ticksPerFrame
    }

    /// What the feed gives before each of some ticks, which never fall.
    private func feedDigests(before ends: [Int64]) -> [Digest]? {
        var slices: [CanonicalEncoder] = ends.map { _ in CanonicalEncoder(tag: 0xC3) }
        for track in tracks {
            var builder = DigestBuilder()
            var next = 0
            for (index, end) in ends.enumerated() {
                var bytes: [Int64] = []
                while next < track.stepCount {
                    let step = track.series.step(next)
                    guard step.position < end else { break }
                    bytes.append(step.position.littleEndian)
                    bytes.append(step.value.littleEndian)
                    next += 1
                }
                bytes.withUnsafeBytes { builder.update($0) }
                slices[index].add(next)
                slices[index].add(builder.finish())
            }
        }
        guard let rows else { return slices.map { $0.finish() } }
        // The fold of the composition has no list any more.
        var fold = FeedRows(period: facts.isPeriodDerived ? nil : facts.period, counting: rows.counting)
        let arrivals = fold.append(from: feed, clock: clock)
        guard arrivals.list.count <= Self.mostArrivals else { return nil }
        var next = 0
        var seen = Digest(words: (0, 0, 0, 0))
        for (index, end) in ends.enumerated() {
            while next < arrivals.list.count, arrivals.list[next].tick < end {
                let arrival = arrivals.list[next]
                let line = arrivals.line(of: arrival)
                var encoder = CanonicalEncoder(tag: 0xC4)
                encoder.add(seen)
                encoder.add(Int(arrival.tick))
                encoder.add(UInt8(arrival.isHistory ? 1 : 0))
                encoder.add(Int(arrival.amount))
                encoder.add(line.face.name)
                encoder.add(line.face.place)
                encoder.add(line.face.product)
                encoder.add(Int(line.face.amount))
                encoder.add(line.face.quantity)
                encoder.add(Int(bitPattern: UInt(line.face.shade)))
                encoder.add(Int(line.at.microseconds))
                seen = encoder.finish()
                next += 1
            }
            slices[index].add(next)
            slices[index].add(seen)
        }
        return slices.map { $0.finish() }
    }
}
