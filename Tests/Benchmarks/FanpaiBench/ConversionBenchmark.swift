import CBenchmarkKernels
import Drawing
import Media

/// Whole frames from BGRA to yuv420p, ours and libswscale's in turn.
struct ConversionBenchmark {
    let template: String
    let picture: PixelBuffer
    let rounds: Int

    func run() -> [Figure] {
        let size = picture.size
        guard let scaler = fanpai_bench_scaler_make(Int32(size.width), Int32(size.height)) else { return [] }
        defer { fanpai_bench_scaler_free(scaler) }
        let target = YUVPicture(size: size)
        let planes = target.layout
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<rounds {
            ours.append(Self.milliseconds { target.update(from: picture, damage: Damage(size.bounds)) })
            theirs.append(
                Self.milliseconds {
                    picture.withBytes { bytes in
                        guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
                        fanpai_bench_scaler_run(
                            scaler, source, Int32(picture.stride), planes[0].0, Int32(planes[0].1), planes[1].0,
                            Int32(planes[1].1), planes[2].0, Int32(planes[2].1))
                    }
                })
        }
        let (mine, reference) = (Statistics(ours).median, Statistics(theirs).median)
        return [
            Figure(template: template, name: "whole-frame conversion", value: mine, unit: "ms"),
            Figure(template: template, name: "libswscale conversion", value: reference, unit: "ms"),
            Figure(template: template, name: "libswscale / ours", value: reference / mine, unit: "times"),
        ]
    }

    private static func milliseconds(_ body: () -> Void) -> Double {
        let start = fanpai_bench_thread_nanoseconds()
        body()
        return Double(fanpai_bench_thread_nanoseconds() - start) / 1e6
    }
}
