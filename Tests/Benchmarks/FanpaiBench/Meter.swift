import CBenchmarkKernels

/// What phases cost: processor time of this thread in milliseconds, and allocations.
struct Meter {
    /// A phase's samples, one a frame or one a run.
    struct Phase {
        let name: String
        var milliseconds: [Double] = []
        var allocations: [Double] = []
    }

    private(set) var phases: [Phase] = []
    private var time: UInt64 = 0
    private var count: UInt64 = 0

    /// What comes now belongs to the next mark.
    mutating func start() {
        count = fanpai_bench_allocations()
        time = fanpai_bench_thread_nanoseconds()
    }

    /// What came since `start` or the last mark is a sample of a phase.
    mutating func mark(_ name: String) {
        let now = fanpai_bench_thread_nanoseconds()
        let made = fanpai_bench_allocations()
        let index = index(of: name)
        phases[index].milliseconds.append(Double(now - time) / 1e6)
        phases[index].allocations.append(Double(made - count))
        // The meter's own arrays grow here, outside of what is counted.
        start()
    }

    /// What came since `start` or the last mark is a sample of a phase, but for some processor time, which is one of another phase.
    mutating func mark(_ name: String, without nanoseconds: UInt64, of other: String) {
        mark(name)
        let share = Double(nanoseconds) / 1e6
        let (whole, part) = (index(of: name), index(of: other))
        phases[whole].milliseconds[phases[whole].milliseconds.count - 1] -= share
        phases[part].milliseconds.append(share)
        phases[part].allocations.append(0)
        start()
    }

    /// Adds what came since the last mark to the last sample of a phase.
    mutating func extend(_ name: String) {
        let now = fanpai_bench_thread_nanoseconds()
        let made = fanpai_bench_allocations()
        let index = index(of: name)
        let last = phases[index].milliseconds.count - 1
        if last >= 0 {
            phases[index].milliseconds[last] += Double(now - time) / 1e6
            phases[index].allocations[last] += Double(made - count)
        }
        start()
    }

    private mutating func index(of name: String) -> Int {
        if let index = phases.firstIndex(where: { $0.name == name }) { return index }
        phases.append(Phase(name: name))
        return phases.count - 1
    }

    func allocations(_ name: String) -> [Double] { phases.first { $0.name == name }?.allocations ?? [] }
    func milliseconds(_ name: String) -> [Double] { phases.first { $0.name == name }?.milliseconds ?? [] }
}

extension Meter.Phase {
    func figures(_ template: String) -> [Figure] {
        let times = Statistics(milliseconds)
        return [
            Figure(template: template, name: "\(name) median", value: times.median, unit: "ms"),
            Figure(template: template, name: "\(name) mean", value: times.mean, unit: "ms"),
            Figure(template: template, name: "\(name) p95", value: times.p95, unit: "ms"),
            Figure(template: template, name: "\(name) allocations", value: Statistics(allocations).mean, unit: ""),
        ]
    }
}
