/** Takes out of foreign words what would turn the text around them: embeddings, overrides, isolates and marks (UAX 9). */
export const withoutBidi = (text: string) =>
  text.replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
