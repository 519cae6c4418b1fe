internal import Drawing

/// The frames of a scene, since it began, in which an element neither comes nor goes: one range, or as many as markers call it.
package struct RestingFrames: Sendable {
    /// The ranges in order; none is empty.
    package let ranges: [Range<Int>]

    /// The first frame.
    package var first: Int? { ranges.first?.lowerBound }
    /// The last frame.
    package var last: Int? { ranges.last.map { $0.upperBound - 1 } }
    /// The frame half way through the first range.
    package var middle: Int? { ranges.first.map { ($0.lowerBound + $0.upperBound) / 2 } }

    init(_ ranges: [Range<Int>]) { self.ranges = ranges.filter { !$0.isEmpty } }

    /// True when the element is at rest in a frame.
    package func contains(_ frame: Int) -> Bool { ranges.contains { $0.contains(frame) } }
}

extension Composition {
    /// When an element, given with the groups that it is in, is at rest in a scene.
    func restingFrames(of chain: [PlacedElement], in scene: ResolvedScene) -> RestingFrames {
        guard chain.contains(where: { $0.life != nil }) else { return RestingFrames([scene.restingFrames(of: chain)]) }
        // What a marker calls is there at no time that the template tells.
        var ranges: [Range<Int>] = []
        for frame in 0..<scene.frames.count where isAtRest(chain, at: scene.time(FrameTime(frame: frame), rate: rate)) {
            if let last = ranges.last, last.upperBound == frame {
                ranges[ranges.count - 1] = last.lowerBound..<frame + 1
            } else {
                ranges.append(frame..<frame + 1)
            }
        }
        return RestingFrames(ranges)
    }

    /// The first and the last frame of the video in which a text is there, coming and going included; nil when it never is.
    func frames(of text: TextFact) -> ClosedRange<Int>? {
        guard resolvedScenes.indices.contains(text.scene) else { return nil }
        let scene = resolvedScenes[text.scene]
        guard let chain = scene.leaves.first(where: { $0.last?.place == text.place }) else {
            return scene.frames.isEmpty ? nil : scene.frames.lowerBound...scene.frames.upperBound - 1
        }
        let span = FrameSpan.holding(in: 0..<scene.frames.count) { frame in
            isThere(chain, at: scene.time(FrameTime(frame: frame), rate: rate))
        }
        return span.map(scene.inVideo)
    }

    private func isThere(_ chain: [PlacedElement], at moment: SceneTime) -> Bool {
        var time = moment
        for element in chain {
            guard let presence = element.presence(at: time, in: tracks) else { return false }
            time = time.counted(as: presence.own)
        }
        return true
    }

    private func isAtRest(_ chain: [PlacedElement], at moment: SceneTime) -> Bool {
        var time = moment
        for element in chain {
            guard let presence = element.presence(at: time, in: tracks), presence.age >= element.entering,
                presence.rest > element.leaving || element.placement.exit == nil
            else { return false }
            time = time.counted(as: presence.own)
        }
        return true
    }
}

extension PlacedElement {
    /// How long it takes to come.
    var entering: FrameTime {
        placement.enter.map { $0.delay + $0.duration + FrameTime(ticks: $0.stagger.ticks * ordinal) } ?? .zero
    }

    /// How long it takes to go.
    var leaving: FrameTime {
        placement.exit.map { $0.delay + $0.duration + FrameTime(ticks: $0.stagger.ticks * ordinal) } ?? .zero
    }
}

extension ResolvedScene {
    /// A moment since the scene began.
    func time(_ local: FrameTime, rate: FrameRate) -> SceneTime {
        SceneTime(absolute: start + local, local: local, rate: rate)
    }
}
