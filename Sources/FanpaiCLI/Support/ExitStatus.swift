import Fanpai

/// The exit codes of sysexits.h that `fanpai` uses.
enum ExitStatus: Int32 {
    case success = 0
    case usage = 64
    case data = 65
    case missingInput = 66
    case capability = 69
    case internalFailure = 70
    case cannotCreate = 73
    case inputOutput = 74
    case cancelled = 130

    init(_ code: FanpaiError.Code) {
        switch code {
        case .usage: self = .usage
        case .data: self = .data
        case .missingInput: self = .missingInput
        case .capability: self = .capability
        case .internalFailure: self = .internalFailure
        case .cannotCreate: self = .cannotCreate
        case .inputOutput: self = .inputOutput
        case .cancelled: self = .cancelled
        }
    }
}
