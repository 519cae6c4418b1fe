package import Orders

extension Measure {
    /// The word that stands behind a number of it; empty for money.
    package var countWord: String {
        switch self {
        case .orders, .refunds: "单"
        case .items, .stockLeft: "件"
        case .revenue, .averageOrderValue, .refundedAmount: ""
        }
    }
}
