/// What a renderer has drawn and what it had already: cost follows change, and these say so.
package struct RasterCounts: Hashable, Sendable {
    /// Textures that were asked for and were in the cache.
    package internal(set) var hits = 0
    /// Textures that were drawn.
    package internal(set) var draws = 0
    /// Outlines that were filled, in textures of whatever kind.
    package internal(set) var fills = 0
}
