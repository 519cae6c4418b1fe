internal import Drawing

/// Decodes bytes as a template, for fuzzing: whatever they are, it returns.
package func fuzzTemplate(_ bytes: UnsafeRawBufferPointer) {
    guard let template = try? Template(decoding: bytes, file: "fuzz.yaml") else { return }
    // What decodes must also be readable at any size that it offers, twice as large, and at another rate.
    for layout in template.layouts {
        let context = DecodeContext(file: "fuzz.yaml")
        _ = template.read(
            layout: layout, scale: 2, rate: FrameRate(30000, 1001), parameters: template.defaults, in: context)
    }
    _ = try? template.values(assignments: ["a=b", "=", ""])
}
