const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that is safe between tags and in quoted attributes, of HTML, SVG and XML alike. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, sign => ESCAPED[sign]!)
