extension FontLibrary {
    /// The number of the face that a family and a weight stand for.
    func number(family: String, weight: Int) throws(TypesettingError) -> Int {
        let isExact = family.hasPrefix(Self.exactMark)
        let family = isExact ? String(family.dropFirst(Self.exactMark.count)) : standIn(for: family) ?? family
        if let number = nearest(family: family, weight: weight) { return number }
        let known = families.filter { name in faces.contains { $0.family == name && !$0.isColor } }
        if faces.contains(where: { Self.matches($0, family) }) {
            throw TypesettingError(
                .unknownFont, "the family \"\(family)\" is made of coloured pictures",
                hint: "choose one of \(known.joined(separator: ", "))")
        }
        throw TypesettingError(
            .unknownFont, "there is no font family \"\(family.prefix(60))\"",
            hint: "choose one of \(known.joined(separator: ", ")), or add the font's file to the template")
    }

    /// The family that stands in for another one, by whichever of its names.
    private func standIn(for family: String) -> String? {
        standIns.first { standIn in
            standIn.replaced.lowercased() == family.lowercased()
                || faces.contains { Self.matches($0, family) && Self.matches($0, standIn.replaced) }
        }?.family
    }

    /// The faces to look for a character in, in order, beginning with the one that a style stands for.
    ///
    /// - Throws: `TypesettingError` with code `unknownFont` when no face has the family.
    func chain(family: String, weight: Int) throws(TypesettingError) -> [Int] {
        var chain = [try number(family: family, weight: weight)]
        func add(_ number: Int) {
            if !chain.contains(number) && !faces[number].isColor { chain.append(number) }
        }
        // The letters that a stand-in lacks look as they did before.
        for family in (standIn(for: family) == nil ? [] : [family]) + fallbackFamilies {
            if let number = nearest(family: family, weight: weight) { add(number) }
        }
        for family in fallbackFamilies {
            for number in faces.indices where Self.matches(faces[number], family) { add(number) }
        }
        for number in faces.indices { add(number) }
        return chain
    }

    private func nearest(family: String, weight: Int) -> Int? {
        var best: (number: Int, rank: (Int, Int))?
        for number in faces.indices where !faces[number].isColor && Self.matches(faces[number], family) {
            let rank = Self.rank(of: faces[number].weight, wanted: weight)
            if let known = best, known.rank <= rank { continue }
            best = (number, rank)
        }
        return best?.number
    }

    private static func matches(_ face: FontFace, _ family: String) -> Bool {
        let wanted = family.lowercased()
        return face.family.lowercased() == wanted || face.alternativeFamilies.contains { $0.lowercased() == wanted }
    }

    /// How far a weight is from the wanted one; smaller is better. Source: CSS Fonts 4, 5.2, step 4.3.
    static func rank(of weight: Int, wanted: Int) -> (Int, Int) {
        let distance = abs(weight - wanted)
        if distance == 0 { return (0, 0) }
        if (400...500).contains(wanted) {
            if weight > wanted && weight <= 500 { return (1, distance) }
            return (weight < wanted ? 2 : 3, distance)
        }
        return ((weight < wanted) == (wanted < 400) ? 1 : 2, distance)
    }
}
