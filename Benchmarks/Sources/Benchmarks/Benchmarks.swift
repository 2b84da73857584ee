@main
struct Benchmarks {
  static func main() throws {
    let wanted = Set(CommandLine.arguments.dropFirst())
    func runs(_ name: String) -> Bool { wanted.isEmpty || wanted.contains(name) }
    if runs("core") { try benchmarkCore() }
    if runs("capture") { try benchmarkCapture() }
  }
}
