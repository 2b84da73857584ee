/// The page in Mustache. Every value goes in as it is (`{{{name}}}`), because Mustache escapes character by
/// character and so misses what ``Markup`` says: each is an ``HTMLText``, or a word of this target.
enum HTMLTemplate {
  static let page = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="generator" content="genops {{{version}}}">
    <title>{{{name}}}</title>
    <style>
    \(HTMLStyle.sheet)
    </style>
    </head>
    <body>
    <main>
    <header>
    <p class="facts">{{{facts}}}</p>
    <h1>{{{name}}}</h1>
    <p class="lead"{{{leadSource}}}>{{{lead}}}</p>
    {{#more}}<p class="more"{{{source}}}>{{{text}}}</p>{{/more}}
    {{#warnings}}<p class="warning"><a href="#findings">{{{.}}}</a></p>{{/warnings}}
    </header>
    {{#hasTiles}}
    <dl class="tiles">
    {{#tiles}}
    <div><dt>{{{label}}}</dt><dd class="value"{{{source}}}>{{{value}}}</dd><dd class="note"{{{noteSource}}}>{{{note}}}</dd></div>
    {{/tiles}}
    </dl>
    {{/hasTiles}}
    {{#sections}}
    <section id="{{{id}}}"{{#hasTitle}} aria-labelledby="{{{id}}}-heading"{{/hasTitle}}>
    {{#hasTitle}}<h2 id="{{{id}}}-heading">{{{title}}}</h2>{{/hasTitle}}
    {{#texts}}<p>{{{.}}}</p>{{/texts}}
    {{#nodes}}
    {{#figures}}
    <figure>
    {{{chart}}}
    <figcaption>{{#legend}}<span class="key"><i class="swatch {{{name}}}"></i>{{{label}}}</span>{{/legend}}</figcaption>
    </figure>
    {{/figures}}
    {{#tables}}
    <div class="scroll" role="region" tabindex="0" aria-label="{{{name}}}">
    <table>
    {{#captions}}<caption>{{{.}}}</caption>{{/captions}}
    <thead><tr>{{#columns}}<th scope="col" class="{{{style}}}">{{{title}}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr class="{{{style}}}"><th scope="row" class="{{{head.style}}}">{{{head.text}}}</th>{{#cells}}<td class="{{{style}}}"{{{source}}}>{{{text}}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{#notes}}<p class="note">{{{.}}}</p>{{/notes}}
    {{/tables}}
    {{#lists}}
    {{#titles}}
    <p>{{{.}}}</p>
    {{/titles}}
    <ul>
    {{#items}}
    <li>{{{.}}}</li>
    {{/items}}
    </ul>
    {{/lists}}
    {{#texts}}
    <p>{{{.}}}</p>
    {{/texts}}
    {{#commands}}
    <pre><code>{{{.}}}</code></pre>
    {{/commands}}
    {{/nodes}}
    {{#commands}}<pre><code>{{{.}}}</code></pre>{{/commands}}
    </section>
    {{/sections}}
    <footer><p>Made by genops {{{version}}} from {{{source}}}; nobody has edited the numbers.</p></footer>
    </main>
    </body>
    </html>

    """
}
