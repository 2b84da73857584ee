/// The rules on data that a framework selects. They name properties as PostHog's clients and the
/// integration guide write them; an application adds its own with `data-classification`, whose
/// rules may stand before or after these.
extension ComplianceFramework {
  /// What must not leave.
  public var dataRules: [DataRule] {
    switch self {
    case .sox: []
    case .gdpr:
      [
        // GDPR Art. 9(1): special categories.
        DataRule(
          "special-category",
          properties: [
            "ethnic*", "race", "religio*", "political*", "trade_union*", "genetic*", "biometric*",
            "health*", "diagnosis*", "sexual*",
          ], action: .block),
        // GDPR Art. 5(1)(c): an address is not needed for counting.
        DataRule("network-address", properties: ["$ip", "ip", "ip_address"], action: .remove),
        DataRule("secret", values: [.apiKey, .cardNumber], action: .redact),
      ]
    case .hipaa:
      [
        DataRule(
          "health",
          properties: [
            "diagnosis*", "icd10*", "icd_10*", "medication*", "prescription*", "treatment*",
            "lab_result*", "procedure_code*", "symptom*",
          ], action: .block),
        // 45 CFR 164.514(b)(2)(i): identifiers that de-identification takes out, by the names they
        // usually have.
        DataRule(
          "identifier",
          properties: [
            "email", "$email", "name", "first_name", "last_name", "full_name", "$name", "phone*",
            "fax*", "address", "street*", "zip*", "postal_code", "birth*", "date_of_birth", "dob",
            "ssn", "social_security*", "medical_record*", "mrn", "health_plan*", "beneficiary*",
            "account_number", "license*", "certificate_number", "vehicle*", "license_plate",
            "device_serial*", "photo*", "fingerprint", "$ip", "ip", "ip_address",
            "$geoip_latitude", "$geoip_longitude", "$geoip_postal_code",
          ],
          values: [.email, .ssn, .ipAddress, .cardNumber, .apiKey], action: .redact),
      ]
    }
  }

  /// How long things are kept. GDPR names no number; three years is the integration guide's. Audit
  /// logs are kept for good unless a policy says otherwise.
  public var retention: RetentionRules {
    self == .gdpr ? RetentionRules(events: RetentionSpan(3, .years)) : RetentionRules()
  }
}
