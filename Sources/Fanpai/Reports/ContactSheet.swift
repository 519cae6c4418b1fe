import Drawing
import Media
import Raster
import Typesetting

/// Evenly spaced frames on one picture, each with its time: a film at a glance.
public struct ContactSheet: Sendable {
    private let count: Int
    private let columns: Int
    private let frameWidth: Int

    private static let gap = 12
    private static let labelHeight = 34
    private static let ground = Color(red: 24, green: 24, blue: 27)
    private static let ink = Color(red: 228, green: 228, blue: 231)
    private static let faintInk = Color(red: 140, green: 140, blue: 150)
    /// Below what is transparent.
    private static let squares = (dark: Color(red: 54, green: 54, blue: 60), light: Color(red: 68, green: 68, blue: 75))
    private static let squareSide = 12

    /// Makes a sheet of at most `count` frames, `columns` of them side by side, each `frameWidth` pixels wide.
    ///
    /// - Throws: `FanpaiError` with code `usage` for numbers that make no sheet.
    public init(count: Int = 12, columns: Int = 4, frameWidth: Int = 360) throws(FanpaiError) {
        for (name, value, range) in [
            ("--count", count, 1...200), ("--columns", columns, 1...50), ("--width", frameWidth, 48...2000),
        ] where !range.contains(value) {
            throw FanpaiError(
                .usage, "\(name): \(value) makes no sheet",
                remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
        }
        (self.count, self.columns, self.frameWidth) = (count, min(columns, count), frameWidth)
    }

    /// True for the path of a file that is no template: a finished video, or one that should be there by its name.
    public static func isVideo(_ path: String) -> Bool {
        switch FileAccess.kind(of: path) {
        case .file: ![".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
        case .folder, .other: false
        case nil: videoExtensions.contains { path.lowercased().hasSuffix($0) }
        }
    }

    private static let videoExtensions = [
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".nut", ".avi", ".flv", ".ts", ".mxf", ".gif", ".webp", ".apng",
    ]

    /// Writes the sheet of a film as PNG.
    public func write(_ source: FrameSource, home: Home, to path: String) throws(FanpaiError) {
        let renderer = Renderer(images: source.images)
        let buffer = PixelBuffer(size: source.size)
        try write(size: source.size, rate: source.rate, frameCount: source.frameCount, home: home, to: path) { frame in
            let list = try source.list(frame)
            try renderer.render(list, into: buffer, damage: Damage(list.size.bounds))
            return buffer
        }
    }

    /// Writes the sheet of a finished video as PNG.
    public func write(video: String, home: Home, to path: String) throws(FanpaiError) {
        try FileIdentity.check(outputs: [path], inputs: [video])
        guard FileAccess.kind(of: video) != nil else {
            throw FanpaiError(
                .missingInput, "there is no such video", remedy: "check the path, or name a template", location: video)
        }
        do {
            let reader = try VideoReader(path: video)
            let info = reader.info
            try write(size: info.size, rate: info.rate, frameCount: info.frameCount, home: home, to: path) { frame in
                try reader.frame(at: frame)
            }
        } catch {
            throw FanpaiError(error)
        }
    }

    private func write(
        size: PixelSize, rate: FrameRate, frameCount: Int, home: Home, to path: String,
        picture: (Int) throws -> PixelBuffer
    ) throws(FanpaiError) {
        do {
            let typesetter = try Typesetter(library: try home.fontLibrary())
            let shown = min(count, frameCount)
            let height = max(1, frameWidth * size.height / size.width)
            let rows = (shown + columns - 1) / columns
            let cell = (width: frameWidth + Self.gap, height: height + Self.labelHeight + Self.gap)
            let sheet = PixelSize(width: columns * cell.width + Self.gap, height: rows * cell.height + Self.gap)
            guard sheet.width <= 16384, sheet.height <= 16384 else {
                throw FanpaiError(
                    .usage, "the sheet would be \(sheet.width)x\(sheet.height) pixels",
                    remedy: "choose fewer frames with --count, more --columns or a smaller --width")
            }
            var images = MemoryImages()
            var nodes: [Node] = [.path(PathNode(path: .rect(sheet.bounds.rect), paint: .solid(Self.ground)))]
            for number in 0..<shown {
                // The end of each of equal parts: the first frame is often empty, and the last is what stays.
                let frame = (number + 1) * frameCount / shown - 1
                let small = try Self.scaled(picture(frame), to: PixelSize(width: frameWidth, height: height))
                let (x, y) = (
                    Double(Self.gap + number % columns * cell.width), Double(Self.gap + number / columns * cell.height)
                )
                let target = Rect(x: x, y: y, width: Double(frameWidth), height: Double(height))
                nodes.append(.image(ImageNode(image: images.add(small), size: small.size, target: target)))
                nodes += try label(frame, rate, x: x, y: y + Double(height), typesetter)
            }
            let buffer = PixelBuffer(size: sheet)
            try Renderer(images: images).render(
                DisplayList(size: sheet, nodes: nodes), into: buffer, damage: Damage(sheet.bounds))
            try PictureFile.write(buffer, to: path)
        } catch {
            throw FanpaiError(error)
        }
    }

    private func label(
        _ frame: Int, _ rate: FrameRate, x: Double, y: Double, _ typesetter: Typesetter
    ) throws -> [Node] {
        let hundredths = FrameTime(frame: frame).microseconds(at: rate) / 10_000
        let (minutes, seconds) = (hundredths / 6000, hundredths / 100 % 60)
        let time =
            "\(minutes):\(seconds < 10 ? "0" : "")\(seconds).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        let style = TextStyle(family: "Noto Sans CJK SC", weight: 500, size: 20, tabularFigures: true)
        func nodes(_ text: String, x: Double, _ ink: Color, atEnd: Bool) throws -> [Node] {
            let layout = try typesetter.layout(text, style: style, options: ParagraphOptions())
            let left = atEnd ? x - layout.width : x
            return layout.runs.map { run in
                .glyphs(
                    GlyphsNode(
                        run: run.run.offsetBy(x: Fixed.steps(left), y: Fixed.steps(y + 4)), paint: .solid(ink)))
            }
        }
        let label = try nodes(time, x: x, Self.ink, atEnd: false)
        // A narrow frame has room for the time alone.
        guard frameWidth >= 180 else { return label }
        return label + (try nodes("#\(frame)", x: x + Double(frameWidth), Self.faintInk, atEnd: true))
    }

    /// The picture in another size, on squares where it is transparent.
    private static func scaled(_ picture: PixelBuffer, to size: PixelSize) throws -> PixelBuffer {
        var images = MemoryImages()
        let node = ImageNode(image: images.add(picture), size: picture.size, target: size.bounds.rect)
        var board = Path()
        for row in 0...size.height / squareSide {
            for column in 0...size.width / squareSide where (row + column) % 2 == 0 {
                let (x, y) = (Double(column * squareSide), Double(row * squareSide))
                board.append(.rect(Rect(x: x, y: y, width: Double(squareSide), height: Double(squareSide))))
            }
        }
        let buffer = PixelBuffer(size: size)
        try Renderer(images: images).render(
            DisplayList(
                size: size,
                nodes: [
                    .path(PathNode(path: .rect(size.bounds.rect), paint: .solid(squares.dark))),
                    .path(PathNode(path: board, paint: .solid(squares.light))), .image(node),
                ]), into: buffer, damage: Damage(size.bounds))
        return buffer
    }
}
