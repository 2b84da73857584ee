import GenOpsGateway

/// The program: one call.
@main
struct GatewayMain {
  static func main() async { await GatewayProgram.main() }
}
