package import Drawing

/// How a ProRes picture is cut into slices: in every row of macroblocks as many of eight as fit, then of four, two and one.
package struct ProResSlices {
    /// One slice, in macroblocks of 16 x 16 pixels.
    package struct Slice: Hashable {
        package let x, y, count: Int

        /// Its pixels, the last of which may lie outside of the picture.
        package var rect: PixelRect { PixelRect(x: 16 * x, y: 16 * y, width: 16 * count, height: 16) }
    }

    /// All slices in coding order.
    package let all: [Slice]
    /// Slices in a row.
    let perRow: Int
    /// The slice of a row by the number of a macroblock in it.
    private let byColumn: [Int]

    package init(_ size: PixelSize) {
        let (columns, rows) = ((size.width + 15) / 16, (size.height + 15) / 16)
        var row: [(x: Int, count: Int)] = []
        var byColumn: [Int] = []
        var (x, count) = (0, 8)
        while x < columns {
            while columns - x < count { count /= 2 }
            byColumn.append(contentsOf: repeatElement(row.count, count: count))
            row.append((x, count))
            x += count
        }
        perRow = row.count
        self.byColumn = byColumn
        all = (0..<rows).flatMap { y in row.map { Slice(x: $0.x, y: y, count: $0.count) } }
    }

    /// Marks the slices that a rectangle of pixels inside of the picture touches.
    func mark(_ rect: PixelRect, in marks: inout [Bool]) {
        guard !rect.isEmpty else { return }
        let columns = byColumn[rect.x / 16]...byColumn[(rect.maxX - 1) / 16]
        for row in rect.y / 16...(rect.maxY - 1) / 16 {
            for column in columns { marks[row * perRow + column] = true }
        }
    }
}
