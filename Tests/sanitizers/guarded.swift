import Synchronization

// Eight tasks count under a lock; with an argument, beside it too, which is a race.

final class Counter: @unchecked Sendable {
  let guarded = Mutex(0)
  var bare = 0
}

@main
struct Main {
  static func main() async {
    let counter = Counter()
    let isBare = CommandLine.arguments.count > 1
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<200_000 { counter.guarded.withLock { $0 += 1 } }
          if isBare { counter.bare += 1 }
        }
      }
    }
    print(counter.guarded.withLock { $0 })
  }
}
