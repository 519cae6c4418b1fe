/// What the status words of shop exports mean for counting.
enum StatusWords {
    /// The state of a row by its order status.
    enum Status: UInt32 {
        case unpaid, open, completed, closed
    }

    /// Nil for a word that is not known: nothing is guessed.
    static func status(_ word: String) -> Status? {
        if let known = statuses[word] { return known }
        return nil
    }

    /// Whether an after-sale status says that the money went back; nil for a word that is not known.
    static func isRefunded(_ word: String) -> Bool? {
        if refundedParts.contains(where: word.contains) { return true }
        return otherParts.contains(where: word.contains) ? false : nil
    }

    private static let statuses: [String: Status] = [
        "待支付": .unpaid, "待付款": .unpaid, "待确认": .unpaid, "未付款": .unpaid, "等待买家付款": .unpaid,
        "已支付": .open, "已付款": .open, "备货中": .open, "待发货": .open, "部分发货": .open, "已发货": .open, "待收货": .open,
        "已签收": .open, "买家已付款": .open, "卖家已发货": .open,
        "已完成": .completed, "交易成功": .completed, "已收货": .completed,
        "已关闭": .closed, "已取消": .closed, "交易关闭": .closed,
    ]

    private static let refundedParts = ["退款成功", "退款完成", "已退款", "已全额退款", "退货退款完成"]

    private static let otherParts = [
        "关闭", "拒绝", "取消", "待", "中", "换货", "补寄", "维修", "申请", "失败", "协商", "无售后", "未发生", "无退款", "撤销",
    ]

    static let statusHint = "known statuses are 待支付 待发货 部分发货 已发货 已完成 已关闭"
    static let afterSaleHint = "known words contain 退款成功, 关闭, 拒绝, 取消, 待…, …中, 换货, 补寄"
}
