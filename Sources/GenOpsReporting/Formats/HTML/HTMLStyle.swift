/// The style sheet of the page: light and dark by the reader's setting, wide and narrow, paper.
enum HTMLStyle {
  /// How the parts of a picture look.
  private static let pictures = """
    svg text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
    svg .label,svg .axis-label{fill:var(--muted)}
    svg .mark,svg .name{font-weight:600}
    svg .budget-label{fill:var(--budget)}
    svg .option-label{fill:var(--option)}
    svg .bad-label{fill:var(--bad);font-weight:600}
    svg .grid{stroke:var(--rule);stroke-width:1}
    svg .axis{stroke:var(--muted);stroke-width:1}
    svg .band{fill:var(--band);stroke:none}
    svg path.expected,svg path.actual,svg path.option{fill:none;stroke-width:2.5;stroke-linejoin:round}
    svg path.expected{stroke:var(--accent)}
    svg path.actual{stroke:var(--ink);stroke-width:4}
    svg path.option{stroke:var(--option);stroke-dasharray:7 5}
    svg line.budget{stroke:var(--budget);stroke-width:1.8;stroke-dasharray:6 4}
    svg .crossing{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}
    svg .crossing-dot{fill:var(--budget);stroke:var(--paper);stroke-width:1.5}
    svg path.sample{fill:none;stroke:var(--muted);stroke-width:.8;opacity:.55}
    svg .bar{fill:var(--accent);opacity:.75}
    svg .bar-actual{fill:var(--muted)}
    svg .range{stroke:var(--ink);stroke-width:1.5}
    svg .option-range{fill:var(--band)}
    svg .option-dot{fill:var(--accent)}
    """

  /// The colours of a light page.
  private static let light =
    "--paper:#fff;--panel:#f5f7f9;--ink:#1b2026;--muted:#59636e;--rule:#d8dde3;--accent:#1d5fbf;--band:#c9dcf4;--option:#1a7a4c;--budget:#b8400f;--bad:#b3261e;--good:#1a7a4c;--caution:#8a5a00"

  /// For a picture that stands outside the page.
  static let picture =
    "<style>svg{\(light);font:13px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}\n\(pictures)</style>"

  static let sheet = """
    :root{color-scheme:light dark;\(light)}
    @media (prefers-color-scheme:dark){:root{--paper:#14181c;--panel:#1d2329;--ink:#e8ecf0;--muted:#a0abb6;--rule:#343d46;--accent:#7db1ff;--band:#264669;--option:#6cd39d;--budget:#ff9a6b;--bad:#ff8a80;--good:#6cd39d;--caution:#f2c14e}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main{max-width:1040px;margin:0 auto;padding:32px 40px 48px}
    h1{font-size:30px;line-height:1.2;margin:0 0 16px;letter-spacing:-.01em;overflow-wrap:anywhere}
    h2{font-size:20px;margin:44px 0 12px}
    p{margin:0 0 8px;max-width:75ch;overflow-wrap:anywhere}
    a{color:inherit}
    .facts{color:var(--muted);font-size:14px;margin-bottom:4px;max-width:none}
    .lead{font-size:19px;font-weight:600}
    .more{font-size:17px}
    .warning{color:var(--caution);font-size:15px}
    .note{color:var(--muted);font-size:14px}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:24px 0 0}
    .tiles div{background:var(--panel);border-radius:8px;padding:12px 14px}
    .tiles dt{color:var(--muted);font-size:13px;overflow-wrap:anywhere}
    .tiles dd{margin:0}
    .tiles .value{font-size:25px;font-weight:650;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;line-height:1.3}
    .tiles .note{font-size:13px;overflow-wrap:anywhere}
    figure{margin:0 0 12px}
    svg{display:block;width:100%;height:auto;font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
    svg.narrow{display:none}
    figcaption{display:flex;flex-wrap:wrap;gap:4px 20px;color:var(--muted);font-size:14px;margin-top:6px}
    .key{display:inline-flex;align-items:center;gap:7px;overflow-wrap:anywhere}
    .swatch{flex:none;display:inline-block;width:22px;height:0;border-top:3px solid var(--ink)}
    .swatch.expected{border-top-color:var(--accent)}
    .swatch.option{border-top:3px dashed var(--option)}
    .swatch.budget{border-top:2px dashed var(--budget)}
    .swatch.band,.swatch.option-range{height:12px;border:0;background:var(--band)}
    .swatch.bar{height:12px;border:0;background:var(--accent)}
    .swatch.bar-actual{height:12px;border:0;background:var(--muted)}
    .swatch.sample{border-top:1px solid var(--muted)}
    .swatch.range{width:0;height:14px;border:0;border-left:2px solid var(--ink);margin:0 4px}
    .swatch.option-dot{width:10px;height:10px;border:0;border-radius:50%;background:var(--accent)}
    \(pictures)
    .scroll{overflow-x:auto;margin:0 0 8px}
    table{border-collapse:collapse;width:100%;font-size:14.5px;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding:14px 0 4px}
    th,td{text-align:left;padding:6px 14px 6px 0;border-bottom:1px solid var(--rule);vertical-align:top;font-weight:400;overflow-wrap:break-word}
    thead th{color:var(--muted);font-size:13px;vertical-align:bottom;white-space:nowrap}
    td.number,th.number{text-align:right;white-space:nowrap}
    tbody th{min-width:7em}
    td:last-child,th:last-child{padding-right:0}
    tr.total th,tr.total td{border-top:2px solid var(--muted);font-weight:650}
    td.long{min-width:10em}
    .strong{font-weight:650}
    .bad{color:var(--bad);font-weight:650}
    .good{color:var(--good)}
    .caution{color:var(--caution)}
    #again td,#findings td:nth-child(2),#findings td:last-child,#expectations td:nth-child(3){font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px;overflow-wrap:anywhere}
    #findings td:nth-child(2){min-width:13em}
    #findings td:last-child{white-space:nowrap}
    pre{background:var(--panel);border-radius:8px;padding:12px 14px;overflow-x:auto;font-size:13.5px}
    footer{margin-top:44px;border-top:1px solid var(--rule);padding-top:12px;color:var(--muted);font-size:13px}
    @media (max-width:640px){
    main{padding:20px 16px 32px}
    h1{font-size:24px}
    .lead{font-size:17px}
    .more{font-size:16px}
    .tiles{grid-template-columns:1fr 1fr;gap:8px}
    .tiles .value{font-size:21px}
    svg.wide{display:none}
    svg.narrow{display:block}
    }
    @media (max-width:340px){.tiles{grid-template-columns:1fr}}
    @media print{
    :root{color-scheme:light;--paper:#fff;--panel:#f3f4f6;--ink:#000;--muted:#444;--rule:#bbb;--accent:#1d5fbf;--band:#c9dcf4;--option:#1a7a4c;--budget:#b8400f;--bad:#b3261e;--good:#1a7a4c;--caution:#8a5a00}
    body{font-size:11pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    main{max-width:none;padding:0}
    .scroll{overflow:visible}
    table{font-size:9.5pt}
    figure,tr,.tiles div{break-inside:avoid}
    h2{break-after:avoid}
    svg.wide{display:block}
    svg.narrow{display:none}
    pre{white-space:pre-wrap}
    @page{size:A4;margin:14mm}
    h2{margin-top:22px}
    .tiles{margin-top:12px;grid-template-columns:repeat(auto-fit,minmax(120px,1fr))}
    #options{break-before:page}
    #options~section{break-inside:auto}
    #months{break-before:page}
    #signed{break-inside:avoid}
    }
    #signed td{height:3.2em}
    """
}
