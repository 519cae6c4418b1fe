package import Drawing
internal import Synchronization

/// Contents that an element has drawn, by what they show; the oldest are forgotten.
///
/// What it returns is what drawing anew would return, so that neither threads nor the order of frames show in any frame.
package final class ContentCache<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var contents: [Key: LayerContent] = [:]
        var order: [Key] = []
        var next = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    package init(capacity: Int = 64) { self.capacity = max(1, capacity) }

    /// The content of a key; `draw` makes it when it is not there, outside the lock.
    package func content(for key: Key, draw: () -> LayerContent?) -> LayerContent? {
        if let known = state.withLock({ $0.contents[key] }) { return known }
        guard let drawn = draw() else { return nil }
        return state.withLock { state in
            if let known = state.contents[key] { return known }
            if state.order.count < capacity {
                state.order.append(key)
            } else {
                state.contents[state.order[state.next]] = nil
                state.order[state.next] = key
                state.next = (state.next + 1) % capacity
            }
            state.contents[key] = drawn
            return drawn
        }
    }
}
