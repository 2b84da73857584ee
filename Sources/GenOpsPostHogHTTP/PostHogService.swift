public import GenOpsPostHog
public import ServiceLifecycle

/// Delivery, and the polling of flags, as a service of an application: they run until the
/// application shuts down, and what is left is then sent.
///
/// ```swift
/// let group = ServiceGroup(services: [PostHogService(delivery), server], logger: logger)
/// ```
///
/// Services shut down in the reverse of their order: list this one **before** those that capture,
/// so that it ends after them.
public struct PostHogService: Service {
  private let delivery: EventDelivery
  private let flags: FeatureFlags?

  /// Runs the delivery and, where given, the polling of flags.
  public init(_ delivery: EventDelivery, flags: FeatureFlags? = nil) {
    self.delivery = delivery
    self.flags = flags
  }

  public func run() async {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        if let flags { group.addTask { await flags.run() } }
        await delivery.run()
        // Polling has no end of its own.
        group.cancelAll()
      }
    } onGracefulShutdown: {
      delivery.shutDown()
    }
  }
}
