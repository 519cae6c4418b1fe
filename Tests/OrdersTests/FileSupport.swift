import Glibc
import Testing

func readFile(_ path: String) throws -> [UInt8] {
    let stream = try #require(fopen(path, "rb"), "\(path)")
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, stream)
        if count == 0 { return bytes }
        bytes += buffer[0..<count]
    }
}
