/// The form of a US social security number: three, two and four digits with a hyphen or a space between.
///
/// Area 000, 666 and 900 to 999, group 00 and serial 0000 are not issued (Social Security
/// Administration, POMS RM 10201.030 and RM 10201.035).
enum SocialSecurityForm {
  static func occurs(in bytes: [UInt8]) -> Bool {
    guard bytes.count >= 11 else { return false }
    // The last place at which eleven bytes begin; there are at least eleven.
    return (0...bytes.count - 11).contains { isNumber(bytes, at: $0) }
  }

  private static func isNumber(_ bytes: [UInt8], at place: Int) -> Bool {
    let mark = bytes[place + 3]
    guard mark == 45 || mark == 32, bytes[place + 6] == mark else { return false }
    func number(_ digits: Range<Int>) -> Int? {
      var value = 0
      for index in digits {
        guard bytes[place + index].isDigit else { return nil }
        value = value * 10 + Int(bytes[place + index]) - 48
      }
      return value
    }
    guard let area = number(0..<3), let group = number(4..<6), let serial = number(7..<11),
      area != 0, area != 666, area < 900, group != 0, serial != 0
    else { return false }
    if NeighbourWord.isPart(bytes, before: place) || NeighbourWord.isPart(bytes, behind: place + 11)
    {
      return false
    }
    // Whether a longer number goes on before or behind.
    func isPart(_ neighbour: Int, _ next: Int) -> Bool {
      guard bytes.indices.contains(neighbour) else { return false }
      if bytes[neighbour].isDigit { return true }
      return [45, 46, mark].contains(bytes[neighbour]) && bytes.indices.contains(next)
        && bytes[next].isDigit
    }
    return !isPart(place - 1, place - 2) && !isPart(place + 11, place + 12)
  }
}
