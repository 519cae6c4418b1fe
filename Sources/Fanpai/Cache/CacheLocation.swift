import Glibc

/// Where encoded segments are kept.
public enum CacheLocation {
    /// What a cache may hold unless `$FANPAI_CACHE_BYTES` says otherwise: 10 GiB.
    public static let standardMaximum = 10 << 30

    /// The user's folder: `$FANPAI_CACHE`, else `fanpai` in `$XDG_CACHE_HOME` or `~/.cache`; nil when none of them is set, or
    /// the first is set to nothing.
    public static var standard: String? {
        if let named = getenv("FANPAI_CACHE") { return named.pointee == 0 ? nil : String(cString: named) }
        if let caches = Home.variable("XDG_CACHE_HOME"), caches.hasPrefix("/") { return caches + "/fanpai" }
        return Home.variable("HOME").map { $0 + "/.cache/fanpai" }
    }

    /// Whether there is a folder at a path.
    public static func isFolder(_ path: String) -> Bool { FileAccess.kind(of: path) == .folder }

    /// The bound that holds for this user.
    ///
    /// - Throws: `FanpaiError` with code `usage` when `$FANPAI_CACHE_BYTES` is no size.
    public static func maximum() throws(FanpaiError) -> Int {
        guard let text = Home.variable("FANPAI_CACHE_BYTES") else { return standardMaximum }
        return try bytes(text, name: "FANPAI_CACHE_BYTES")
    }

    /// A size such as `4096`, `500M` or `10G`, in powers of 1024.
    ///
    /// - Parameter name: what the user calls it, for errors.
    /// - Throws: `FanpaiError` with code `usage` when it is none.
    public static func bytes(_ text: String, name: String) throws(FanpaiError) -> Int {
        let shifts: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
        let shift = text.last.flatMap { shifts[Character($0.uppercased())] }
        let digits = shift == nil ? text[...] : text.dropLast()
        let (value, overflow) = (Int(digits) ?? -1).multipliedReportingOverflow(by: 1 << (shift ?? 0))
        guard !digits.isEmpty, digits.allSatisfy(\.isNumber), value >= 0, !overflow else {
            throw FanpaiError(
                .usage, "\(name): “\(text.prefix(40))” is no number of bytes", remedy: "write for example 500M or 10G")
        }
        return value
    }
}
