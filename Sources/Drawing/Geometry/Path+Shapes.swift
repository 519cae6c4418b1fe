extension Path {
    /// The control distance that makes a cubic quarter circle: 4/3 (sqrt 2 - 1).
    private static let quarter = 0.552_284_749_830_793_4

    /// A rectangle, clockwise.
    public static func rect(_ rect: Rect) -> Path {
        var path = Path()
        path.move(to: Point(x: rect.x, y: rect.y))
        path.line(to: Point(x: rect.maxX, y: rect.y))
        path.line(to: Point(x: rect.maxX, y: rect.maxY))
        path.line(to: Point(x: rect.x, y: rect.maxY))
        path.close()
        return path
    }

    /// A rectangle with one radius at the upper corners and one at the lower, each cut to half the shorter side.
    public static func roundedRect(_ rect: Rect, top: Double, bottom: Double) -> Path {
        let limit = min(rect.width, rect.height) / 2
        let upper = max(0, min(top, limit))
        let lower = max(0, min(bottom, limit))
        if upper == 0 && lower == 0 { return .rect(rect) }
        let (u, l) = (upper * (1 - quarter), lower * (1 - quarter))
        var path = Path()
        path.move(to: Point(x: rect.x + upper, y: rect.y))
        path.line(to: Point(x: rect.maxX - upper, y: rect.y))
        path.cubic(
            Point(x: rect.maxX - u, y: rect.y), Point(x: rect.maxX, y: rect.y + u),
            to: Point(x: rect.maxX, y: rect.y + upper))
        path.line(to: Point(x: rect.maxX, y: rect.maxY - lower))
        path.cubic(
            Point(x: rect.maxX, y: rect.maxY - l), Point(x: rect.maxX - l, y: rect.maxY),
            to: Point(x: rect.maxX - lower, y: rect.maxY))
        path.line(to: Point(x: rect.x + lower, y: rect.maxY))
        path.cubic(
            Point(x: rect.x + l, y: rect.maxY), Point(x: rect.x, y: rect.maxY - l),
            to: Point(x: rect.x, y: rect.maxY - lower))
        path.line(to: Point(x: rect.x, y: rect.y + upper))
        path.cubic(
            Point(x: rect.x, y: rect.y + u), Point(x: rect.x + u, y: rect.y), to: Point(x: rect.x + upper, y: rect.y))
        path.close()
        return path
    }

    /// A rectangle with the same radius at every corner, cut to half the shorter side.
    public static func roundedRect(_ rect: Rect, radius: Double) -> Path {
        roundedRect(rect, top: radius, bottom: radius)
    }

    /// The ellipse inside `rect`, as four cubic curves (off by at most 0.03 % of the radius).
    public static func ellipse(in rect: Rect) -> Path {
        let center = rect.center
        let (rx, ry) = (rect.width / 2, rect.height / 2)
        let (kx, ky) = (rx * quarter, ry * quarter)
        var path = Path()
        path.move(to: Point(x: center.x, y: rect.y))
        path.cubic(
            Point(x: center.x + kx, y: rect.y), Point(x: rect.maxX, y: center.y - ky),
            to: Point(x: rect.maxX, y: center.y))
        path.cubic(
            Point(x: rect.maxX, y: center.y + ky), Point(x: center.x + kx, y: rect.maxY),
            to: Point(x: center.x, y: rect.maxY))
        path.cubic(
            Point(x: center.x - kx, y: rect.maxY), Point(x: rect.x, y: center.y + ky),
            to: Point(x: rect.x, y: center.y))
        path.cubic(
            Point(x: rect.x, y: center.y - ky), Point(x: center.x - kx, y: rect.y), to: Point(x: center.x, y: rect.y))
        path.close()
        return path
    }
}
