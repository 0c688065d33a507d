/** Makes text safe to put into HTML, SVG or XML. */
const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe between tags and inside quoted attributes. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, sign => ESCAPED[sign]!)

/** Safe between tags only: quotes stay as they are, for whoever shows the source. */
export const escapeText = (text: string) => text.replace(/[&<>]/g, sign => ESCAPED[sign]!)
