/// A fixed number of plain values in memory that one owner frees.
///
/// Arrays inside a structure cost the adapter's core a uniqueness check and two bounds checks per
/// access, measured at ten times the work itself. Safe because: it is `~Copyable`, so there is one
/// owner; the memory is initialised in `init` and freed in `deinit` only; elements are
/// `BitwiseCopyable`, so nothing has to be destroyed; and no pointer leaves the type.
///
/// Public because the adapter's own tables are read at every capture: what is not inlined there
/// costs as much as the decision.
public struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline private(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline private(set) var storedCount: Int
  private var capacity: Int

  /// How many values there are.
  @inlinable public var count: Int { storedCount }

  /// The places of the values.
  @inlinable public var indices: Range<Int> { 0..<storedCount }

  /// A buffer with these values.
  public init(_ values: some Collection<Element>) {
    storedCount = values.count
    capacity = max(1, storedCount)
    base = .allocate(capacity: capacity)
    var next = base
    for value in values {
      next.initialize(to: value)
      next += 1
    }
  }

  deinit { base.deallocate() }

  /// The value at `index`, `0..<count`; checked in debug builds only.
  @inlinable
  public subscript(index: Int) -> Element {
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
  public mutating func append(_ value: Element) {
    if storedCount == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
      larger.initialize(from: base, count: storedCount)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    (base + storedCount).initialize(to: value)
    storedCount += 1
  }

  /// Takes over the values of a buffer of the same length.
  public func copy(from other: borrowing FlatBuffer<Element>) {
    assert(other.count == count)
    base.update(from: other.base, count: storedCount)
  }
}
