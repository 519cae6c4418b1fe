import Glibc

extension MediaError {
    /// The error of a file or folder that could not be made, from `errno`.
    static func create(_ path: String, _ number: Int32 = errno) -> MediaError {
        let hint =
            switch number {
            case ENOENT, ENOTDIR: "make the folder first, or choose another one"
            case EACCES, EPERM, EROFS: "choose a folder that you may write to"
            case ENOSPC, EDQUOT: "free some space"
            default: "choose another place"
            }
        let full = number == ENOSPC || number == EDQUOT
        return MediaError(
            full ? .transfer : .create, "cannot create \(path)", hint: hint, cause: text(number),
            exit: full ? .transfer : .cannotCreate)
    }

    /// The error of bytes that could not be written, from `errno`.
    static func write(_ path: String, _ number: Int32 = errno) -> MediaError {
        let full = number == ENOSPC || number == EDQUOT || number == EFBIG
        return MediaError(
            .transfer, "cannot write \(path)",
            hint: full ? "free some space, or choose another disk" : "check the disk",
            cause: text(number), exit: .transfer)
    }

    static func text(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
