package import GenOpsUnits

/// The data and the words of a picture. How it is drawn is a format's.
package enum ReportChart: Sendable {
  case fan(Fan)
  case bars(Bars)
  case ranges(Ranges)

  /// A low, an expected and a high value.
  package struct Spread: Sendable {
    package var low: Double
    package var expected: Double
    package var high: Double
  }

  /// A line of the legend; `mark` is what stands for it in the picture.
  package struct Key: Sendable {
    package enum Mark: String, Sendable {
      case actual, expected, band, budget, option, sample, bar, range
      case actualBar = "bar-actual"
      case optionRange = "option-range"
      case optionDot = "option-dot"
    }
    package var mark: Mark
    package var label: String
  }

  /// What every picture has.
  package struct Caption: Sendable {
    /// Tells it apart on its page.
    package var id: String
    package var title: String
    /// What it shows, for those who do not see it.
    package var description: String
    package var legend: [Key]
    /// What it counts in.
    package var unit: String
  }

  /// A quantity by day: what was, what is expected, and where 8 of 10 futures lie.
  package struct Fan: Sendable {
    package var caption: Caption
    package var start: CalendarDay
    /// Days at the beginning that have passed.
    package var actualDays: Int
    package var days: [Spread]
    /// Single futures, by day.
    package var samples: [[Double]] = []
    /// The expected line of a choice that would be better.
    package var option: [Double]?
    package var budget: Double?
    /// The day on which the budget is crossed, as a place in `days`.
    package var crossing: Int?
    /// What stands above that day.
    package var crossingWords = "over around"
    /// The value at the end of the axis, where it is not the largest of all; what lies beyond is cut.
    package var top: Double?
    /// The lines whose last value is written beside them, the most important first.
    package var ends: [End]

    package enum End: Sendable { case expected, option, high, low }
  }

  /// A bar a period.
  package struct Bars: Sendable {
    package struct Bar: Sendable {
      package var label: String
      /// The label where there is little room.
      package var shortLabel: String
      package var cost: Spread
      package var isActual: Bool
      /// Why it is as it is.
      package var note: String
      /// What had been said of it, behind the bar.
      package var said: Spread?
      package var budget: Double?
      /// The part of the bar that is known; nil where `isActual` says it.
      package var soFar: Double?
    }
    package var caption: Caption
    /// What a bar is: `Month`.
    package var noun: String
    /// What a terminal writes above the notes.
    package var noteTitle = "what drives it"
    package var bars: [Bar]
    /// How many at the end are left out.
    package var hidden = 0
    /// The whole, below the bars where they are rows.
    package var total: Bar?
  }

  /// Choices beside each other on one axis.
  package struct Ranges: Sendable {
    package struct Row: Sendable {
      package var label: String
      package var cost: Spread
      package var note: String
      package var isBad: Bool
    }
    package var caption: Caption
    package var rows: [Row]
    package var budget: Double?
    /// Whether the axis begins at 0; where only differences matter it begins at the lowest value.
    package var isFromZero = true
  }

  package var caption: Caption {
    switch self {
    case .fan(let fan): fan.caption
    case .bars(let bars): bars.caption
    case .ranges(let ranges): ranges.caption
    }
  }

  /// Whether there is too little to draw.
  var isEmpty: Bool {
    switch self {
    case .fan(let fan): fan.days.count < 2
    case .bars(let bars): bars.bars.isEmpty && bars.total == nil
    case .ranges(let ranges): ranges.rows.count < 2
    }
  }
}
