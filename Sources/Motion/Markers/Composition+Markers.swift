public import Drawing
internal import Orders

extension Composition {
    /// A named moment of the template, with the moments at which it came.
    public struct Marker: Hashable, Sendable {
        /// A moment at which it was passed.
        public struct Pass: Hashable, Sendable {
            /// The moment; before the first for what was passed before the video.
            public let time: FrameTime
            /// The first frame that shows it.
            public let frame: Int
            /// The number that was passed, fen for money; nil for a marker of no measure.
            public let value: Int64?
        }

        /// Its name in the template.
        public let name: String
        /// In order of time; those that no frame shows are left out.
        public let passes: [Pass]
    }

    /// The markers in order of the document, as far as the feed goes: what animations and sound are bound to.
    ///
    /// Cost: their passes.
    public var markers: [Marker] {
        namedMarkers.map { marker in
            var passes: [Marker.Pass] = []
            func add(_ pass: MarkerPass, _ value: Int64?) {
                let frame = max(0, (pass.time.ticks + FrameTime.ticksPerFrame - 1) >> 6)
                if frame < frameCount { passes.append(Marker.Pass(time: pass.time, frame: frame, value: value)) }
            }
            switch marker.reference {
            case .known(let time): if let time { add(MarkerPass(time: time, value: 0), nil) }
            case .measured(let track, let ordinal):
                let track = tracks[track].markers[ordinal]
                for index in 0..<track.count { add(track[index], track[index].value) }
            }
            return Marker(name: marker.name, passes: passes)
        }
    }
}

/// A marker and its name.
struct NamedMarker: Sendable {
    let name: String
    let reference: MarkerReference
}

extension Resolver {
    /// The markers of a template; those of measures are folded into the tracks.
    func makeMarkers(
        _ body: Template.Body, facts: FeedFacts, clock: FeedClock, frames: [Range<Int>], tracks: inout [MeasureTrack]
    ) -> [NamedMarker] {
        body.markers.map { marker in
            let reference: MarkerReference
            switch marker.moment {
            case .measured(let name, let rule):
                guard let ordinal = tracks.firstIndex(where: { $0.name == name }) else {
                    preconditionFailure("decoding has found the measure")
                }
                let factor: Double = tracks[ordinal].isMoney ? 100 : 1
                tracks[ordinal].add(MarkerTrack(name: marker.name, rule: .init(rule, factor: factor)))
                reference = .measured(track: ordinal, marker: tracks[ordinal].markers.count - 1)
            case .video(let time): reference = .known(time)
            case .scene(let id, let time):
                let scene = body.scenes.firstIndex { $0.id == id }
                reference = .known(scene.map { FrameTime(frame: frames[$0].lowerBound) + time })
            case .shop(let moment):
                let instant =
                    switch moment {
                    case .periodStart?: facts.period?.from
                    case .periodEnd?: facts.period?.to
                    case .instant(let instant)?: instant
                    case nil: facts.saleEnd
                    }
                let tick = instant.map { clock.tick(of: $0, seen: nil) }
                reference = .known(tick.flatMap { $0 < FeedClock.never ? FrameTime(ticks: Int($0)) : nil })
            }
            return NamedMarker(name: marker.name, reference: reference)
        }
    }
}
