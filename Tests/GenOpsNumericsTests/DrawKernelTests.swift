import CGSL
import CKernels
import Foundation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsNumerics

@Suite("Kernel of the draws")
struct DrawKernelTests {
  static let counts = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 100, 364, 365]

  static func numbers(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    var numbers = (0..<count).map { Double($0) * 1.37 - 90 }
    numbers.withUnsafeMutableBufferPointer { body($0) }
    return numbers
  }

  /// How many doubles lie between the two, of one sign.
  static func distance(_ a: Double, _ b: Double) -> Int64 {
    a == b ? 0 : abs(Int64(bitPattern: a.bitPattern) - Int64(bitPattern: b.bitPattern))
  }

  /// What a kernel makes of buffers of every length, as bits.
  static func everything(_ kernel: DrawKernel) -> [UInt64] {
    let key = RandomSource(seed: 11).key("kernel", purpose: "test")
    var all: [Double] = []
    for (index, count) in counts.enumerated() {
      var generator = RandomGenerator(key, path: index, step: 3)
      // From the first block, from the middle of one, and from where the second refill ends.
      for skipped in [0, 1, 9, 40] {
        for _ in 0..<skipped { _ = generator.word() }
        all += numbers(count) { generator.fillNormals($0, with: kernel) }
        all.append(Double(generator.word()))
      }
      all += numbers(count) {
        RandomGenerator.fillNormals($0, key: key, path: index, fromStep: 5, with: kernel)
      }
      all += numbers(count) { Exponential.apply($0, with: kernel) }
      all += numbers(count) { Vector.makeWhole($0, with: kernel) }
      all += numbers(count) { Vector.accumulate($0, drift: 0.37, spread: 1.1, with: kernel) }
      all += numbers(count) {
        for index in $0.indices { $0[index] = 1 + abs($0[index]) }
        if let start = $0.baseAddress { genops_logs(kernel.set, start, count) }
      }
    }
    return all.map(\.bitPattern)
  }

  @Test(
    "every instruction set gives the same bits for every length", arguments: DrawKernel.available)
  func sameBits(kernel: DrawKernel) {
    #expect(DrawKernelTests.everything(kernel) == DrawKernelTests.everything(.plain))
  }

  @Test(
    "the bits are the same on every processor and in every version: scenarios keep their futures")
  func pinned() {
    var bytes: [UInt8] = []
    for bits in DrawKernelTests.everything(.best) {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    // The same numbers from a program in C on x86-64.
    #expect(Digest.sha256(bytes).hasPrefix("ea706f6d05720e28"))
  }

  @Test(
    "one number is the number of a buffer, wherever it is drawn", arguments: DrawKernel.available)
  func oneAndMany(kernel: DrawKernel) {
    let key = RandomSource(seed: 12).key("kernel", purpose: "test")
    var generator = RandomGenerator(key, path: 7)
    let many = DrawKernelTests.numbers(365) { generator.fillNormals($0, with: kernel) }
    generator.seek(key, path: 7)
    for normal in many { #expect(generator.normal() == normal) }
    let steps = DrawKernelTests.numbers(40) {
      RandomGenerator.fillNormals($0, key: key, path: 7, fromStep: 100, with: kernel)
    }
    for (index, normal) in steps.enumerated() {
      generator.seek(key, path: 7, step: 100 + index)
      #expect(generator.normal() == normal)
    }
    let exponentials = DrawKernelTests.numbers(300) { Exponential.apply($0, with: kernel) }
    for (index, value) in exponentials.enumerated() {
      #expect(Exponential.value(Double(index) * 1.37 - 90) == value)
    }
  }

  @Test("a seek forgets the second number of a pair, and words in between do not")
  func spare() {
    let key = RandomKey(bits: 5)
    var generator = RandomGenerator(key, path: 1)
    let pair = (generator.normal(), generator.normal())
    generator.seek(key, path: 1)
    #expect(generator.normal() == pair.0)
    _ = generator.word()
    #expect(generator.normal() == pair.1)
    generator.seek(key, path: 1)
    _ = generator.normal()
    generator.seek(key, path: 1)
    #expect(generator.normal() == pair.0)
  }

  @Test("exp, ln and normal numbers are the table's, worked out with 60 digits")
  func table() throws {
    var kinds = [0, 0, 0]
    for line in TextCase.lines("draw-kernel") {
      let words = line.text.split(separator: " ").map(String.init)
      switch words[0] {
      case "exp":
        let value = Exponential.value(try #require(Double(words[1])))
        let right = try #require(Double(words[2]))
        #expect(DrawKernelTests.distance(value, right) <= 1, "\(line.text)")
        kinds[0] += 1
      case "ln":
        var number = try #require(Double(words[1]))
        genops_logs(GENOPS_KERNEL_PLAIN, &number, 1)
        let right = try #require(Double(words[2]))
        #expect(DrawKernelTests.distance(number, right) <= 1, "\(line.text)")
        kinds[1] += 1
      default:
        let pair = genops_normals_of(
          try #require(UInt32(words[1])), try #require(UInt32(words[2])))
        // Logarithm, root, sine and product, each off by one unit at most.
        for (value, right) in zip([pair.first, pair.second], words[3...]) {
          let right = try #require(Double(right))
          #expect(abs(value - right) <= 6e-16 * abs(right), "\(line.text)")
        }
        kinds[2] += 1
      }
    }
    #expect(kinds[0] > 300 && kinds[1] > 300 && kinds[2] > 300)
  }

  @Test("exp and ln are within one unit in the last place of the math library's")
  func dense() {
    var (furthest, logarithms) = (Int64(0), Int64(0))
    for index in -70_000...70_000 {
      let x = Double(index) * 0.0101
      furthest = max(furthest, DrawKernelTests.distance(Exponential.value(x), exp(x)))
      var y = 1 + Double(index + 70_000) * 0.000_017
      let right = log(y)
      genops_logs(GENOPS_KERNEL_PLAIN, &y, 1)
      logarithms = max(logarithms, DrawKernelTests.distance(y, right))
    }
    // A library may be off by one itself where the kernel is off to the other side.
    #expect(furthest <= 2 && logarithms <= 2, "\(furthest), \(logarithms)")
    #expect(Exponential.value(0) == 1)
    #expect(Exponential.value(-5000) < 1e-300)
    #expect(Exponential.value(5000).isFinite)
  }

  @Test("normal numbers are Box and Muller's of the generator's words")
  func words() {
    let key = RandomKey(bits: 0x0123_4567_89AB_CDEF)
    var generator = RandomGenerator(key, path: 9, step: 2)
    let normals = DrawKernelTests.numbers(400) { generator.fillNormals($0) }
    generator.seek(key, path: 9, step: 2)
    for index in stride(from: 0, to: 400, by: 2) {
      let u = (Double(generator.word()) + 0.5) * 0x1p-32
      let angle = (Double(generator.word()) + 0.5) * 0x1p-31 * Double.pi
      let radius = (-2 * log(u)).squareRoot()
      #expect(abs(normals[index] - radius * cos(angle)) < 1e-14)
      #expect(abs(normals[index + 1] - radius * sin(angle)) < 1e-14)
    }
  }

  @Test(
    "the tails have their probabilities up to 6 standard deviations", arguments: [4.5, 5, 5.5, 6])
  func tails(z: Double) {
    // Of the radii that can be drawn, each is beyond `z` in one direction with probability acos(z/r)/π.
    var sum = 0.0
    var word = 0.0
    while true {
      let radius = (-2 * log((word + 0.5) * 0x1p-32)).squareRoot()
      if radius <= z { break }
      sum += acos(z / radius)
      word += 1
    }
    let probability = sum / Double.pi * 0x1p-32
    #expect(abs(probability / gsl_cdf_ugaussian_Q(z) - 1) < 2e-3, "\(word) radii")
  }

  @Test("the quantiles of a million normals are GSL's")
  func quantiles() {
    var generator = RandomGenerator(RandomSource(seed: 13).key("quantiles", purpose: "test"))
    let n = 1_000_000
    let sorted = DrawKernelTests.numbers(n) { generator.fillNormals($0) }.sorted()
    for p in [0.0001, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999] {
      let right = gsl_cdf_ugaussian_Pinv(p)
      let error = (p * (1 - p) / Double(n)).squareRoot() / gsl_ran_ugaussian_pdf(right)
      #expect(abs(sorted[Int(p * Double(n))] - right) < 4 * error, "p = \(p)")
    }
  }

  @Test("sums are those of adding one by one, to rounding, and a longer buffer begins alike")
  func sums() {
    let long = DrawKernelTests.numbers(365) { Vector.accumulate($0, drift: 0.1, spread: 2) }
    var level = 0.0
    for index in 0..<365 {
      level += 0.1 + 2 * (Double(index) * 1.37 - 90)
      #expect(abs(long[index] - level) < 1e-9)
    }
    for count in DrawKernelTests.counts {
      let short = DrawKernelTests.numbers(count) { Vector.accumulate($0, drift: 0.1, spread: 2) }
      #expect(short == Array(long[..<count]))
    }
  }

  @Test("whole numbers are to the nearest, halves up, within 0 and 10¹⁵")
  func wholes() {
    let given = [0.4999, 0.5, 1.5, 2.5, -3, .nan, .infinity, -.infinity, 1e15 + 7, 0x1p40 + 0.5]
    var numbers = given
    numbers.withUnsafeMutableBufferPointer { Vector.makeWhole($0) }
    #expect(numbers == [0, 1, 2, 3, 0, 0, 1e15, 0, 1e15, 0x1p40 + 1])
  }
}
