import Manifests
import Testing

@Suite struct WorkspaceFileNameTests {
    @Test(arguments: [
        "profilectl.yml", "Profilectl.yaml", "PROFILECTL.YAML", "ProfileCtl.Yml", ".profilectl.yaml", ".profilectl.yml",
    ])
    func `a name with another case, ending or dot is a twin`(name: String) {
        #expect(WorkspaceFileName.likeness(of: name) == .twin)
    }

    @Test(arguments: [
        "profilectl.yaml.txt", "profilectl.yaml.bak", "profilectl.json", "profilctl.yaml", "profile-ctl.yml",
        "profilectl.ymal", "profilectl.yam", "profilectl.local.yaml", "profilectl.yaml.example",
    ])
    func `a slip of the pen or a copy is similar`(name: String) {
        #expect(WorkspaceFileName.likeness(of: name) == .similar)
    }

    @Test(arguments: [
        "profilectl.yaml", "profilectl", ".profilectl", "profiles.yaml", "profile.yaml", "profilectl.html",
        "profilectl.xml", "profilectl.sqlite", "profilectl.plan.json", "profiles", "drift-baseline.yaml", "", ".",
        "yaml",
        "profilectl.",
    ])
    func `the name itself and other files are neither`(name: String) {
        #expect(WorkspaceFileName.likeness(of: name) == nil)
    }

    @Test(arguments: [
        "profilectl.yaml~", ".profilectl.yaml.swp", "#profilectl.yaml#", ".#profilectl.yaml", "profilectl.yaml.71.tmp",
    ])
    func `what an editor leaves behind is neither`(name: String) {
        #expect(WorkspaceFileName.likeness(of: name) == nil)
    }
}
