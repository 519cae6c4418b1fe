/// Decodes any bytes as a manifest and uses what comes out; for libFuzzer drivers, which look for traps.
///
/// - Returns: whether they were one.
@discardableResult
package func fuzzManifest(_ bytes: [UInt8]) -> Bool {
    do throws(FanpaiError) {
        let manifest = try SavedManifest(decoding: bytes, path: "fuzz.json")
        let text = manifest.document.document
        let again = try SavedManifest(decoding: Array(text.utf8), path: "fuzz.json")
        precondition(again.document.document == text, "a document must read back as it was written")
        _ = ManifestSignature.state(of: manifest.document)
        _ = try manifest.output()
        for moment: Int64 in [0, 33_333, 86_400_000_000] {
            let trace = try? FilmTrace(manifest, path: "fuzz.mp4", at: moment, order: "A2B3C4D5", keyFile: nil)
            if let trace { _ = (trace.text, trace.json.document) }
        }
        return true
    } catch {
        precondition(error.location?.hasPrefix("fuzz.json") == true, "an error says where it is")
        precondition(!error.remedy.isEmpty, "an error says what to do")
        return false
    }
}
