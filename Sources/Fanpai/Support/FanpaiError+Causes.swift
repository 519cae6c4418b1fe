import Drawing
import Media
import Motion
import Orders
import Raster
import Typesetting

extension FanpaiError {
    /// The same failure in the words of jobs: what any target threw, with its place, remedy and details.
    public init(_ error: any Error) {
        switch error {
        case let error as FanpaiError: self = error
        case let error as DrawingError: self.init(.usage, error.message, remedy: error.hint)
        case let error as OrdersError: self.init(orders: error)
        case let error as MotionError: self.init(motion: error)
        case let error as MediaError: self.init(media: error)
        case let error as RasterError: self.init(raster: error)
        case let error as TypesettingError: self.init(typesetting: error)
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

    private init(motion error: MotionError) {
        let code: Code =
            switch error.kind {
            case .usage: .usage
            case .badData: .data
            case .missingInput: .missingInput
            }
        let errors = error.diagnostics.filter { $0.severity == .error }
        guard errors.count == 1, error.diagnostics.count == 1, let only = errors.first else {
            self.init(
                code, "there are \(errors.count) errors", remedy: "correct each of them",
                location: errors.first?.place?.file, details: error.diagnostics.map(\.description))
            diagnostics = error.diagnostics
            return
        }
        self.init(code, only.message, remedy: only.hint, location: only.place?.description)
        diagnostics = error.diagnostics
    }

    private init(media error: MediaError) {
        let code: Code =
            switch error.exit {
            case .usage: .usage
            case .data: .data
            case .missing: .missingInput
            case .capability: .capability
            case .internal: .internalFailure
            case .cannotCreate: .cannotCreate
            case .transfer: .inputOutput
            case .cancelled: .cancelled
            }
        self.init(code, error.message, remedy: error.hint, cause: error.cause)
    }

    private init(raster error: RasterError) {
        let code: Code =
            switch error.code {
            case .imageMissing, .textureTooLarge: .data
            case .drawing: .internalFailure
            }
        self.init(
            code, error.message, remedy: error.hint, location: error.layer.map { "layer \($0)" },
            cause: error.cause.map { "\($0)" })
    }

    private init(typesetting error: TypesettingError) {
        let code: Code =
            switch error.code {
            case .fontDirectory: .missingInput
            case .library: .internalFailure
            default: .data
            }
        self.init(code, error.message, remedy: error.hint, location: error.file)
    }
}
