import HTTPTypes

/// An answer before the headers that all answers share.
struct Reply: Hashable {
    var status: Int
    var contentType: String?
    var headers: [HTTPField] = []
    var body: [UInt8]

    init(status: Int, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    init(_ status: Int, _ document: Document) {
        self.init(status: status, contentType: "application/json; charset=utf-8", body: document.bytes)
    }

    func answer() -> SandboxAnswer {
        var head = HTTPResponse(status: .init(code: status))
        if let contentType { head.headerFields[.contentType] = contentType }
        for field in headers { head.headerFields.append(field) }
        if status != 204 { head.headerFields[.contentLength] = String(body.count) }
        return SandboxAnswer(head: head, body: body)
    }
}
