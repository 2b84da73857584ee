// swift-tools-version: 6.2
import PackageDescription

// Measures, apart from the package so that nobody who depends on it builds them. `Benchmarks/run`
// prints the table.
let package = Package(
  name: "genops-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "genops-posthog", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        .product(name: "GenOpsPostHog", package: "genops-posthog"),
        .product(name: "GenOpsIngestion", package: "genops-posthog"),
        .product(name: "GenOpsLedger", package: "genops-posthog"),
        .product(name: "GenOpsForecasting", package: "genops-posthog"),
      ])
  ]
)
