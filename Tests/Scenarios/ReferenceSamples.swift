/// The JSON of the API reference, copied as it stands; the addresses, which its pages hide, are jane@example.com.
enum ReferenceSamples {
    /// "Example" under "Standard identifiers": a phone number as a number, times with milliseconds.
    static let coolbikes = """
        {
        "profile": {
        "id": "01BX5ZZKBKACTAV9WEVGEMMVRY",
        "name": "Jane Smith",
        "source": "coolbikes",
        "type": "rider",
        "identifiers": [
        {
        "type": "email",
        "value": "jane@example.com"
        },
        {
        "type": "external_id",
        "value": "0987654321"
        },
        {
        "type": "coolbike_id",
        "value": "0987654321"
        },
        {
        "type": "phone_number",
        "value": 12345678
        }
        ],
        "attributes": {
        "favorite_color": "red",
        "height": "103cm"
        },
        "user_id": "123456",
        "updated_at": "2019-12-24T03:33:28.591Z",
        "created_at": "2019-12-24T03:33:28.591Z"
        }
        }
        """

    /// The answer of endpoints 2 to 8.
    static let profile = """
        {
        "profile": {
        "attributes": {
        "membership": "gold"
        },
        "created_at": "2020-02-03T01:37:16Z",
        "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "identifiers": [
        {
        "type": "email",
        "value": "jane@example.com"
        },
        {
        "type": "external_id",
        "value": "0987654321"
        },
        {
        "type": "phone_number",
        "value": "+612345678"
        }
        ],
        "name": "Jane Smith",
        "source": "company",
        "type": "contact",
        "updated_at": "2020-02-03T01:37:16Z",
        "user_id": "123456"
        }
        }
        """

    /// The answer of endpoint 1.
    static let profiles = """
        {
        "profiles": [
        {
        "attributes": {
        "membership": "gold"
        },
        "created_at": "2020-02-03T01:37:16Z",
        "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "identifiers": [
        {
        "type": "email",
        "value": "jane@example.com"
        },
        {
        "type": "external_id",
        "value": "0987654321"
        },
        {
        "type": "phone_number",
        "value": "+612345678"
        }
        ],
        "name": "Jane Smith",
        "source": "company",
        "type": "contact",
        "updated_at": "2020-02-03T01:37:16Z",
        "user_id": "123456"
        }
        ]
        }
        """

    /// "Example body" of endpoints 4 to 8.
    static let body = """
        {
        "profile": {
        "attributes": {
        "membership": "gold"
        },
        "identifiers": [
        {
        "type": "email",
        "value": "jane@example.com"
        },
        {
        "type": "external_id",
        "value": "0987654321"
        },
        {
        "type": "phone_number",
        "value": "+612345678"
        }
        ],
        "name": "Jane Smith"
        }
        }
        """

    /// "Using curl" of endpoints 4, 5, 7 and 8 (5 and 7 write the name "Jane Smith").
    static let curlBody = """
        {"profile":{"name":"JaneSmith","source":"company","type":"contact","user_id":123456,"identifiers":[{"type":"email","value":"jane@example.com"},{"type":"external_id","value":"0987654321"},{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}
        """

    /// "Using curl" of endpoint 6, which leaves out the external id.
    static let curlBodyByID = """
        {"profile":{"name":"JaneSmith","source":"company","type":"contact","user_id":123456,"identifiers":[{"type":"email","value":"jane@example.com"},{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}
        """

    /// The answer to all refused calls, whatever their status.
    static let error = """
        {
        "errors": [
        {
        "code": "ClientError",
        "id": "10001",
        "title": "Some client caused error"
        }
        ]
        }
        """
}
