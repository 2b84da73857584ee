// swift-tools-version: 6.2
import PackageDescription

// The house rules of the compiler, the same for every target. `ARCHITECTURE.md` holds the table of
// who may import whom; `scripts/check-targets` compares it with what this file declares.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// What draws, prices and admits takes ten times as long without optimization, and tests do it much: with this in the
// environment, as `make test` has it, debug builds have it too. Checks of overflow and bounds stay. It is not always
// so, since a package with such flags cannot be depended on.
let hot: Set =
  Context.environment["GENOPS_FAST_TESTS"] == nil
  ? []
  : [
    "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsAdmission", "GenOpsNumerics",
    "GenOpsForecasting", "GenOpsIngestion", "GenOpsSimulation",
  ]
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A library target of this package with its tests, under the strict settings.
func house(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  exclude: [String] = [],
  testsAlsoUse testDependencies: [Target.Dependency] = [], testResources: [Resource] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, exclude: exclude, resources: resources,
      swiftSettings: hot.contains(name) ? strict + optimized : strict),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.byName(name: name), "GenOpsTestSupport"] + dependencies + testDependencies,
      resources: testResources, swiftSettings: strict),
  ]
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let tracing: Target.Dependency = .product(name: "Tracing", package: "swift-distributed-tracing")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "genops-posthog",
  platforms: [.macOS(.v15)],
  products: [
    // The adapter with the modules whose types it shows.
    .library(
      name: "GenOpsPostHog",
      targets: [
        "GenOpsPostHog", "GenOpsAdmission", "GenOpsGovernance", "GenOpsCosting", "GenOpsMetering",
        "GenOpsUnits",
      ]),
    // The façade's old name, which posthog-ios's module has too.
    .library(name: "GenOpsPostHogCompatibility", targets: ["GenOpsPostHogCompatibility"]),
    .library(name: "GenOpsTelemetry", targets: ["GenOpsTelemetry"]),
    .library(name: "GenOpsPostHogTesting", targets: ["GenOpsPostHogTesting"]),
    .library(name: "GenOpsLedger", targets: ["GenOpsLedger"]),
    .library(name: "GenOpsPostHogHTTP", targets: ["GenOpsPostHogHTTP"]),
    .library(name: "GenOpsHummingbird", targets: ["GenOpsHummingbird"]),
    .library(name: "GenOpsIngestion", targets: ["GenOpsIngestion"]),
    // Growth models with the numbers they are made of; links GSL.
    .library(name: "GenOpsForecasting", targets: ["GenOpsForecasting", "GenOpsNumerics"]),
    .executable(name: "genops", targets: ["genops"]),
    .executable(name: "genops-gateway", targets: ["genops-gateway"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CCodec",
      providers: [
        .apt(["zlib1g-dev", "libzstd-dev", "libbrotli-dev"]), .brew(["zlib", "zstd", "brotli"]),
      ]),
  ]
    + [
      // Our own C, of one source for several instruction sets.
      .target(name: "CKernels")
    ]
    + house("GenOpsUnits", testResources: [.copy("Cases")])
    + house("GenOpsMetering", ["GenOpsUnits", "CKernels"], testResources: [.copy("Cases")])
    + house(
      "GenOpsCosting", ["GenOpsUnits", "GenOpsMetering"],
      resources: [
        .embedInCode("Books/posthog-2026-08.json"), .embedInCode("Books/posthog-2024-07.json"),
        .embedInCode("Books/posthog-2023-11.json"), .embedInCode("Books/posthog-2023-05.json"),
        .embedInCode("Books/posthog-2021.json"), .embedInCode("Books/genops-guide.json"),
      ],
      testResources: [.copy("Cases")])
    + house(
      "GenOpsGovernance", ["GenOpsUnits", "GenOpsMetering", "GenOpsCosting"],
      testResources: [.copy("Cases")])
    + house(
      "GenOpsAdmission", ["GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance"])
    + house(
      "GenOpsPostHog",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsAdmission",
        tracing, metrics, logging,
      ],
      testsAlsoUse: [
        .product(name: "InMemoryLogging", package: "swift-log"),
        "GenOpsPostHogTesting",
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
      ], testResources: [.copy("Samples")])
    + house(
      "GenOpsTelemetry", ["GenOpsUnits", "GenOpsPostHog", tracing],
      testsAlsoUse: [
        "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsPostHogTesting",
      ],
      testResources: [.copy("Golden")])
    + house(
      "GenOpsPostHogTesting",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsGovernance", "GenOpsAdmission", "GenOpsPostHog",
      ])
    + house(
      "GenOpsLedger",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsGovernance", "GenOpsAdmission", "GenOpsPostHog",
        grdb,
      ],
      testsAlsoUse: ["GenOpsPostHogTesting", "GenOpsIngestion", "ledger-load"])
    + [
      // What several test targets use; no program and no product has it.
      .target(
        name: "GenOpsTestSupport",
        dependencies: [
          "GenOpsUnits", "GenOpsMetering", "GenOpsGovernance", "GenOpsPostHog",
          "GenOpsPostHogTesting",
        ], path: "Tests/Support", swiftSettings: strict),
      .testTarget(
        name: "ExampleTests",
        dependencies: [
          "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsAdmission", "GenOpsGovernance",
          "GenOpsPostHog",
          "GenOpsPostHogTesting", "GenOpsTestSupport",
        ], exclude: ["Golden"], swiftSettings: strict),
      // A process of its own that tests start, kill and run several of.
      .executableTarget(
        name: "ledger-load",
        dependencies: [
          "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsAdmission",
          "GenOpsPostHog", "GenOpsLedger",
        ],
        path: "Tests/ledger-load", exclude: ["faults", "run"], swiftSettings: strict),
    ]
    + house(
      "GenOpsPostHogHTTP",
      ["GenOpsUnits", "GenOpsPostHog", "CCodec", httpClient, lifecycle] + nio,
      testsAlsoUse: [
        "GenOpsMetering", "GenOpsGovernance", "GenOpsLedger", "GenOpsTelemetry",
        "GenOpsPostHogTesting", "example-shop", logging,
      ])
    + [
      .target(
        name: "GenOpsPostHogCompatibility", dependencies: ["GenOpsPostHog"],
        swiftSettings: strict),
      // What stands in for another client of the name `PostHog`; tests only.
      .target(
        name: "PostHogSDKDouble", path: "Tests/PostHogSDKDouble", swiftSettings: strict),
      .testTarget(
        name: "GenOpsPostHogCompatibilityTests",
        dependencies: [
          "GenOpsPostHogCompatibility", "GenOpsPostHog", "GenOpsPostHogTesting",
          "GenOpsTestSupport", "PostHogSDKDouble",
        ],
        // The old name is deprecated, and here it is used.
        swiftSettings: strict + [.treatWarning("DeprecatedDeclaration", as: .warning)]),
      // The program that docs/server.md shows.
      .executableTarget(
        name: "example-shop",
        dependencies: [
          "GenOpsPostHog", "GenOpsPostHogHTTP", "GenOpsLedger", "GenOpsTelemetry",
          "GenOpsHummingbird", hummingbird,
        ], path: "Examples/Shop", swiftSettings: strict),
    ]
    + house(
      "GenOpsHummingbird",
      ["GenOpsUnits", "GenOpsMetering", "GenOpsPostHog", hummingbird],
      testsAlsoUse: [
        "GenOpsPostHogHTTP", "GenOpsCosting", "GenOpsGovernance", "GenOpsPostHogTesting",
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
      ])
    + house(
      "GenOpsGateway",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsGovernance", "GenOpsIngestion", "GenOpsPostHog",
        "GenOpsPostHogHTTP", "GenOpsLedger", "GenOpsTelemetry", hummingbird, httpClient, lifecycle,
        .product(name: "HummingbirdCore", package: "hummingbird"), httpTypes, logging, arguments,
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ] + nio,
      resources: [.embedInCode("Dashboard/style.css"), .embedInCode("Dashboard/openapi.json")],
      testsAlsoUse: ["CCodec", "GenOpsPostHogTesting", "genops-gateway"])
    + [
      .executableTarget(
        name: "genops-gateway", dependencies: ["GenOpsGateway"], swiftSettings: strict)
    ]
    + house(
      "GenOpsNumerics", ["CGSL", "CKernels", "GenOpsUnits"], testsAlsoUse: ["GenOpsForecasting"],
      testResources: [.copy("Cases")])
    + house(
      "GenOpsForecasting", ["GenOpsUnits", "GenOpsNumerics"], testResources: [.copy("Cases")])
    + house(
      "GenOpsIngestion", ["GenOpsUnits", "GenOpsMetering", "CCodec", "CKernels"],
      testsAlsoUse: ["GenOpsHistory"],
      testResources: [.copy("Samples"), .copy("Cases")])
    + house(
      "GenOpsHistory", ["GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsIngestion"],
      testResources: [.copy("Cases")])
    + house(
      "GenOpsScenario",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsNumerics",
        "GenOpsForecasting", "GenOpsIngestion", "GenOpsHistory", yams,
      ])
    + house(
      "GenOpsSimulation",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsAdmission",
        "GenOpsPostHog", "GenOpsNumerics", "GenOpsForecasting", "GenOpsIngestion", "GenOpsHistory",
        "GenOpsScenario",
      ], testsAlsoUse: ["GenOpsLedger"], testResources: [.copy("Cases")])
    + house(
      "GenOpsReporting",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsAdmission",
        "GenOpsPostHog", "GenOpsNumerics", "GenOpsForecasting", "GenOpsHistory", "GenOpsScenario",
        "GenOpsSimulation", mustache,
      ], testsAlsoUse: ["GenOpsCommands"], testResources: [.copy("Golden")])
    + house(
      "GenOpsCommands",
      [
        "GenOpsUnits", "GenOpsMetering", "GenOpsCosting", "GenOpsGovernance", "GenOpsPostHog",
        "GenOpsNumerics", "GenOpsForecasting", "GenOpsIngestion", "GenOpsHistory", "GenOpsScenario",
        "GenOpsSimulation", "GenOpsReporting", arguments,
      ], testResources: [.copy("Golden")])
    + [
      .executableTarget(
        name: "genops", dependencies: ["GenOpsCommands"],
        swiftSettings: strict),
      .testTarget(
        name: "CommandLineTests", dependencies: ["genops"],
        resources: [.copy("Cases")], swiftSettings: strict),
    ]
)
