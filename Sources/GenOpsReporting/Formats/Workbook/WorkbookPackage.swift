import GenOpsUnits

/// Sheets as one file of Office Open XML (ECMA-376): parts that refer to each other, in a ZIP.
enum WorkbookPackage {
  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  /// What the part about the program says, by which a file is known again. A spreadsheet that saves the file
  /// puts its own name there, so that a run does not write over what somebody has changed.
  static let mark = "<Application>genops</Application>"

  /// The bytes of the file; `title` is what its properties call it.
  static func bytes(_ sheets: [ReportSheet], title: String, version: String) -> [UInt8] {
    let names = SheetText.sheetNames(sheets.map(\.name))
    var styles = WorkbookStyles()
    let parts = sheets.enumerated().map { SheetXML($1).xml(&styles, isFirst: $0 == 0) }
    var archive = ZIPArchive()
    archive.add("[Content_Types].xml", contentTypes(sheets.count))
    archive.add(
      "_rels/.rels",
      relations([
        ("\(office)/relationships/officeDocument", "xl/workbook.xml"),
        ("\(office)/relationships/extended-properties", "docProps/app.xml"),
        ("\(package)/relationships/metadata/core-properties", "docProps/core.xml"),
      ]))
    // Not packed, so that the mark can be read.
    archive.add(
      "docProps/app.xml",
      head + "<Properties xmlns=\"\(office)/extended-properties\">\(mark)</Properties>",
      packs: false)
    archive.add("docProps/core.xml", core(title: title, version: version))
    archive.add("xl/workbook.xml", workbook(sheets, names))
    archive.add(
      "xl/_rels/workbook.xml.rels",
      relations(
        names.indices.map { ("\(office)/relationships/worksheet", "worksheets/sheet\($0 + 1).xml") }
          + [("\(office)/relationships/styles", "styles.xml")]))
    archive.add("xl/styles.xml", styles.xml)
    for (index, part) in parts.enumerated() {
      archive.add("xl/worksheets/sheet\(index + 1).xml", part)
    }
    return archive.bytes
  }

  private static func contentTypes(_ sheets: Int) -> String {
    let spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    let properties = "application/vnd.openxmlformats"
    let parts =
      [
        ("/xl/workbook.xml", "\(spreadsheet).sheet.main+xml"),
        ("/xl/styles.xml", "\(spreadsheet).styles+xml"),
        ("/docProps/app.xml", "\(properties)-officedocument.extended-properties+xml"),
        ("/docProps/core.xml", "\(properties)-package.core-properties+xml"),
      ]
      + (0..<sheets).map { ("/xl/worksheets/sheet\($0 + 1).xml", "\(spreadsheet).worksheet+xml") }
    return head + "<Types xmlns=\"\(package)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + parts.map { "<Override PartName=\"\($0)\" ContentType=\"\($1)\"/>" }.joined() + "</Types>"
  }

  /// Parts that another one refers to, by what they are for.
  private static func relations(_ parts: [(kind: String, target: String)]) -> String {
    let lines = parts.enumerated().map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\($1.kind)\" Target=\"\($1.target)\"/>"
    }
    return head
      + "<Relationships xmlns=\"\(package)/relationships\">\(lines.joined())</Relationships>"
  }

  private static func core(title: String, version: String) -> String {
    head + "<cp:coreProperties xmlns:cp=\"\(package)/metadata/core-properties\" "
      + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>\(Markup.escaped(title.displayable))</dc:title>"
      + "<dc:creator>genops \(Markup.escaped(version))</dc:creator></cp:coreProperties>"
  }

  private static func workbook(_ sheets: [ReportSheet], _ names: [String]) -> String {
    let list = names.enumerated().map {
      "<sheet name=\"\(Markup.escaped($1))\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
    }
    let defined = sheets.flatMap(\.names).map {
      "<definedName name=\"\($0.name)\">\(Markup.escaped($0.place.away))</definedName>"
    }
    return head
      + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)/relationships\">"
      + "<bookViews><workbookView/></bookViews><sheets>\(list.joined())</sheets>"
      + (defined.isEmpty ? "" : "<definedNames>\(defined.joined())</definedNames>")
      // The values beside the formulas are right; this makes sure that they are those of the program that
      // opens the file.
      + "<calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/></workbook>"
  }
}
