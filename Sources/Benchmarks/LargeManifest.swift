/// One manifest with many profiles of three identifiers and four attributes each, about 350 bytes a profile.
func largeManifest(profiles: Int) -> String {
    var text = """
        version: 1
        defaults: {source: coolbikes, type: rider, key: external_id}
        profiles:

        """
    for n in 0..<profiles {
        let digits = String(n)
        let id = String(repeating: "0", count: 8 - digits.count) + digits
        text += """
              rider-\(id):
                name: Rider Number \(id)
                identifiers:
                  external_id: \(id)
                  email: rider.number.\(id)@customers.example.com
                  coolbike_id: ["bike-\(id)"]
                attributes:
                  favorite_color: "metallic blue"
                  membership: gold
                  home_address: \(n % 250) Long Winding Road, Some City
                  notes: signed up in the spring campaign of 2024

            """
    }
    return text
}
