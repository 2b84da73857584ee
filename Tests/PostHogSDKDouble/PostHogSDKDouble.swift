/// Stands in for posthog-ios, whose module is called so: another `PostHog` beside ours.
package enum PostHog {
  package static let isAnotherClient = true
}
