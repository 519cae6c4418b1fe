import CX264

/// The x264 that is loaded.
public enum X264Library {
    /// The version of its interface, which also names its release, for example `core 164`.
    public static var version: String { "core \(X264_BUILD)" }
}
