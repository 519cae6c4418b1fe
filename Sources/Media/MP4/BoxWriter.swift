/// Builds the boxes of an ISO base media file (ISO/IEC 14496-12): big-endian, a length in front of everything.
struct BoxWriter {
    private(set) var bytes: [UInt8] = []

    mutating func uint8(_ value: Int) { bytes.append(UInt8(truncatingIfNeeded: value)) }
    mutating func uint16(_ value: Int) { for shift in [8, 0] { uint8(value >> shift) } }
    mutating func uint24(_ value: Int) { for shift in [16, 8, 0] { uint8(value >> shift) } }
    mutating func uint32(_ value: Int) { for shift in [24, 16, 8, 0] { uint8(value >> shift) } }
    mutating func zeros(_ count: Int) { bytes.append(contentsOf: repeatElement(0, count: count)) }
    mutating func raw(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

    /// Four characters; `©` stands for the byte 0xa9, as QuickTime has it.
    mutating func code(_ text: String) {
        for scalar in text.unicodeScalars { uint8(Int(scalar.value)) }
    }

    mutating func box(_ type: String, _ body: (inout BoxWriter) -> Void) {
        let start = bytes.count
        uint32(0)
        code(type)
        body(&self)
        let size = bytes.count - start
        for (index, shift) in [24, 16, 8, 0].enumerated() {
            bytes[start + index] = UInt8(truncatingIfNeeded: size >> shift)
        }
    }

    mutating func fullBox(_ type: String, version: Int = 0, flags: Int = 0, _ body: (inout BoxWriter) -> Void) {
        box(type) {
            $0.uint8(version)
            $0.uint24(flags)
            body(&$0)
        }
    }

    /// The unit matrix of track and movie headers.
    mutating func unitMatrix() {
        for value in [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000] { uint32(value) }
    }
}
