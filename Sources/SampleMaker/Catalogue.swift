/// What the sample shop sells and where its buyers live: all of it made up.
enum Catalogue {
    struct Product {
        let title: String
        let code: String
        let fen: Int
    }

    struct Town {
        let province: String
        let city: String
        let district: String
        let weight: Int
    }

    static let products = [
        Product(title: "云朵抱枕 可拆洗 45cm", code: "YD-045", fen: 3990),
        Product(title: "手冲咖啡豆 云南小粒 227g", code: "KF-227", fen: 5900),
        Product(title: "雪纺连衣裙, 收腰显瘦 \"新款\"", code: "LYQ-01", fen: 12900),
        Product(title: "便携榨汁杯 350ml", code: "ZZB-350", fen: 8900),
        Product(title: "加厚法兰绒毛毯 180×200", code: "MT-180", fen: 7950),
        Product(title: "儿童积木套装 1000粒", code: "JM-1000", fen: 16800),
        Product(title: "轻薄羽绒服 90白鸭绒", code: "YRF-90", fen: 39900),
        Product(title: "空气炸锅 5L 可视", code: "KQZG-5", fen: 29900),
        Product(title: "手工竹编收纳筐", code: "ZB-03", fen: 2590),
        Product(title: "人体工学椅 旗舰款", code: "YZ-PRO", fen: 129_900),
    ]

    static let gifts = [
        Product(title: "【赠品】帆布袋", code: "ZP-FBD", fen: 0),
        Product(title: "赠品 咖啡滤纸 40张", code: "ZP-LZ", fen: 0),
    ]

    static let towns = [
        Town(province: "浙江省", city: "杭州市", district: "西湖区", weight: 90),
        Town(province: "浙江省", city: "宁波市", district: "鄞州区", weight: 40),
        Town(province: "广东省", city: "广州市", district: "天河区", weight: 95),
        Town(province: "广东省", city: "深圳市", district: "南山区", weight: 95),
        Town(province: "广东省", city: "佛山市", district: "顺德区", weight: 35),
        Town(province: "北京市", city: "市辖区", district: "朝阳区", weight: 80),
        Town(province: "上海市", city: "上海市", district: "浦东新区", weight: 85),
        Town(province: "天津市", city: "市辖区", district: "和平区", weight: 25),
        Town(province: "重庆市", city: "重庆市", district: "渝中区", weight: 45),
        Town(province: "江苏省", city: "苏州市", district: "姑苏区", weight: 60),
        Town(province: "江苏省", city: "南京市", district: "玄武区", weight: 55),
        Town(province: "四川省", city: "成都市", district: "武侯区", weight: 80),
        Town(province: "四川省", city: "凉山彝族自治州", district: "西昌市", weight: 6),
        Town(province: "湖北省", city: "武汉市", district: "洪山区", weight: 55),
        Town(province: "湖北省", city: "恩施土家族苗族自治州", district: "恩施市", weight: 6),
        Town(province: "湖北省", city: "省直辖县级行政区划", district: "仙桃市", weight: 4),
        Town(province: "湖南省", city: "长沙市", district: "岳麓区", weight: 45),
        Town(province: "福建省", city: "厦门市", district: "思明区", weight: 35),
        Town(province: "山东省", city: "青岛市", district: "市南区", weight: 45),
        Town(province: "河南省", city: "郑州市", district: "金水区", weight: 45),
        Town(province: "河北省", city: "石家庄市", district: "长安区", weight: 25),
        Town(province: "陕西省", city: "西安市", district: "雁塔区", weight: 40),
        Town(province: "辽宁省", city: "大连市", district: "中山区", weight: 20),
        Town(province: "吉林省", city: "吉林市", district: "船营区", weight: 6),
        Town(province: "吉林省", city: "延边朝鲜族自治州", district: "延吉市", weight: 4),
        Town(province: "黑龙江省", city: "大兴安岭地区", district: "加格达奇区", weight: 1),
        Town(province: "内蒙古自治区", city: "锡林郭勒盟", district: "锡林浩特市", weight: 2),
        Town(province: "广西壮族自治区", city: "南宁市", district: "青秀区", weight: 20),
        Town(province: "海南省", city: "海口市", district: "龙华区", weight: 8),
        Town(province: "海南省", city: "省直辖县级行政区划", district: "五指山市", weight: 1),
        Town(province: "云南省", city: "大理白族自治州", district: "大理市", weight: 6),
        Town(province: "青海省", city: "海南藏族自治州", district: "共和县", weight: 1),
        Town(province: "新疆维吾尔自治区", city: "巴音郭楞蒙古自治州", district: "库尔勒市", weight: 2),
        Town(province: "宁夏回族自治区", city: "银川市", district: "兴庆区", weight: 4),
        Town(province: "西藏自治区", city: "阿里地区", district: "噶尔县", weight: 1),
        Town(province: "香港特别行政区", city: "香港特别行政区", district: "中西区", weight: 2),
    ]

    /// Names in clear, which a reader must mask.
    static let clearNames = ["张小满", "王一鸣", "李拾光", "欧阳听雪", "阿依古丽·买买提", "诸葛青禾", "赵晚舟", "Kamela Qian"]
    static let surnames = ["张", "王", "李", "赵", "陈", "刘", "周", "吴", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗"]

    static let phonePrefix = "1230000"

    /// Phone-like numbers in a range that no operator has.
    static func phone(_ random: inout Random) -> String {
        phonePrefix + String(1000 + random.below(9000))
    }

    /// Words that occur in remarks and addresses only, and must never come out of a reader.
    static let secretWords = ["槐荫巷", "碧梧苑", "栀子弄", "南乔里"]

    static func remark(_ random: inout Random) -> String {
        let phone = phone(&random)
        let word = random.pick(secretWords)
        switch random.below(4) {
        case 0: return "送到\(word)门口，打\(phone)"
        case 1: return "麻烦快点\n联系\(random.pick(clearNames)) \(phone)"
        case 2: return "地址改\(word)3栋, \"急\""
        default: return "老客 \(phone) 多送一份"
        }
    }

    static func cipher(_ random: inout Random, length: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return String((0..<length).map { _ in random.pick(alphabet) })
    }
}
