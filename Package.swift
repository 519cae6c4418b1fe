// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: strict language mode, and no warning survives.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "fanpai",
    products: [
        .library(name: "Fanpai", targets: ["Fanpai", "Drawing", "Orders", "Typesetting", "Motion", "Raster", "Media"]),
        .executable(name: "fanpai", targets: ["FanpaiCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(
            name: "CText", pkgConfig: "pango", providers: [.apt(["libpango1.0-dev", "libfreetype-dev"])]),
        .systemLibrary(
            name: "CFFmpeg", pkgConfig: "libavformat",
            providers: [.apt(["libavcodec-dev", "libavformat-dev", "libswscale-dev", "libswresample-dev"])]),
        // Without pkgConfig: swift build warns of the flags in x264's, of which it needs none.
        .systemLibrary(name: "CX264", providers: [.apt(["libx264-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .target(name: "CFontTable", dependencies: ["CText"]),
        .target(name: "CRasterKernels"),
        .target(name: "CMediaKernels", linkerSettings: [.linkedLibrary("z")]),

        .target(name: "Drawing", dependencies: [crypto], swiftSettings: strict),
        .target(
            name: "Orders", dependencies: ["CArchive", crypto],
            resources: [.embedInCode("Shops.txt"), .embedInCode("Places.txt")],
            swiftSettings: strict),
        .target(name: "Typesetting", dependencies: ["Drawing", "CText", "CFontTable"], swiftSettings: strict),
        .target(
            name: "Motion", dependencies: ["Drawing", "Orders", "Typesetting", yams],
            resources: [.embedInCode("Checks/Claims.txt"), .embedInCode("Checks/SafeAreas.txt")], swiftSettings: strict),
        .target(name: "Raster", dependencies: ["Drawing", "CCairo", "CRasterKernels"], swiftSettings: strict),
        .target(name: "Media", dependencies: ["Drawing", "CFFmpeg", "CX264", "CMediaKernels"], swiftSettings: strict),
        .target(
            name: "Fanpai", dependencies: ["Drawing", "Orders", "Typesetting", "Motion", "Raster", "Media", crypto],
            swiftSettings: strict),
        // Writes Samples/; it must not import Orders, whose totals its own are compared with.
        .executableTarget(name: "SampleMaker", swiftSettings: strict),
        // The program behind `make bench`, and the C that it measures with: no product has them.
        .target(name: "CBenchmarkKernels", dependencies: ["CFFmpeg"], path: "Tests/Benchmarks/CBenchmarkKernels"),
        .executableTarget(
            name: "FanpaiBench",
            dependencies: [
                "Fanpai", "Drawing", "Orders", "Typesetting", "Motion", "Raster", "Media", "CBenchmarkKernels",
            ],
            path: "Tests/Benchmarks/FanpaiBench", swiftSettings: strict),
        .executableTarget(name: "FanpaiCLI", dependencies: ["Fanpai", argumentParser], swiftSettings: strict),

        .testTarget(name: "DrawingTests", dependencies: ["Drawing"], swiftSettings: strict),
        .testTarget(name: "OrdersTests", dependencies: ["Orders", "SampleMaker", "CArchive"], swiftSettings: strict),
        .testTarget(name: "TypesettingTests", dependencies: ["Drawing", "Typesetting"], swiftSettings: strict),
        .testTarget(
            name: "MotionTests", dependencies: ["Drawing", "Orders", "Typesetting", "Motion"], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(name: "RasterTests", dependencies: ["Drawing", "Raster"], swiftSettings: strict),
        .testTarget(name: "MediaTests", dependencies: ["Drawing", "Media"], swiftSettings: strict),
        .testTarget(
            name: "FanpaiTests",
            dependencies: ["Fanpai", "Drawing", "Orders", "Typesetting", "Motion", "Raster", "Media"],
            swiftSettings: strict),
        .testTarget(
            name: "FanpaiCLITests", dependencies: ["FanpaiCLI"], exclude: ["Fixtures"], swiftSettings: strict),
    ]
)
