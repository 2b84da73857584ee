import GenOpsUnits

/// What the columns of a table of series hold, by their titles.
enum SeriesColumns: Equatable {
  /// A row for each value: the places of `unique_id` (none: one series), what goes before it, `ds`, `y`
  /// and `split`.
  case long(Long)
  /// A row for each date: a column for each series.
  case wide(Wide)
  /// There is no column of dates.
  case dateless

  struct Long: Equatable {
    var name: Int?
    /// A project or page, which stands before the name.
    var group: Int?
    var date: Int
    var value: Int
    var split: Int?
    /// Columns that are not read.
    var others: [Int] = []
  }

  struct Wide: Equatable {
    var date: Int
    var series: [Int]
    var split: Int?
  }

  /// The titles by what they mean, the likelier first. Case does not count.
  static let dates = [
    "ds", "date", "day", "timestamp", "datetime", "month", "week", "time", "step", "period", "t",
  ]
  static let values = [
    "y", "value", "values", "units", "usage", "count", "quantity", "views", "total", "sales",
    "amount",
    "demand", "requests",
  ]
  static let names = [
    "unique_id", "series_id", "series", "id", "item_id", "item", "key", "name", "meter", "product",
    "metric", "usage_type", "usage type", "type", "label",
  ]
  static let groups = ["project", "project name", "project_name", "team", "page"]

  init(_ titles: [String], firstRow: [String] = []) {
    let titles = titles.map { $0.lowercased() }
    func place(_ known: [String]) -> Int? {
      known.lazy.compactMap { titles.firstIndex(of: $0) }.first
    }
    // Without a title, as pandas writes an index: dates in the first column tell.
    let isIndex = titles.first == "" || titles.first == "unnamed: 0"
    let reader = SeriesInstantReader(sample: firstRow)
    let untitled =
      isIndex && firstRow.first.map { reader.read(Array($0.utf8)[...]) != nil } ?? false ? 0 : nil
    guard let date = place(SeriesColumns.dates) ?? untitled else {
      self = .dateless
      return
    }
    let split = titles.firstIndex(of: "split")
    let found = titles.indices.filter { SeriesColumns.values.contains(titles[$0]) && $0 != date }
    let name = place(SeriesColumns.names)
    var group = place(SeriesColumns.groups)
    // Numbers beside numbers and nothing that tells series apart: each column is one.
    let beside = titles.indices.filter { $0 != date && $0 != split && !found.contains($0) }
    let areNumbers = beside.allSatisfy {
      $0 < firstRow.count
        && SeriesNumber(Array(firstRow[$0].utf8)[...], decimalComma: true) != .text
    }
    let isBare = name == nil && group == nil && !titles.contains("y")
    if found.isEmpty || (isBare && found.count + beside.count > 1 && areNumbers) {
      let series = titles.indices.filter { $0 != date && $0 != split && !titles[$0].isEmpty }
      self = .wide(Wide(date: date, series: series, split: split))
      return
    }
    let value =
      SeriesColumns.values.lazy.compactMap { title in
        found.first { titles[$0] == title }
      }.first ?? found[0]
    var others = titles.indices.filter { ![date, value, split, name, group].contains($0) }
    var only = name
    if name == nil, let alone = group {
      (only, group) = (alone, nil)
    } else if name == nil, others.count == 1, !titles[others[0]].isEmpty {
      // One column more than a series has is what tells several apart, whatever it is called.
      only = others.removeLast()
    }
    self = .long(
      Long(
        name: only, group: group, date: date, value: value, split: split,
        others: others.filter { !titles[$0].isEmpty }))
  }
}
