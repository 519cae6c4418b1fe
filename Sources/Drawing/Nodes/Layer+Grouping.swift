extension Layer {
    /// True when the layer only groups other layers, so that these are drawn straight onto the layer's parent.
    ///
    /// A group that is merely moved by whole pixels and perhaps cut at whole pixels needs no texture, which would be new in
    /// every frame in which one of its layers moves. The rule looks at the layer alone, never at cache or damage: drawing
    /// through a texture rounds differently by a step, so that damage must know when a layer becomes flat or ceases to be.
    /// Blended children keep the group apart, for they must not see what lies below it.
    package var isFlat: Bool {
        guard opacity == 255, blend == .normal, light == .none, effects.isEmpty, mask == nil, scale == .one,
            matrix.isTranslation, matrix.m13 == matrix.m13.rounded(), matrix.m23 == matrix.m23.rounded()
        else { return false }
        if let clip, clip.radius != 0 || !clip.rect.rect.isWhole { return false }
        return content.isGroup
    }
}

extension LayerContent {
    /// True when there are layers inside, all of which blend normally.
    fileprivate var isGroup: Bool {
        var result = false
        for node in nodes {
            switch node {
            case .layer(let layer):
                guard layer.blend == .normal else { return false }
                result = true
            case .accumulate: result = true
            default: break
            }
        }
        return result
    }
}
