/// Where the samples of a track are and how long they last: the tables of `stbl` but for the sample description.
struct SampleTable {
    /// Bytes of each sample.
    private(set) var sizes: [Int] = []
    /// Display time minus decoding time of each sample, in frames; empty when all are 0.
    private var offsets: [Int] = []
    private var syncs: [Int] = []
    private var chunks: [(offset: Int, count: Int)] = []
    /// Ticks that every sample lasts.
    let sampleDuration: Int

    init(sampleDuration: Int) { self.sampleDuration = sampleDuration }

    /// Ticks of all samples.
    var duration: Int { sizes.count * sampleDuration }

    mutating func append(size: Int, offset: Int = 0, isSync: Bool) {
        sizes.append(size)
        offsets.append(offset)
        if isSync { syncs.append(sizes.count) }
    }

    /// Says that the last `count` samples lie in a row from `offset` in the file.
    mutating func closeChunk(offset: Int, count: Int) {
        if count > 0 { chunks.append((offset, count)) }
    }

    /// The most bytes that `write` can make for so many samples, chunks and sync samples.
    static func bound(samples: Int, chunks: Int, syncs: Int) -> Int { 200 + samples * 12 + chunks * 20 + syncs * 4 }

    func write(to writer: inout BoxWriter) {
        writer.fullBox("stts") {
            $0.uint32(1)
            $0.uint32(sizes.count)
            $0.uint32(sampleDuration)
        }
        if syncs.count < sizes.count {
            writer.fullBox("stss") {
                $0.uint32(syncs.count)
                for sync in syncs { $0.uint32(sync) }
            }
        }
        if offsets.contains(where: { $0 != 0 }) {
            let runs = Self.runs(offsets)
            // Version 1: offsets may be negative, so that display starts at 0 without an edit list.
            writer.fullBox("ctts", version: 1) {
                $0.uint32(runs.count)
                for run in runs {
                    $0.uint32(run.count)
                    $0.uint32(run.value * sampleDuration)
                }
            }
        }
        writeChunks(to: &writer)
    }

    private func writeChunks(to writer: inout BoxWriter) {
        writer.fullBox("stsc") {
            var entries: [(first: Int, count: Int)] = []
            for (index, chunk) in chunks.enumerated() where entries.last?.count != chunk.count {
                entries.append((index + 1, chunk.count))
            }
            $0.uint32(entries.count)
            for entry in entries {
                $0.uint32(entry.first)
                $0.uint32(entry.count)
                $0.uint32(1)
            }
        }
        writer.fullBox("stsz") {
            $0.uint32(0)
            $0.uint32(sizes.count)
            for size in sizes { $0.uint32(size) }
        }
        let isLarge = (chunks.last?.offset ?? 0) > UInt32.max
        writer.fullBox(isLarge ? "co64" : "stco") {
            $0.uint32(chunks.count)
            for chunk in chunks {
                if isLarge { $0.uint32(chunk.offset >> 32) }
                $0.uint32(chunk.offset)
            }
        }
    }

    private static func runs(_ values: [Int]) -> [(value: Int, count: Int)] {
        var runs: [(value: Int, count: Int)] = []
        for value in values {
            if let last = runs.last, last.value == value {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((value, 1))
            }
        }
        return runs
    }
}
