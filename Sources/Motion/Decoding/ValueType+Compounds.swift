package import Drawing

extension ValueType {
    /// A list with so many values.
    package static func list<Element>(
        of element: ValueType<Element>, count: ClosedRange<Int> = 0...1000
    ) -> ValueType<[Element]> where Value == [Element] {
        ValueType<[Element]>(
            .list(of: element.schema, minimum: count.lowerBound, maximum: count.upperBound)
        ) { value, context in
            guard let values = value.elements else {
                context.report(
                    .type, "\(value.shape) where a list is needed", hint: "write [a, b] or lines that start with -",
                    at: value)
                return nil
            }
            guard count.contains(values.count) else {
                let need =
                    count.lowerBound == count.upperBound
                    ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
                context.report(
                    .range, "a list of \(values.count) values", hint: "write \(need) values", at: value)
                return nil
            }
            var result: [Element] = []
            result.reserveCapacity(values.count)
            for (index, value) in values.enumerated() {
                guard let element = context.within(.index(index), { context.decode(value, as: element) }) else {
                    continue
                }
                result.append(element)
            }
            return result.count == values.count ? result : nil
        }
    }

    /// A mapping with known keys.
    package static func object(
        _ fields: [FieldSchema], read: @escaping @Sendable (FieldDecoder) -> Value?
    ) -> ValueType<Value> {
        ValueType(.object(fields)) { value, context in
            FieldDecoder(value, fields: fields, in: context).flatMap(read)
        }
    }

    /// A scalar or list read one way, a mapping read another.
    package static func either(_ short: ValueType<Value>, orMapping long: ValueType<Value>) -> ValueType<Value> {
        ValueType(.anyOf([short.schema, long.schema])) { value, context in
            value.entries == nil ? short.read(value, context) : long.read(value, context)
        }
    }
}

extension ValueType where Value == Point {
    /// `[x, y]` in units of the layout, read in output pixels.
    package static let point = ValueType<[Double]>.list(of: .length(), count: 2...2)
        .map { pair, _, _ in Point(x: pair[0], y: pair[1]) }

    /// `[x, y]` as plain numbers, or one number for both.
    package static let factors = ValueType<Point>(
        .anyOf([
            ValueType<Double>.number(-100...100).schema,
            ValueType<[Double]>.list(of: .number(-100...100), count: 2...2).schema,
        ])
    ) { value, context in
        if value.elements == nil {
            return ValueType<Double>.number(-100...100).read(value, context).map { Point(x: $0, y: $0) }
        }
        return ValueType<[Double]>.list(of: .number(-100...100), count: 2...2).read(value, context)
            .map { Point(x: $0[0], y: $0[1]) }
    }

    /// `[width, height]` in units of the layout, read in output pixels.
    package static let extent = ValueType<[Double]>.list(of: .length(0...16384), count: 2...2)
        .map { pair, _, _ in Point(x: pair[0], y: pair[1]) }
}
