/**
 * The layout of every email: 600 px, tables, inline styles, real text; no images, and nothing that
 * tells us whether it was read.
 */
import { PLACE } from './placeholders'
import { html } from './text'

/** Tells screen readers that a table is layout, not data. */
export const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'

/**
 * `rows` are finished `<tr>`s; `title` and `preheader` are plain text, `date` is a place or plain letters. `last` is the HTML of the
 * last paragraph, by default why the reader gets this and how to stop it.
 */
export function letterLayout({
  title,
  preheader,
  date,
  rows,
  last = WHY,
}: {
  title: string
  preheader: string
  date: string
  rows: string[]
  last?: string
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${html(title)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) { .bg { background: #121316 !important; } .t1 { color: #eceded !important; } .t2 { color: #b9bbbf !important; } .btn { background: #eceded !important; } .btn a { color: #121316 !important; } .line { border-color: #303338 !important; } .frame { background: #000000 !important; border: 1px solid #3b3e44 !important; } }
@media (max-width: 480px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } .big { font-size: 46px !important; } .mid { font-size: 36px !important; } .low { font-size: 28px !important; } }
</style>
</head>
<body class="bg" style="margin:0;padding:0;background:#f3f4f2">
<div role="article" aria-roledescription="email" aria-label="${html(title)}" lang="en">
<div style="display:none;max-height:0;overflow:hidden">${html(preheader)}</div>
<table ${TABLE} width="100%" class="bg" style="background:#f3f4f2"><tr><td align="center">
<table ${TABLE} width="600" style="width:100%;max-width:600px;font-family:Georgia,'Iowan Old Style',serif;text-align:left;text-align:start">
<tr><td class="pad" style="padding:28px 32px 14px"><table ${TABLE} width="100%"><tr>
<td class="t1" style="font:italic 700 22px Georgia,serif;color:#15161a">MyMovies</td>
<td class="t2" align="right" style="font:400 14px Arial,sans-serif;color:#46484e">${date}</td></tr></table></td></tr>
${rows.join('\n')}
<tr><td class="pad line" style="padding:18px 32px 40px;border-top:1px solid #cfd1cd"><p class="t2" style="margin:0;font:400 14px/1.6 Arial,sans-serif;color:#46484e">${last}</p></td></tr>
</table></td></tr></table>
</div>
</body>
</html>
`
}

const link = (url: string, words: string) =>
  `<a class="t1" href="${url}" style="color:#15161a">${words}</a>`
const WHY = `${PLACE.askedHtml} ${link(PLACE.manageUrl, 'Change what you get')} or ${link(PLACE.unsubscribeUrl, 'unsubscribe')}; neither needs a login.`
