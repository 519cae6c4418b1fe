/// How long ago something happened, in the words of Chinese broadcasts.
public enum RelativeTime {
    /// `刚刚` below 5 s (and for the future: clocks differ), `12秒前`, `5分钟前`, `3小时前` on the same day, `昨天`, `11月11日`, `2025年11月11日`.
    public static func words(for instant: Instant, now: Instant) -> String {
        let (delta, overflow) = now.microseconds.subtractingReportingOverflow(instant.microseconds)
        let seconds = overflow ? Int64.max / 1_000_000 : delta / 1_000_000
        if instant >= now || seconds < 5 { return "刚刚" }
        if seconds < 60 { return "\(seconds)秒前" }
        if seconds < 3600 { return "\(seconds / 60)分钟前" }
        let days = now.dayNumber - instant.dayNumber
        if days == 0 { return "\(seconds / 3600)小时前" }
        if days == 1 { return "昨天" }
        let then = instant.calendar
        let date = "\(then.month)月\(then.day)日"
        return then.year == now.calendar.year ? date : "\(then.year)年\(date)"
    }
}
