/// Runs `body` to its end, also when the task that waits for it is cancelled: a cancelled task
/// sends nothing, and what is left at the end of a process would be lost by the end itself.
func untilDone(_ body: @escaping @Sendable () async -> Void) async {
  await Task { await body() }.value
}
