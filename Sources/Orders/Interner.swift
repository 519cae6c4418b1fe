/// Numbers for values that repeat, in order of first appearance.
struct Interner<Value: Hashable & Sendable>: Sendable {
    private(set) var values: [Value] = []
    private var numbers: [Value: UInt32] = [:]

    mutating func number(of value: Value) -> UInt32 {
        if let known = numbers[value] { return known }
        let number = UInt32(truncatingIfNeeded: values.count)
        values.append(value)
        numbers[value] = number
        return number
    }

    func find(_ value: Value) -> UInt32? { numbers[value] }

    subscript(number: UInt32) -> Value? {
        number == PackedEvent.none ? nil : values[Int(number)]
    }
}
