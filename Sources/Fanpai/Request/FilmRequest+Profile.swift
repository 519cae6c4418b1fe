import Media

extension FilmRequest {
    /// Takes over the rate at which a way out wants films by default; most have none and leave the template's.
    ///
    /// - Parameters:
    ///   - profile: its name; nil: the destination picks it.
    ///   - destination: where the film goes; nil with `profile` or for an MP4.
    /// - Throws: `FanpaiError` with code `usage` when there is no such profile, or nothing writes to the destination.
    public mutating func takeRate(profile: String?, destination: String?) throws(FanpaiError) {
        do {
            let way =
                try profile.map { (name) throws(MediaError) in try Profile.named(name) }
                ?? destination.map { (path) throws(MediaError) in try Profile.default(forDestination: path) }
            if let rate = way?.defaultRate { self.rate = rate }
        } catch {
            throw FanpaiError(error)
        }
    }
}

extension Film {
    /// The name that a film's file has when nobody gives it one: the template's, with what the profile writes.
    ///
    /// - Throws: `FanpaiError` with code `usage` when there is no such profile.
    public func usualDestination(_ profile: String?) throws(FanpaiError) -> String {
        do {
            let profile = try profile.map { (name) throws(MediaError) in try Profile.named(name) } ?? .douyin
            guard !profile.paced else {
                throw FanpaiError(
                    .usage, "\(profile.name) writes a stream and no file",
                    remedy: "say where it goes: -o - or -o 'tcp://127.0.0.1:9000?listen'")
            }
            // A sequence is a folder of its own.
            return profile.name == Profile.pngSequence.name ? "\(name)-frames/" : "\(name).\(profile.usualExtension)"
        } catch {
            throw FanpaiError(error)
        }
    }
}
