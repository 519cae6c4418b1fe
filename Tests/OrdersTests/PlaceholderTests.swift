import Orders
import Testing

@Test func orderIDRoundTrip() {
    #expect(OrderID(pseudonym: "K7Q2M9XA")?.text == "K7Q2M9XA")
    #expect(ProjectKey.demo.pseudonym(of: "123").text.utf8.count == 20)
}
