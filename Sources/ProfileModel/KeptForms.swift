/// Values that the service does not keep as they are sent: a text without the white space at its ends, a number as a
/// double. Its answers to our own writes showed each of them, so they are facts of this account (decision 35).
package struct KeptForms: Sendable, Hashable {
    package struct Form: Sendable, Hashable {
        package var place: Place
        package var sent: AttributeValue
        /// Nil where the service keeps nothing.
        package var kept: AttributeValue?

        /// Seen before a write of ours, which put back what had been sent before: no answer showed it. Either the answers
        /// to writes hide what is kept, or somebody else wrote it.
        package var isOverwritten: Bool

        package init(_ place: Place, sent: AttributeValue, kept: AttributeValue?, isOverwritten: Bool = false) {
            self.place = place
            self.sent = sent
            self.kept = kept
            self.isOverwritten = isOverwritten
        }
    }

    package enum Place: Sendable, Hashable {
        case name
        case identifier(type: ExactText)
        /// The keys as sent, from the outermost to the innermost, and the key that the service keeps for the last one.
        case attribute(path: [ExactText], keptKey: ExactText)
    }

    package var forms: [Form]

    package init(_ forms: [Form] = []) {
        self.forms = forms
    }

    package var isEmpty: Bool { forms.isEmpty }
}
