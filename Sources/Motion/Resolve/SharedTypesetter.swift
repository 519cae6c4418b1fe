internal import Synchronization
package import Typesetting

/// A typesetter that several threads use, one at a time: equal texts give equal layouts whoever asks first.
package final class SharedTypesetter: Sendable {
    /// The fonts.
    package let library: FontLibrary
    private let typesetter: Mutex<Typesetter>

    package init(library: FontLibrary) throws(TypesettingError) {
        self.library = library
        typesetter = Mutex(try Typesetter(library: library))
    }

    /// Sets a text into a box.
    package func layout(_ text: RichText, options: ParagraphOptions) throws(TypesettingError) -> TextLayout {
        let result: Result<TextLayout, TypesettingError> = typesetter.withLock { typesetter in
            do throws(TypesettingError) {
                return .success(try typesetter.layout(text, options: options))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The measures of a style's face at its size.
    package func metrics(for style: TextStyle) throws(TypesettingError) -> FontMetrics {
        let result: Result<FontMetrics, TypesettingError> = typesetter.withLock { typesetter in
            do throws(TypesettingError) {
                return .success(try typesetter.metrics(for: style))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
