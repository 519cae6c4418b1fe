import Orders

/// Splitmix64 for tests: the same cases in every run.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

let decoder = OrderDecoder(options: .init(key: .demo))

func decode(_ text: String, skip: Bool = false, map: [OrderField: String] = [:]) throws(OrdersError) -> DecodedOrders {
    try OrderDecoder(options: .init(key: .demo, columnMap: map, skipBadRows: skip)).decode(bytes: Array(text.utf8))
}

/// The error that decoding a text gives, nil when it succeeds.
func failure(_ text: String, skip: Bool = false, map: [OrderField: String] = [:]) -> OrdersError? {
    failure(Array(text.utf8), skip: skip, map: map)
}

func failure(_ bytes: [UInt8], skip: Bool = false, map: [OrderField: String] = [:]) -> OrdersError? {
    do throws(OrdersError) {
        _ = try OrderDecoder(options: .init(key: .demo, columnMap: map, skipBadRows: skip)).decode(bytes: bytes)
        return nil
    } catch {
        return error
    }
}

/// A small export: header and rows of 主订单编号, 子订单编号, 选购商品, 商品数量, 订单应付金额, 支付完成时间, 订单状态, 售后状态.
func export(_ rows: [String], header: String = "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,支付完成时间,订单状态,售后状态") -> String {
    ([header] + rows).map { $0 + "\n" }.joined()
}

func instant(_ text: String) -> Instant {
    Instant(text) ?? Instant(microseconds: .min)
}

/// Folder of the checkout, from this file's place in it.
let checkout = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
