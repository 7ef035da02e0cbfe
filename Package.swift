// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house and the walls between them. A target lists only what its row of the
// table in README.md ("Where things live") allows; the build flag
// `--explicit-target-dependency-import-check error` (see the Makefile) keeps the walls standing.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "profilectl",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "profilectl", targets: ["profilectl"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // base
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        room("Diagnostics"),

        // nouns
        room("ProfileModel"),
        room("YAMLSyntax", ["CLibYAML", "Diagnostics"]),
        room("WireFormat", ["ProfileModel"]),

        // decisions
        room("Manifests", ["Diagnostics", "YAMLSyntax", "ProfileModel"]),
        room("Planning", ["Diagnostics", "ProfileModel", "WireFormat", collections, crypto]),
        room("Views", ["Diagnostics", "ProfileModel", "WireFormat", "Planning", crypto]),

        // effects
        room("ProfilesAPI", ["ProfileModel", "WireFormat", asyncHTTPClient, httpTypes, nioCore, nioHTTP1, nioPosix]),
        room("Ledger", ["ProfileModel", "WireFormat", grdb]),
        room("Reconciler", ["ProfileModel", "WireFormat", "Planning", "ProfilesAPI", "Ledger"]),
        room("Sandbox", ["ProfileModel", grdb, httpTypes, hummingbird, logging, nioCore]),

        // edge
        room(
            "Commands",
            [
                "Diagnostics", "YAMLSyntax", "ProfileModel", "WireFormat", "Manifests", "Planning", "Views",
                "ProfilesAPI",
                "Ledger", "Reconciler", "Sandbox", argumentParser, crypto, httpTypes, logging, nioPosix,
            ]),
        .executableTarget(name: "profilectl", dependencies: ["Commands"], swiftSettings: settings),

        // benchmarks
        .target(name: "CYAMLLoop", dependencies: ["CLibYAML"]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "CYAMLLoop", "Diagnostics", "YAMLSyntax", "ProfileModel", "Manifests", "Planning", "WireFormat",
                asyncHTTPClient, nioCore, nioHTTP1,
            ],
            swiftSettings: settings),

        // tests
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("ProfileModelTests", ["ProfileModel"]),
        tests("YAMLSyntaxTests", ["YAMLSyntax", "Diagnostics"]),
        tests("WireFormatTests", ["WireFormat", "ProfileModel"]),
        tests("ManifestsTests", ["Manifests", "YAMLSyntax", "Diagnostics", "ProfileModel"]),
        tests("PlanningTests", ["Planning", "Diagnostics", "ProfileModel", "WireFormat"]),
        tests("ViewsTests", ["Views", "Planning", "Diagnostics", "ProfileModel", "WireFormat"]),
        tests("ProfilesAPITests", ["ProfilesAPI", "ProfileModel", "WireFormat", httpTypes]),
        tests("LedgerTests", ["Ledger", "ProfileModel", "WireFormat"]),
        tests("SandboxTests", ["Sandbox", "ProfileModel", httpTypes]),
        tests(
            "ReconcilerTests",
            [
                "Reconciler", "Sandbox", "ProfilesAPI", "Ledger", "Planning", "Diagnostics", "ProfileModel",
                "WireFormat", httpTypes,
            ]),
        tests(
            "CommandsTests",
            ["Commands", "Sandbox", "ProfilesAPI", "Diagnostics", "ProfileModel", "WireFormat", httpTypes]),
        tests(
            "Scenarios",
            [
                "Commands", "Diagnostics", "YAMLSyntax", "ProfileModel", "WireFormat", "Manifests", "Planning", "Views",
                "ProfilesAPI", "Ledger", "Reconciler", "Sandbox", httpTypes,
            ],
            exclude: [
                "adoption", "attributes", "causes", "deletes", "documents", "errors", "hostile", "identifiers",
                "lifecycle", "names", "order", "scopes", "users",
            ]),
        tests("AcceptanceTests", ["Ledger", "ProfileModel"]),
    ]
)
