// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let package = Package(
  name: "Yilian",
  platforms: [.macOS("26.0")],
  products: [
    .executable(name: "yilian", targets: ["YilianCommand"]),
    .library(name: "SimulationKernel", targets: ["SimulationKernel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // The floors, lowest first: a target uses only what stands above it here.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .target(name: "CKernelHints"),
    .target(name: "SimulationKernel", dependencies: ["CKernelHints"]),
    .target(name: "Randomness", dependencies: ["CGSL"]),
    .target(name: "OutputAnalysis", dependencies: ["CGSL"]),
    .target(name: "ExperimentDesigns", dependencies: ["CGSL", "Randomness"]),
    .target(name: "SensitivityAnalysis", dependencies: ["CGSL", "Randomness", "OutputAnalysis"]),
    .target(name: "InputAnalysis", dependencies: ["CGSL", "Randomness"]),
    .target(name: "Metamodels", dependencies: ["CGSL", "Randomness"]),
    .target(
      name: "Calibration", dependencies: ["CGSL", "Randomness", "ExperimentDesigns", "Metamodels"]),
    .target(
      name: "SimulationSearch",
      dependencies: ["CGSL", "OutputAnalysis", "ExperimentDesigns", "Metamodels"]),
    .target(
      name: "CarePathways", dependencies: ["SimulationKernel", "Randomness", "OutputAnalysis"]),
    .target(
      name: "PatientFlow",
      dependencies: ["SimulationKernel", "Randomness", "OutputAnalysis", "CarePathways"]),
    .target(
      name: "ModelFiles",
      dependencies: [
        "SimulationKernel", "Randomness", "OutputAnalysis", "ExperimentDesigns", "CarePathways",
        "PatientFlow",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "ExperimentRunner",
      dependencies: [
        "SimulationKernel", "Randomness", "OutputAnalysis", "SensitivityAnalysis", "Metamodels",
        "SimulationSearch", "Calibration", "CarePathways", "PatientFlow", "ModelFiles",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "Reporting",
      dependencies: [
        "OutputAnalysis", "InputAnalysis", "SensitivityAnalysis", "Metamodels", "SimulationSearch",
        "Calibration", "ModelFiles", "ExperimentRunner",
      ],
      resources: [.embedInCode("Charts/render-charts.py"), .embedInCode("Report/report.css")]),
    .executableTarget(
      name: "YilianCommand",
      dependencies: [
        "OutputAnalysis", "InputAnalysis", "SensitivityAnalysis", "Calibration", "ModelFiles",
        "ExperimentRunner",
        "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "NetworkBenchmark", dependencies: ["SimulationKernel", "Randomness", "CarePathways"],
      path: "Sources/Benchmarks/NetworkBenchmark"),
    .executableTarget(
      name: "RegionBenchmark",
      dependencies: [
        "SimulationKernel", "Randomness", "CarePathways", "PatientFlow", "ModelFiles",
      ],
      path: "Sources/Benchmarks/RegionBenchmark"),
    .executableTarget(
      name: "KernelBenchmark", dependencies: ["SimulationKernel"],
      path: "Sources/Benchmarks/KernelBenchmark"),

    .testTarget(name: "SimulationKernelTests", dependencies: ["SimulationKernel"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness", "CGSL"]),
    .testTarget(
      name: "CarePathwaysTests",
      dependencies: ["SimulationKernel", "Randomness", "OutputAnalysis", "CarePathways"]),
    .testTarget(name: "OutputAnalysisTests", dependencies: ["OutputAnalysis", "Randomness"]),
    .testTarget(name: "ExperimentDesignsTests", dependencies: ["ExperimentDesigns"]),
    .testTarget(
      name: "SensitivityAnalysisTests",
      dependencies: ["SensitivityAnalysis", "ExperimentDesigns", "Randomness", "OutputAnalysis"]),
    .testTarget(
      name: "SimulationSearchTests",
      dependencies: ["SimulationSearch", "OutputAnalysis", "Randomness"]),
    .testTarget(name: "InputAnalysisTests", dependencies: ["InputAnalysis", "Randomness", "CGSL"]),
    .testTarget(name: "CalibrationTests", dependencies: ["Calibration", "Randomness"]),
    .testTarget(name: "MetamodelsTests", dependencies: ["Metamodels", "Randomness"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "SimulationKernel", "Randomness", "OutputAnalysis", "SensitivityAnalysis", "InputAnalysis",
        "ModelFiles", "ExperimentRunner", "Reporting",
      ]),
    .testTarget(
      name: "ExperimentRunnerTests",
      dependencies: [
        "SimulationKernel", "Randomness", "OutputAnalysis", "ModelFiles", "ExperimentRunner",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "ModelFilesTests",
      dependencies: [
        "SimulationKernel", "Randomness", "OutputAnalysis", "ExperimentDesigns", "CarePathways",
        "ModelFiles",
      ],
      exclude: ["Faulty"]),
    .testTarget(
      name: "ValidationTests",
      dependencies: [
        "SimulationKernel", "Randomness", "OutputAnalysis", "CarePathways", "ModelFiles",
      ]),
    .testTarget(name: "PatientFlowInsuranceTests", dependencies: ["PatientFlow"]),
    .testTarget(
      name: "PatientFlowTests",
      dependencies: [
        "CGSL", "SimulationKernel", "Randomness", "OutputAnalysis", "CarePathways", "PatientFlow",
        "ModelFiles",
      ],
      exclude: ["Regions", "Faulty"]),
  ],
  swiftLanguageModes: [.v6]
)
