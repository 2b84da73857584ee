import GenOpsMetering
package import GenOpsPostHog
package import GenOpsUnits

/// A configuration file of the gateway: JSON with the settings of the adapter, and a few keys of its own.
///
/// ```json
/// {
///   "upstream": "https://eu.i.posthog.com",
///   "daily_budget_limit": "50.00", "governance_policy": "enforced", "opening_usage": "nothing",
///   "accounts": {"agency": {"keys": ["phc_b"], "settings": {"daily_budget_limit": "5.00"}}},
///   "attribution": [{"when": {"key": "phc_web"}, "set": {"team": "growth"}}]
/// }
/// ```
package struct GatewayFile: Sendable {
  package var listen: String?
  package var upstream: PostHogHost?
  package var ledger: String?
  package var pathPrefix: String?
  package var isBehindProxy: Bool?
  package var dashboard: String?
  package var workbench: String?
  /// Of the default account.
  package var settings = SettingsLayer()
  package var accounts: [(name: String, keys: Set<String>, settings: SettingsLayer)] = []
  package var attribution: [AttributionRule] = []

  private static let own = [
    "listen", "upstream", "ledger", "path_prefix", "behind_proxy", "accounts", "attribution",
    "dashboard", "workbench",
  ]

  private init() {}

  /// Reads the file; what is wrong with it is in `findings`.
  package init(path: String, _ findings: inout Findings) {
    self.init()
    let bytes: [UInt8]
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.content(of: path, atMost: 1 << 20)
    } catch {
      findings.error(
        "no-file", "the configuration file '\(path)' cannot be read", help: "check the path")
      return
    }
    do throws(FindingsError) {
      self = GatewayFile(try JSONParser.parse(bytes, file: path), &findings)
    } catch { findings.merge(error.findings) }
  }

  /// Reads what stands in it.
  package init(_ node: Node, _ findings: inout Findings) {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "a configuration is an object, this is \(node.kindName)",
        help: #"write {"daily_budget_limit": "50.00"}"#, at: node.location)
      return
    }
    var rest = node
    rest.content = .mapping(entries.filter { !GatewayFile.own.contains($0.key) })
    settings = SettingsLayer(rest, &findings)
    var mine = node
    mine.content = .mapping(entries.filter { GatewayFile.own.contains($0.key) })
    var keys = MappingReader(mine, "the configuration", &findings)
    listen = keys.take("listen")?.text
    if let node = keys.take("upstream") { upstream = host(node, &findings) }
    ledger = keys.take("ledger")?.text
    pathPrefix = keys.take("path_prefix")?.text
    dashboard = keys.take("dashboard")?.text
    workbench = keys.take("workbench")?.text
    if let node = keys.take("behind_proxy") {
      isBehindProxy = node.text == "true"
      if node.text != "true", node.text != "false" {
        findings.error(
          "setting-flag", "behind_proxy is neither true nor false", help: "write true or false",
          at: node.location)
      }
    }
    if let node = keys.take("accounts") { accounts = readAccounts(node, &findings) }
    if let node = keys.take("attribution") {
      attribution = (node.sequence ?? []).map { readRule($0, &findings) }
      if node.sequence == nil {
        findings.error(
          "wrong-type", "attribution is a list of rules", help: #"write [{"when": …, "set": …}]"#,
          at: node.location)
      }
    }
  }

  private func host(_ node: Node, _ findings: inout Findings) -> PostHogHost? {
    do throws(FindingsError) { return try PostHogHost(node.text ?? "") } catch {
      for finding in error.findings.all {
        findings.error(finding.code, finding.message, help: finding.help, at: node.location)
      }
      return nil
    }
  }

  private func readAccounts(_ node: Node, _ findings: inout Findings)
    -> [(name: String, keys: Set<String>, settings: SettingsLayer)]
  {
    var all = MappingReader(node, "the accounts", &findings)
    var known: Set<String> = []
    return all.takeRest().map { entry in
      var keys = MappingReader(entry.value, "an account", &findings)
      var own: Set<String> = []
      for key in keys.take("keys")?.sequence ?? [] {
        let text = key.text ?? ""
        if text.isEmpty || !known.insert(text).inserted {
          findings.error(
            "account-key", "the account '\(entry.key)' names a key that is empty or another's",
            help: "name each project's key once", at: key.location)
        }
        own.insert(text)
      }
      if own.isEmpty {
        findings.error(
          "account-key", "the account '\(entry.key)' has no keys, so nothing would be its own",
          help: #"add "keys": ["phc_…"]"#, at: entry.keyLocation)
      }
      let settings = keys.take("settings").map { SettingsLayer($0, &findings) } ?? SettingsLayer()
      keys.finish(&findings)
      return (entry.key, own, settings)
    }
  }

  private func readRule(_ node: Node, _ findings: inout Findings) -> AttributionRule {
    var rule = AttributionRule()
    var keys = MappingReader(node, "an attribution rule", &findings)
    if let when = keys.required("when", example: #""when": {"key": "phc_…"}"#, &findings) {
      var conditions = MappingReader(when, "the conditions of a rule", &findings)
      rule.key = conditions.take("key")?.text
      rule.path = conditions.take("path")?.text
      for entry in conditions.take("header")?.mapping ?? [] {
        rule.headers[entry.key.lowercased()] = entry.value.text ?? ""
      }
      for entry in conditions.take("property")?.mapping ?? [] {
        rule.properties[entry.key] = entry.value.text ?? ""
      }
      conditions.finish(&findings)
    }
    if let set = keys.required("set", example: #""set": {"team": "growth"}"#, &findings) {
      var dimensions = MappingReader(set, "what a rule sets", &findings)
      for name in Attribution.dimensions { rule.sets[name] = dimensions.take(name)?.text }
      dimensions.finish(&findings)
    }
    keys.finish(&findings)
    return rule
  }
}
