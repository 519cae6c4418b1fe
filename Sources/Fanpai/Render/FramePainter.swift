package import Drawing

/// What draws display lists into a buffer; every worker has its own.
package protocol FramePainter {
    /// Draws what `list` shows inside `damage`; the rest of `buffer` is left as it is.
    mutating func paint(_ list: DisplayList, into buffer: PixelBuffer, damage: Damage) throws

    /// Draws what `list` shows inside `damage`, and hands it out in bands that cover it.
    mutating func paint(_ list: DisplayList, damage: Damage, inBands take: (PixelBand) -> Void) throws
}
