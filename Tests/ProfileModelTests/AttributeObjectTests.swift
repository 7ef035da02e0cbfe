import ProfileModel
import Testing

@Suite struct AttributeObjectTests {
    @Test func membersAreSortedWhateverOrderTheyCameIn() {
        let object: AttributeObject = ["b": "2", "c": "3", "a": "1"]
        #expect(object.keys == ["a", "b", "c"])
        #expect(object == ["a": "1", "b": "2", "c": "3"])
    }

    @Test func theLastOfEqualKeysStays() {
        let object = AttributeObject([("a", "1"), ("b", "2"), ("a", "3")])
        #expect(object.count == 2)
        #expect(object["a"] == "3")
    }

    @Test func membersAreSetReplacedAndRemovedByKey() {
        var object = AttributeObject()
        #expect(object.isEmpty)
        for key in ["m", "z", "a"] { object[key] = .string(key) }
        #expect(object.keys == ["a", "m", "z"])
        object["m"] = .null
        #expect(object["m"] == .some(.null))
        object["m"] = nil
        object["absent"] = nil
        #expect(object["m"] == nil)
        #expect(object.keys == ["a", "z"])
    }
}
