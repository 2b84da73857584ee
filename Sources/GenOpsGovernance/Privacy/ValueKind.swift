/// A kind of value that is recognised by its form, whatever the property is called and whatever stands
/// beside it: a full stop, a port, a security code, URL-encoding.
///
/// The tests are forms and check digits, no dictionaries: they miss what has no form, such as names.
/// What they find and what looks like it and is left alone is listed, to be extended, in
/// `Tests/GenOpsGovernanceTests/Cases/values.cases`.
public enum ValueKind: String, Sendable, Hashable, CaseIterable {
  /// `name@host.tld`.
  case email
  /// A number of a payment network's prefix and length with a right check digit (ISO/IEC 7812-1), in
  /// one piece or in the groups that cards print.
  case cardNumber = "card_number"
  /// A US social security number, `ddd-dd-dddd`, in ranges that are issued.
  case ssn
  /// An IPv4 address in dotted decimals, or an IPv6 address.
  case ipAddress = "ip_address"
  /// An access key, by the prefixes of well-known issuers, or a JSON Web Token.
  case apiKey = "api_key"

  /// Whether `text` holds a value of this form.
  package func occurs(in text: String) -> Bool { occurs(in: ValueText(text)) }

  func occurs(in text: ValueText) -> Bool {
    text.forms.contains { bytes in
      switch self {
      case .email: EmailForm.occurs(in: bytes)
      case .cardNumber: CardForm.occurs(in: bytes)
      case .ssn: SocialSecurityForm.occurs(in: bytes)
      case .ipAddress: AddressForm.occurs(in: bytes)
      case .apiKey: KeyForm.occurs(in: bytes)
      }
    }
  }
}
