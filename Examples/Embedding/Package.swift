// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as an application has it: it uses the products of this repository by path and
// gets what they need, no more. `scripts/check-linkage` builds it where no libgsl is.
let package = Package(
  name: "Embedding",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "genops-posthog", path: "../.."),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
  ],
  targets: [
    .executableTarget(
      name: "Embedding",
      dependencies: [
        .product(name: "GenOpsPostHog", package: "genops-posthog"),
        .product(name: "GenOpsPostHogHTTP", package: "genops-posthog"),
        .product(name: "GenOpsIngestion", package: "genops-posthog"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ]),
    .executableTarget(
      name: "Server",
      dependencies: [
        .product(name: "GenOpsPostHog", package: "genops-posthog"),
        .product(name: "GenOpsHummingbird", package: "genops-posthog"),
        .product(name: "GenOpsLedger", package: "genops-posthog"),
        .product(name: "GenOpsTelemetry", package: "genops-posthog"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
  ]
)
