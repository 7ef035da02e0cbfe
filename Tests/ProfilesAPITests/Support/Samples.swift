import ProfileModel

/// The reference's own answer to "Get profile by profile ID", with an address written out.
let janeID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

let janeJSON = """
    {"attributes":{"membership":"gold"},"created_at":"2020-02-03T01:37:16Z","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV",\
    "identifiers":[{"type":"email","value":"jane@example.com"},{"type":"external_id","value":"0987654321"},\
    {"type":"phone_number","value":"+612345678"}],"name":"Jane Smith","source":"company","type":"contact",\
    "updated_at":"2020-02-03T01:37:16Z","user_id":"123456"}
    """

let janeAnswer = "{\"profile\":\(janeJSON)}"

let jane = Profile(
    id: janeID, userID: "123456", source: "company", type: "contact", name: "Jane Smith",
    identifiers: [
        Identifier(type: "email", value: "jane@example.com"), Identifier(type: "external_id", value: "0987654321"),
        Identifier(type: "phone_number", value: "+612345678"),
    ],
    attributes: ["membership": "gold"], createdAt: Timestamp(seconds: 1_580_693_836),
    updatedAt: Timestamp(seconds: 1_580_693_836))

let janeQuery = IdentifierQuery(
    source: "company", type: "contact", identifier: Identifier(type: "email", value: "jane@example.com"))

let janeTarget = "/api/v2/user_profiles?identifier=company%3Acontact%3Aemail%3Ajane%40example.com"

let janeValues = ProfileValues(
    name: "Jane Smith", identifiers: jane.identifiers, attributes: ["membership": "gold"])

let clientError = #"{"errors":[{"code":"ClientError","id":"10001","title":"Some client caused error"}]}"#
