import ProfileModel
import Testing

@Suite struct AddressTests {
    @Test func isWrittenAndReadWithSlashes() {
        let address = Address(source: "coolbikes", type: "rider", name: "jane-smith")
        #expect(address.description == "coolbikes/rider/jane-smith")
        #expect(Address("coolbikes/rider/jane-smith") == address)
    }

    @Test(arguments: ["", "a", "a/b", "a/b/c/d", "/b/c", "a//c", "a/b/", "//"])
    func anythingElseIsNoAddress(text: String) {
        #expect(Address(text) == nil)
    }

    @Test func sortsBySourceThenTypeThenName() {
        let sorted = ["a/a/b", "a/b/a", "a-b/a/a", "b/a/a"]
        #expect(sorted.reversed().compactMap { Address($0) }.sorted().map(\.description) == sorted)
    }
}
