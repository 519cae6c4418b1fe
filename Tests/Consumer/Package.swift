// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Consumer",
    dependencies: [.package(name: "fanpai", path: "../..")],
    targets: [
        .executableTarget(name: "Consumer", dependencies: [.product(name: "Fanpai", package: "fanpai")])
    ]
)
