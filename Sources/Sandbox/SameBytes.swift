// What is sent is compared byte by byte: é as one scalar is another text than e and an accent.

extension String {
    func hasBytes(of other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension String? {
    func hasBytes(of other: String?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let a?, let b?): a.hasBytes(of: b)
        case (nil, _?), (_?, nil): false
        }
    }
}
