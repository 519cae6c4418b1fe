/// How text looks; filled in with the text element.
package struct TextStyle: Hashable, Sendable {}
