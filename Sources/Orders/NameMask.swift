/// Turns a buyer's name into what may be shown: the surname and two stars, whatever the name's length.
///
/// `张三丰` → `张**`, `欧阳修` → `欧阳**`, `阿依古丽·买买提` → `阿**`, `John` → `J**`. A name that is already masked keeps its surname
/// (`张*` → `张**`), ciphertext and names without a letter in front give nil. Masking twice changes nothing.
package enum NameMask {
    /// Longest surname in UTF-8 bytes that is believed: more are stacked combining marks.
    private static let surnameByteLimit = 24

    package static func masked(_ name: String) -> String? {
        let visible = name.unicodeScalars.filter { !isIgnorable($0) }
        let text = String(String.UnicodeScalarView(visible))
        guard let first = text.first, first.isLetter, !isCiphertext(text.utf8) else { return nil }
        var surname = String(first)
        if let second = text.dropFirst().first, text.dropFirst(2).first != nil {
            let pair = surname + String(second)
            if compoundSurnames.contains(pair) { surname = pair }
        }
        guard surname.utf8.count <= surnameByteLimit else { return nil }
        let result = surname + "**"
        // A letter that clings to what follows it would take the stars along.
        return result.count == surname.count + 2 ? result : nil
    }

    /// Whether a cell is ciphertext of Doudian's kinds: `##…`, `$$…`, `#…`, `~…`, `1@#…`.
    package static func isCiphertext(_ bytes: some Collection<UInt8>) -> Bool {
        var iterator = bytes.makeIterator()
        guard let first = iterator.next() else { return false }
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: "~"): return true
        case UInt8(ascii: "$"): return iterator.next() == UInt8(ascii: "$")
        case UInt8(ascii: "1"): return iterator.next() == UInt8(ascii: "@") && iterator.next() == UInt8(ascii: "#")
        default: return false
        }
    }

    /// White space and invisible format characters, which must not stand in front of a surname.
    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x20
            || scalar.properties.generalCategory == .format && scalar.value != 0x200D
            || scalar.value == UInt32(UInt8(ascii: "`")) || scalar.value == UInt32(UInt8(ascii: "'"))
    }

    private static let compoundSurnames: Set<String> = [
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连",
        "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
        "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋",
        "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "公户", "公玉", "公仪", "梁丘", "公仲",
        "公上", "公门", "公山", "公坚", "左丘", "公伯", "西门", "公祖", "第五", "公乘", "贯丘", "公皙", "南荣", "东里", "东宫",
        "仲长", "子书", "子桑", "即墨", "达奚", "褚师", "吴铭", "纳兰", "归海", "完颜", "爱新", "歐陽", "諸葛", "司馬", "東方",
    ]
}
