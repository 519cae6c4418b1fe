import Drawing

extension OdometerArt {
    /// The drawing of what stands between and beside wheels.
    func sign(_ text: String, _ reading: OdometerFormat.Reading, _ format: OdometerFormat) -> Sign? {
        switch text {
        case ",": comma
        case ".": format.isMoney && reading.unit == 0 ? smallPoint : point
        case "-": minus
        case "prefix": prefix
        default: suffixes[reading.unit]
        }
    }
}

extension OdometerContent {
    /// What stands at a place across the number.
    enum Part {
        /// The wheel of a power of ten, whether it is one of the small decimals, and how much of it is there.
        case wheel(Int, isSmall: Bool, presence: Double)
        /// Something between or beside the wheels.
        case sign(String, presence: Double)
        /// Where the number ends.
        case end
    }

    /// The parts of a number from left to right, each with its place; the last one is the end.
    ///
    /// - Parameter keepsRoom: whether blank places left of the number take room, so that it stands still while it grows. In the middle of a
    ///   box they would push it off.
    static func lanes(
        _ reading: OdometerFormat.Reading, _ format: OdometerFormat, _ art: OdometerArt, keepsRoom: Bool
    ) -> [(x: Double, part: Part)] {
        var x = 0.0
        var lanes: [(x: Double, part: Part)] = []
        func add(_ sign: String, _ presence: Double = 1, room: Double = 1) {
            guard room > 0, let drawn = art.sign(sign, reading, format) else { return }
            lanes.append((x, .sign(sign, presence: presence)))
            x += drawn.width * room
        }
        if reading.isNegative { add("-", min(1, reading.number), room: min(1, reading.number)) }
        add("prefix")
        let free = reading.unit == 0 && (keepsRoom || format.showsZeros) ? format.places : 1
        let least = max(reading.decimals + 1, format.showsZeros ? free : 1)
        for place in (0..<max(OdometerWheels.count(reading.number), free, least)).reversed() {
            let presence = place < least ? 1 : OdometerWheels.presence(place, reading.number)
            let isSmall = place < reading.decimals && reading.unit == 0
            let room = place < free ? 1 : presence
            lanes.append((x, .wheel(place, isSmall: isSmall, presence: presence)))
            x += (isSmall ? art.smallWheel : art.wheel).cell * room
            if place == reading.decimals, place > 0 { add(".") }
            let whole = place - reading.decimals
            if format.groups, reading.unit == 0, whole > 0, whole % 3 == 0 { add(",", presence, room: room) }
        }
        add("suffix")
        lanes.append((x, .end))
        return lanes
    }
}
