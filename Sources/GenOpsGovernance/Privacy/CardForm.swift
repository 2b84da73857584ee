/// The form of a payment card's number.
enum CardForm {
  /// Digits that stand together.
  private struct Group {
    var digits: ArraySlice<UInt8>
    /// Whether it begins or ends within a word, such as a hash.
    var isGlued: Bool
    /// Whether it goes on from the group before it, over no more than three marks.
    var follows: Bool
    /// Whether it is the part of a decimal number before or behind the point.
    var isDecimal = false
    /// Whether it belongs to an account number such as DE89 3704 0044 0532 0130 00.
    var isAccount = false
  }

  static func occurs(in bytes: [UInt8]) -> Bool {
    guard bytes.count >= 13 else { return false }
    let groups = groups(in: bytes)
    return groups.indices.contains { first in
      var digits: [UInt8] = []
      var sizes: [Int] = []
      for group in groups[first...].prefix(5) {
        if (!sizes.isEmpty && !group.follows) || group.isGlued || group.isAccount { return false }
        digits += group.digits.map { $0 - 48 }
        sizes.append(group.digits.count)
        if digits.count > 19 { return false }
        if sizes.count == 1, group.isDecimal { continue }
        if isPrinted(sizes), isCard(digits) { return true }
      }
      return false
    }
  }

  private static func groups(in bytes: [UInt8]) -> [Group] {
    var groups: [Group] = []
    var index = 0
    var end = 0
    while index < bytes.count {
      guard bytes[index].isDigit else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index].isDigit { index += 1 }
      let between = bytes[end..<start]
      let follows =
        !groups.isEmpty && (1...3).contains(between.count)
        && between.allSatisfy { [32, 43, 45, 46, 95].contains($0) }
      var group = Group(
        digits: bytes[start..<index],
        isGlued: NeighbourWord.isPart(bytes, before: start)
          || NeighbourWord.isPart(bytes, behind: index),
        follows: follows)
      let isBehindLetters =
        start > 1 && bytes[start - 1].isLetter && bytes[start - 2].isLetter
        && (start == 2 || !bytes[start - 3].isAlphanumeric)
      group.isAccount =
        (isBehindLetters && group.digits.count == 2)
        || (follows && groups.last?.isAccount == true)
      if follows, between.elementsEqual([46]) {
        group.isDecimal = true
        groups[groups.count - 1].isDecimal = true
      }
      groups.append(group)
      end = index
    }
    return groups
  }

  /// Whether cards are printed or typed in groups of these sizes.
  private static func isPrinted(_ sizes: [Int]) -> Bool {
    if sizes.count == 1 || sizes == [4, 6, 5] || sizes == [4, 6, 4] || sizes == [8, 8] {
      return true
    }
    return sizes.dropLast().allSatisfy { $0 == 4 } && (sizes.last ?? 0) <= 4
  }

  private static func isCard(_ digits: [UInt8]) -> Bool {
    (13...19).contains(digits.count) && digits.contains { $0 != digits[0] }
      && isOfNetwork(digits) && hasCheckDigit(digits) && !isArticle(digits)
  }

  /// ISO/IEC 7812-1, annex B: H. P. Luhn's sum.
  private static func hasCheckDigit(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// Whether it is an article's number (EAN-13, ISO/IEC 15420) as well, of which there are many more
  /// than of cards with thirteen digits, which are issued no longer.
  private static func isArticle(_ digits: [UInt8]) -> Bool {
    guard digits.count == 13 else { return false }
    let sum = digits.enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset % 2 == 1 ? 3 : 1) }
    return sum % 10 == 0
  }

  /// First six digits and lengths, from the networks' published ranges. A number of the right check
  /// digit that no network has is a serial number: one in ten of any numbers has it.
  private static let networks: [(range: ClosedRange<Int>, lengths: Set<Int>)] = [
    (400_000...499_999, [13, 16, 19]),  // Visa
    (510_000...559_999, [16]), (222_100...272_099, [16]),  // Mastercard
    (340_000...349_999, [15]), (370_000...379_999, [15]),  // American Express
    (300_000...305_999, [14, 16]), (309_500...309_599, [14, 16]),  // Diners Club
    (360_000...369_999, [14, 16]), (380_000...399_999, [14, 16]),
    (352_800...358_999, [16, 17, 18, 19]),  // JCB
    (601_100...601_199, [16, 17, 18, 19]), (644_000...659_999, [16, 17, 18, 19]),  // Discover
    (620_000...629_999, [16, 17, 18, 19]),  // UnionPay
    (810_000...828_999, [16, 17, 18, 19]),  // RuPay
    (501_800...501_899, [13, 14, 15, 16, 17, 18, 19]),  // Maestro
    (502_000...502_099, [13, 14, 15, 16, 17, 18, 19]),
    (503_800...503_899, [13, 14, 15, 16, 17, 18, 19]),
    (589_300...589_399, [13, 14, 15, 16, 17, 18, 19]),
    (630_400...630_499, [13, 14, 15, 16, 17, 18, 19]),
    (675_900...676_399, [13, 14, 15, 16, 17, 18, 19]),
    (220_000...220_499, [16, 17, 18, 19]),  // Mir
    (506_000...509_999, [16, 18, 19]), (607_000...609_999, [16]),  // Verve, Elo, RuPay
    (979_200...979_299, [16]),  // Troy
  ]

  private static func isOfNetwork(_ digits: [UInt8]) -> Bool {
    let prefix = digits.prefix(6).reduce(0) { $0 * 10 + Int($1) }
    return networks.contains { $0.range.contains(prefix) && $0.lengths.contains(digits.count) }
  }
}
