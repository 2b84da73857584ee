/// A fixed number of plain values in memory that one owner frees.
///
/// Arrays inside a structure cost the adapter's core a uniqueness check and two bounds checks per
/// access, measured at ten times the work itself. Safe because: it is `~Copyable`, so there is one
/// owner; the memory is initialised in `init` and freed in `deinit` only; elements are
/// `BitwiseCopyable`, so nothing has to be destroyed; and no pointer leaves the module.
struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private var capacity: Int

  init(_ values: some Collection<Element>) {
    count = values.count
    capacity = max(1, count)
    base = .allocate(capacity: capacity)
    var next = base
    for value in values {
      next.initialize(to: value)
      next += 1
    }
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) nonmutating _modify {
      assert(index >= 0 && index < count)
      yield &base[index]
    }
  }

  /// Adds a value at the end; moves the memory when it is full.
  mutating func append(_ value: Element) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
      larger.initialize(from: base, count: count)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    (base + count).initialize(to: value)
    count += 1
  }

  /// Takes over the values of a buffer of the same length.
  func copy(from other: borrowing FlatBuffer<Element>) {
    assert(other.count == count)
    base.update(from: other.base, count: count)
  }
}
