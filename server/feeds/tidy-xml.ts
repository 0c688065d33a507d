/** Mends what feedsmith's XML lacks for some readers. */

/**
 * Takes out the white space around CDATA, which readers count as part of an id or a link, and says
 * which language the text is in.
 */
export const tidyXml = (xml: string, root: 'rss' | 'feed', language: string): string =>
  xml.replace(CDATA, '>$1</').replace(`<${root} `, `<${root} xml:lang="${language}" `)

/** All CDATA of one element; text that contains its end comes in several. */
const CDATA = />\s*((?:<!\[CDATA\[[\s\S]*?\]\]>)+)\s*<\//g
