/// How a text was set: for checks.
package struct TextFact: Hashable, Sendable {
    /// Where the template says it.
    package let place: Diagnostic.Place?
    /// The number of its scene.
    package let scene: Int
    /// What it says at the end of its scene.
    package let text: String
    /// Pixels to an em, as set.
    package let size: Double
    /// Pixels to an em, as asked for.
    package let wantedSize: Double
    /// Whether text was left out.
    package let isTruncated: Bool
    /// Whether it is larger than its box.
    package let overflows: Bool
    /// Whether it is a disclosure.
    package let isDisclosure: Bool
    /// What of it stays as it is and is read; numbers that count are not.
    package let reading: String

    package init(
        place: Diagnostic.Place?, scene: Int, text: String, size: Double, wantedSize: Double,
        isTruncated: Bool, overflows: Bool, isDisclosure: Bool, reading: String = ""
    ) {
        (self.place, self.scene, self.text) = (place, scene, text)
        (self.size, self.wantedSize) = (size, wantedSize)
        (self.isTruncated, self.overflows, self.isDisclosure) = (isTruncated, overflows, isDisclosure)
        self.reading = reading
    }
}
