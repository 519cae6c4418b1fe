internal import Glibc

/// Encodes text as GB18030; nil where glibc cannot.
package func gb18030(_ text: String) -> [UInt8]? {
    let opened = iconv_open("GB18030", "UTF-8")
    guard let opened, Int(bitPattern: opened) != -1 else { return nil }
    defer { iconv_close(opened) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
    let made: Int? = input.withUnsafeMutableBytes { source in
        output.withUnsafeMutableBytes { target in
            var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
            var fromLeft = source.count
            var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
            var toLeft = target.count
            _ = iconv(opened, &from, &fromLeft, &to, &toLeft)
            return fromLeft == 0 ? target.count - toLeft : nil
        }
    }
    return made.map { Array(output[0..<$0]) }
}
