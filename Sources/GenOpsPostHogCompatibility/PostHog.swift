public import GenOpsPostHog

/// The façade's name until the calls became members of `GenOps`. PostHog's own client for
/// Apple's systems is a module of this name, so the old name is a product of its own: import it where
/// programs still say `PostHog.capture`, and not beside that client.
@available(*, deprecated, renamed: "GenOps")
public typealias PostHog = GenOps
