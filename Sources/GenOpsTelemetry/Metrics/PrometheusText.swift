public import GenOpsPostHog

/// Metrics in Prometheus's text format, version 0.0.4.
public enum PrometheusText {
  /// Of the HTTP answer.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// `samples` with `# HELP` and `# TYPE` once per name, those of one name together. A sample with
  /// the name and labels of an earlier one is left out, since a scrape with both is refused whole.
  public static func render(_ samples: [MetricSample]) -> String {
    var out = ""
    for name in OTLPEncoding.namesInOrder(samples) {
      let group = samples.filter { $0.name == name }
      guard let first = group.first else { continue }
      out += "# HELP \(name) \(escaped(first.help, quotes: false))\n"
      out += "# TYPE \(name) \(first.kind.rawValue)\n"
      var seen: Set<[MetricSample.Label]> = []
      for sample in group where seen.insert(sample.labels).inserted {
        out += name
        if !sample.labels.isEmpty {
          let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
          out += "{\(labels.joined(separator: ","))}"
        }
        out += " \(number(sample.value))\n"
      }
    }
    return out
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var out = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\"" where quotes: out += "\\\""
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
