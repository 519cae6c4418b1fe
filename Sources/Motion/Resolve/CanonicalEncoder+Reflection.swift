internal import Drawing

extension CanonicalEncoder {
    /// Adds every stored property of a plain value, so that one that is added to its type later is not forgotten here.
    ///
    /// For structs, enums, optionals, arrays and immutable objects of texts and numbers; slow.
    mutating func add(reflecting value: Any) {
        switch value {
        case let number as Int: add(number)
        case let number as Int64: add(Int(number))
        case let number as UInt64: add(Int(bitPattern: UInt(number)))
        case let number as Int32: add(number)
        case let number as UInt8: add(number)
        case let number as Double: add(number)
        case let flag as Bool: add(UInt8(flag ? 1 : 0))
        case let text as String: add(text)
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .set: preconditionFailure("\(mirror.subjectType) has no order of its own")
            case .dictionary: precondition(mirror.children.isEmpty, "a dictionary has no order of its own")
            case .enum where mirror.children.isEmpty:
                add("\(value)")
                if let raw = value as? any RawRepresentable { add("\(raw.rawValue)") }
            default: break
            }
            add(mirror.children.count)
            for child in mirror.children {
                add(child.label ?? "")
                add(reflecting: child.value)
            }
        }
    }

    /// Adds a value of a document, without its place there.
    mutating func add(_ value: YAMLValue) {
        switch value.content {
        case .scalar(let text, let isQuoted):
            add(UInt8(isQuoted ? 1 : 0))
            add(text)
        case .sequence(let values):
            add(UInt8(2))
            add(values.count)
            for value in values { add(value) }
        case .mapping(let entries):
            add(UInt8(3))
            add(entries.count)
            for entry in entries {
                add(entry.key)
                add(entry.value)
            }
        }
    }
}
