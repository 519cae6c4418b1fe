import CMediaKernels

/// A program or library that this process runs.
package struct LoadedCode: Hashable, Sendable {
    /// The name of its file without folder, for example `libx264.so.164`; empty for the program itself.
    package let name: String
    /// What its linker named it by, which no two different builds share; nil when it has no such note.
    package let buildID: [UInt8]?

    /// The program and the libraries that it has loaded, in the order of loading.
    package static var all: [LoadedCode] {
        final class List {
            var code: [LoadedCode] = []
        }
        let list = List()
        fanpai_for_each_image(
            { context, name, id, length in
                guard let context, let name else { return }
                let list = Unmanaged<List>.fromOpaque(context).takeUnretainedValue()
                let path = String(cString: name)
                list.code.append(
                    LoadedCode(
                        name: path.split(separator: "/").last.map(String.init) ?? "",
                        buildID: id.map { Array(UnsafeBufferPointer(start: $0, count: Int(length))) }))
            }, Unmanaged.passUnretained(list).toOpaque())
        return list.code
    }
}
