import GenOpsGovernance

/// The page in Mustache: `{{name}}` is escaped, `{{{chart}}}` is markup that this target made.
enum HTMLTemplate {
  static let page = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="generator" content="genops {{version}}">
    <title>{{name}}</title>
    <style>
    \(HTMLStyle.sheet)
    </style>
    </head>
    <body>
    <main>
    <header>
    <p class="facts">{{facts}}</p>
    <h1>{{name}}</h1>
    <p class="lead">{{lead}}</p>
    {{#hasMore}}<p class="more">{{more}}</p>{{/hasMore}}
    {{#hasWarning}}<p class="warning"><a href="#findings">{{warning}}</a></p>{{/hasWarning}}
    </header>
    <dl class="tiles">
    {{#tiles}}
    <div><dt>{{label}}</dt><dd class="value">{{value}}</dd><dd class="note">{{note}}</dd></div>
    {{/tiles}}
    </dl>
    {{#sections}}
    <section id="{{id}}" aria-labelledby="{{id}}-heading">
    <h2 id="{{id}}-heading">{{title}}</h2>
    {{#hasText}}<p>{{text}}</p>{{/hasText}}
    {{#hasChart}}
    <figure>
    {{{chart}}}
    <figcaption>{{#legend}}<span class="key"><i class="swatch {{name}}"></i>{{label}}</span>{{/legend}}</figcaption>
    </figure>
    {{/hasChart}}
    {{#tables}}
    <div class="scroll" role="region" tabindex="0" aria-label="{{caption}}">
    <table>
    {{#hasCaption}}<caption>{{caption}}</caption>{{/hasCaption}}
    <thead><tr>{{#columns}}<th scope="col" class="{{style}}">{{title}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr class="{{style}}"><th scope="row" class="{{head.style}}">{{head.text}}</th>{{#cells}}<td class="{{style}}">{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{#hasNote}}<p class="note">{{note}}</p>{{/hasNote}}
    {{/tables}}
    {{#hasCommand}}<pre><code>{{command}}</code></pre>{{/hasCommand}}
    </section>
    {{/sections}}
    <footer><p>Made by genops {{version}} from the scenario, its data and the price book named above; nobody has edited the numbers.</p></footer>
    </main>
    </body>
    </html>

    """
}
