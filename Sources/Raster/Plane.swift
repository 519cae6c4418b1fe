import Drawing

/// How the pixels of a content come to lie on a target: `target = content * factor + (dx, dy)`.
struct Plane {
    /// Target pixels to a content pixel.
    var factor: Double
    /// Where the content's origin lies on the target; whole numbers.
    var dx, dy: Double
    /// What may be touched, in target pixels; inside the target.
    var cut: PixelRect
    /// The target's pixels.
    let width, height: Int

    /// The target rectangle of a rectangle of the content.
    func place(_ rect: Rect) -> Rect {
        Rect(x: rect.x * factor + dx, y: rect.y * factor + dy, width: rect.width * factor, height: rect.height * factor)
    }

    /// The same for a content that is moved by whole pixels and cut at its bounds.
    func moved(x: Double, y: Double, cutTo bounds: Rect) -> Plane {
        var plane = self
        plane.dx += x * factor
        plane.dy += y * factor
        plane.cut = cut.intersection(plane.place(bounds).wholePixels)
        return plane
    }
}

extension Rect {
    /// The whole pixels around it; a millionth of a pixel over an edge does not count, being the rounding of a scale.
    var wholePixels: PixelRect { isEmpty ? .zero : insetBy(1e-6).enclosing }

    /// The same rectangle with all lengths times `factor`.
    func scaled(by factor: Double) -> Rect {
        Rect(x: x * factor, y: y * factor, width: width * factor, height: height * factor)
    }
}
