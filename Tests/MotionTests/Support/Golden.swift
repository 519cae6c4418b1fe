import Glibc
import Testing

/// Texts that were looked at once; `FANPAI_RECORD=1` writes them anew.
enum Golden {
    static func check(_ text: String, _ path: String) throws {
        if getenv("FANPAI_RECORD") != nil {
            let file = fopen(Checkout.path + "/" + path, "wb")
            let bytes = Array(text.utf8)
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            fclose(file)
            return
        }
        let golden = String(decoding: try TestTemplate.bytes(of: path), as: UTF8.self).split(separator: "\n")
        let lines = text.split(separator: "\n")
        #expect(golden.count == lines.count)
        for (number, pair) in zip(golden, lines).enumerated() where pair.0 != pair.1 {
            Issue.record("\(path):\(number + 1): recorded \(pair.0), now \(pair.1)")
            break
        }
    }
}
