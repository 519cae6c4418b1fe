import Drawing
import Orders

extension FanpaiError {
    /// The same failure in the words of jobs: what any target threw, with its place, remedy and details.
    public init(_ error: any Error) {
        switch error {
        case let error as FanpaiError: self = error
        case let error as DrawingError: self.init(.usage, error.message, remedy: error.hint)
        case let error as OrdersError: self.init(orders: error)
        default: self.init(.internalFailure, "\(error)", remedy: "please report this as a fault of fanpai")
        }
    }

    private init(orders error: OrdersError) {
        var details = error.problems.map(\.description)
        if error.problemCount > details.count, !details.isEmpty {
            details.append("… and \(error.problemCount - details.count) more")
        }
        let code: Code =
            switch error.kind {
            case .usage: .usage
            case .badData: .data
            case .missingInput: .missingInput
            case .inputOutput: .inputOutput
            }
        self.init(code, error.what, remedy: error.remedy, location: error.file, details: details)
    }
}
