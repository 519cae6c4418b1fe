package import Drawing

/// What can be animated: a value between two others.
package protocol Interpolable: Hashable, Sendable {
    /// The value at `fraction` of the way from `self` (0) to `other` (1); outside 0...1 where an easing overshoots.
    func interpolated(to other: Self, fraction: Double) -> Self
}

extension Double: Interpolable {
    package func interpolated(to other: Double, fraction: Double) -> Double {
        fraction == 0 ? self : fraction == 1 ? other : self + (other - self) * fraction
    }
}

extension Point: Interpolable {
    package func interpolated(to other: Point, fraction: Double) -> Point {
        Point(x: x.interpolated(to: other.x, fraction: fraction), y: y.interpolated(to: other.y, fraction: fraction))
    }
}

extension Color: Interpolable {
    package func interpolated(to other: Color, fraction: Double) -> Color { mixed(with: other, fraction: fraction) }
}

/// A property: one value for all time, or values at times with an easing between each two. Any moment can be asked for.
package struct Animated<Value: Interpolable>: Hashable, Sendable {
    /// A value at a time.
    package struct Key: Hashable, Sendable {
        /// Since the scene began.
        package let time: FrameTime
        package let value: Value
        /// From the key before to this one.
        package let easing: Easing

        package init(time: FrameTime, value: Value, easing: Easing = .linear) {
            (self.time, self.value, self.easing) = (time, value, easing)
        }
    }

    /// The value before the second key.
    package let first: Value
    /// In order of time, or empty for a constant.
    package let keys: [Key]

    /// One value for all time.
    package init(_ value: Value) { (first, keys) = (value, []) }

    /// Values at rising times; at least one.
    package init(keys: [Key]) {
        precondition(!keys.isEmpty, "keyframes need a key")
        first = keys[0].value
        self.keys = keys.count == 1 ? [] : keys
    }

    /// True when it never changes.
    package var isConstant: Bool { keys.isEmpty }

    /// The value at a moment of the scene: the first before the first key, the last after the last.
    package func value(at time: FrameTime) -> Value {
        guard let last = keys.last, time > keys[0].time else { return first }
        guard time < last.time else { return last.value }
        var (low, high) = (0, keys.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if keys[middle].time <= time { low = middle } else { high = middle }
        }
        let (from, to) = (keys[low], keys[high])
        let fraction = Double(time.ticks - from.time.ticks) / Double(to.time.ticks - from.time.ticks)
        return from.value.interpolated(to: to.value, fraction: to.easing.value(at: fraction))
    }

    /// The same with every value changed.
    package func map<Other>(_ transform: (Value) -> Other) -> Animated<Other> {
        keys.isEmpty
            ? Animated<Other>(transform(first))
            : Animated<Other>(
                keys: keys.map { Animated<Other>.Key(time: $0.time, value: transform($0.value), easing: $0.easing) })
    }
}

extension ValueType where Value: Interpolable {
    /// A value, or `{keys: [{at: 0s, value: …}, {at: 1s, value: …, ease: out-cubic}]}`.
    package var animated: ValueType<Animated<Value>> {
        let plain = self
        let at = Field(
            "at", ValueType<FrameTime>.duration(), "When the value is reached, since the scene began.",
            isRequired: true)
        let value = Field("value", plain, "The value at that time.", isRequired: true)
        let ease = Field("ease", Easing.type, "How it gets there from the key before.")
        let key = ValueType<Animated<Value>.Key>.object([at.schema, value.schema, ease.schema]) { fields in
            let time = fields.required(at)
            let plain = fields.required(value)
            let easing = fields.value(ease, default: .curve(.cubic, .both))
            guard let time, let plain else { return nil }
            return Animated<Value>.Key(time: time, value: plain, easing: easing)
        }
        let keys = Field(
            "keys", ValueType<[Animated<Value>.Key]>.list(of: key, count: 1...500), "Values at rising times.",
            isRequired: true)
        return ValueType<Animated<Value>>(.anyOf([plain.schema, .object([keys.schema])])) { node, context in
            guard node["keys"] != nil else { return plain.read(node, context).map { Animated<Value>($0) } }
            guard let fields = FieldDecoder(node, fields: [keys.schema], in: context),
                let list = fields.required(keys)
            else { return nil }
            for (earlier, later) in zip(list, list.dropFirst()) where earlier.time >= later.time {
                context.report(
                    .animation, "the times of keys must rise", hint: "sort the keys, and give no time twice", at: node)
                return nil
            }
            return Animated<Value>(keys: list)
        }
    }
}
