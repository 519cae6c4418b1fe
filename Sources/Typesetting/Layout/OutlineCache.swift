import CText
import Drawing

/// The outlines of glyphs, from FreeType in font units, scaled by us.
///
/// FreeType's own scaling rounds differently from one version to the next; a font unit times size over em, rounded once to
/// 1/64 px, does not. One thread at a time: faces belong to the cache and to nobody else.
final class OutlineCache {
    /// A glyph at a size, y down, 1/64 px, and the smallest rectangle around its points.
    struct Outline {
        let path: Path
        let left: Int32, top: Int32, right: Int32, bottom: Int32
    }

    private struct Key: Hashable {
        let face: Int
        let glyph: UInt32
        let size: Int32
    }

    /// What FreeType's callbacks write into, in font units, y up.
    private struct Recording {
        var verbs: [Path.Verb] = []
        var points: [(x: Int, y: Int)] = []
        var isOpen = false

        mutating func begin(_ point: UnsafePointer<FT_Vector>?) {
            if isOpen { verbs.append(.close) }
            isOpen = true
            add(.move, point)
        }

        mutating func add(_ verb: Path.Verb, _ points: UnsafePointer<FT_Vector>?...) {
            verbs.append(verb)
            for point in points {
                guard let point = point?.pointee else { continue }
                self.points.append((point.x, point.y))
            }
        }
    }

    /// Outlines kept before all are dropped: some 100 MB of the most complicated Chinese.
    private static let most = 20_000

    private let faces: [FontFace]
    private let library: FT_Library
    private var handles: [FT_Face?]
    private var outlines: [Key: Outline] = [:]

    /// Starts FreeType.
    init(faces: [FontFace]) throws(TypesettingError) {
        var library: FT_Library?
        guard FT_Init_FreeType(&library) == 0, let library else {
            throw TypesettingError(.library, "FreeType does not start", hint: "check the memory of the machine")
        }
        self.library = library
        self.faces = faces
        handles = Array(repeating: nil, count: faces.count)
    }

    deinit {
        for case let handle? in handles { FT_Done_Face(handle) }
        FT_Done_FreeType(library)
    }

    /// The outline of a glyph at 1/64 px an em; empty for a space.
    func outline(face: Int, glyph: UInt32, size: Int32) throws(TypesettingError) -> Outline {
        let key = Key(face: face, glyph: glyph, size: size)
        if let known = outlines[key] { return known }
        let recording = try record(face: face, glyph: glyph)
        let outline = Self.scaled(recording, by: Double(size) / Double(faces[face].unitsPerEm))
        if outlines.count >= Self.most { outlines.removeAll(keepingCapacity: true) }
        outlines[key] = outline
        return outline
    }

    private static func scaled(_ recording: Recording, by factor: Double) -> Outline {
        var path = Path()
        var next = 0
        var (left, top, right, bottom) = (Int32.max, Int32.max, Int32.min, Int32.min)
        func point() -> Point {
            let source = recording.points[next]
            next += 1
            let x = (Double(source.x) * factor).rounded(.toNearestOrEven)
            let y = (-Double(source.y) * factor).rounded(.toNearestOrEven)
            // Glyphs are some ems wide at most; a broken font must not overflow.
            let limit = 268_435_456.0
            let (fixedX, fixedY) = (Int32(max(-limit, min(limit, x))), Int32(max(-limit, min(limit, y))))
            (left, right) = (min(left, fixedX), max(right, fixedX))
            (top, bottom) = (min(top, fixedY), max(bottom, fixedY))
            return Point(x: Fixed.pixels(fixedX), y: Fixed.pixels(fixedY))
        }
        for verb in recording.verbs {
            switch verb {
            case .move: path.move(to: point())
            case .line: path.line(to: point())
            case .quad:
                let control = point()
                path.quad(control, to: point())
            case .cubic:
                let (first, second) = (point(), point())
                path.cubic(first, second, to: point())
            case .close: path.close()
            }
        }
        return Outline(path: path, left: left, top: top, right: right, bottom: bottom)
    }

    private func record(face: Int, glyph: UInt32) throws(TypesettingError) -> Recording {
        let handle = try open(face)
        guard fanpai_load_outline(handle, glyph) == 0, fanpai_has_outline(handle) != 0 else {
            throw TypesettingError(
                .fontFile, "glyph \(glyph) has no outline that can be read", hint: "use an undamaged outline font",
                file: faces[face].file)
        }
        var functions = FT_Outline_Funcs()
        functions.move_to = { point, user in
            user?.assumingMemoryBound(to: Recording.self).pointee.begin(point)
            return 0
        }
        functions.line_to = { point, user in
            user?.assumingMemoryBound(to: Recording.self).pointee.add(.line, point)
            return 0
        }
        functions.conic_to = { control, point, user in
            user?.assumingMemoryBound(to: Recording.self).pointee.add(.quad, control, point)
            return 0
        }
        functions.cubic_to = { first, second, point, user in
            user?.assumingMemoryBound(to: Recording.self).pointee.add(.cubic, first, second, point)
            return 0
        }
        var recording = Recording()
        let code = withUnsafeMutablePointer(to: &recording) { pointer in
            FT_Outline_Decompose(&handle.pointee.glyph.pointee.outline, &functions, pointer)
        }
        guard code == 0 else {
            throw TypesettingError(
                .fontFile, "the outline of glyph \(glyph) is broken", hint: "use an undamaged font",
                file: faces[face].file)
        }
        if recording.isOpen { recording.verbs.append(.close) }
        return recording
    }

    private func open(_ face: Int) throws(TypesettingError) -> FT_Face {
        if let handle = handles[face] { return handle }
        let bytes = faces[face].source.bytes
        var handle: FT_Face?
        let code = FT_New_Memory_Face(
            library, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, faces[face].index, &handle)
        guard code == 0, let handle else {
            throw TypesettingError(
                .fontFile, "FreeType cannot open the font (error \(code))", hint: "use an undamaged outline font",
                file: faces[face].file)
        }
        handles[face] = handle
        return handle
    }
}
