import Drawing
import Foundation
import Testing

@Suite struct PortableMathTests {
    @Test func agreesWithTheCLibrary() {
        var x = -50.0
        while x < 50 {
            #expect(abs(PortableMath.sin(x) - Foundation.sin(x)) < 1e-13)
            #expect(abs(PortableMath.cos(x) - Foundation.cos(x)) < 1e-13)
            #expect(abs(PortableMath.exp(x) / Foundation.exp(x) - 1) < 1e-13)
            if x > 0 { #expect(abs(PortableMath.log(x) - Foundation.log(x)) < 1e-13) }
            x += 0.0173
        }
        #expect(PortableMath.pow(0, 0) == 1)
        #expect(PortableMath.pow(0, 2) == 0)
        #expect(abs(PortableMath.pow(2, 0.5) - 2.0.squareRoot()) < 1e-14)
        #expect(PortableMath.exp(-1000) == 0)
    }
}
