import GenOpsGovernance
import GenOpsUnits

/// The frame of all pages: they work without JavaScript, by keyboard and with a screen reader.
enum DashboardPage {
  private static let pages: [(path: String, title: String)] = [
    ("/", "Overview"), ("/usage", "Usage"), ("/owners", "Teams and tenants"),
    ("/decisions", "Decisions"),
  ]

  /// A page of an account.
  static func framed(_ facts: DashboardFacts, path: String, _ content: Markup...) -> Markup {
    let title = pages.first { $0.path == path }?.title ?? ""
    let links = pages.map { page -> Markup in
      let link = address(page.path, facts)
      return .element(
        "li", [:],
        page.path == path
          ? .element("a", ["href": link, "aria-current": "page"], page.title)
          : .element("a", ["href": link], page.title))
    }
    return document(
      "\(title) · GenOps for PostHog",
      .element("a", ["class": "skip", "href": "#content"], "Skip to the content"),
      .element(
        "header", [:], .element("strong", [:], "GenOps for PostHog"),
        .element("nav", ["aria-label": "Pages"], .element("ul", [:], links)),
        .element(
          "form", ["method": "post", "action": "/logout"], .element("button", [:], "Log out"))),
      .element(
        "main", ["id": "content"],
        [
          .element("h1", [:], title),
          .element(
            "p", ["class": "quiet"],
            .text("Account \(facts.account), \(facts.mode.rawValue) mode, "),
            .element("time", ["datetime": facts.at.description], DashboardText.time(facts.at)),
            .text(". Costs in \(facts.currency) at list price, of all that shares this ledger.")),
          accounts(facts, path),
        ] + content))
  }

  /// Where a token is asked for, with what was wrong with the last one.
  static func login(_ fault: String?) -> Markup {
    document(
      "Log in · GenOps for PostHog",
      .element(
        "main", [:],
        .element(
          "form", ["class": "login", "method": "post", "action": "/login"],
          .element("h1", [:], "GenOps for PostHog"),
          fault.map { .element("p", ["class": "bad", "role": "alert"], $0) } ?? .empty,
          .element("label", ["for": "token"], "The dashboard's token"),
          .void(
            "input",
            [
              "id": "token", "name": "token", "type": "password",
              "autocomplete": "current-password",
              "required": "", "autofocus": "",
            ]),
          .element("button", [:], "Log in"),
          .element(
            "p", ["class": "quiet"],
            "It is GENOPS_DASHBOARD_TOKEN, or stands in the file dashboard-token beside the ledger."
          ))))
  }

  /// The address of a page with the account that is shown.
  static func address(_ path: String, _ facts: DashboardFacts, account: String? = nil) -> String {
    let account = account ?? facts.account
    guard facts.accounts.first != account else { return path }
    var query = ""
    for byte in account.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      query += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }
    return "\(path)?account=\(query)"
  }

  private static func accounts(_ facts: DashboardFacts, _ path: String) -> Markup {
    guard facts.accounts.count > 1 else { return .empty }
    return .element(
      "nav", ["aria-label": "Accounts"],
      .element(
        "ul", [:],
        facts.accounts.map { name in
          let link = address(path, facts, account: name)
          return .element(
            "li", [:],
            name == facts.account
              ? .element("a", ["href": link, "aria-current": "true"], name)
              : .element("a", ["href": link], name))
        }))
  }

  private static func document(_ title: String, _ body: Markup...) -> Markup {
    .document(
      .element(
        "html", ["lang": "en"],
        .element(
          "head", [:], .void("meta", ["charset": "utf-8"]),
          .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
          .void("meta", ["name": "color-scheme", "content": "light dark"]),
          .element("title", [:], title), .void("link", ["rel": "stylesheet", "href": "/style.css"])),
        .element("body", [:], body)))
  }
}
